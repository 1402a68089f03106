package io.dolim.book.hedge;

import io.dolim.book.trade.BrokenInvariant;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The pool's account at a venue as its trades and payments make it, exact to the micro-USDC. Equity there
 * is cash and lots x coins x price - cost.
 *
 * @param lots position in the perpetual, signed
 * @param cost what the open position was bought for, signed as the lots; average cost
 * @param cash what lies there: transfers, realised profit, funding, less fees
 * @param realised profit of positions that were closed, since the first day
 * @param funding received, since the first day
 * @param fees paid, since the first day
 * @param afterTrade sequence of the last trade that is in it
 * @param afterPayment sequence of the last payment that is in it
 * @param transfers how many there were: what the next one's label is made of
 * @param standing whether the venue's own ledger agreed when it was last asked
 */
public record VenueBook(
        long lots,
        Usdc cost,
        Usdc cash,
        Usdc realised,
        Usdc funding,
        Usdc fees,
        long afterTrade,
        long afterPayment,
        long transfers,
        boolean standing) {

    /** Before the first trade; not heard of yet. */
    public static final VenueBook EMPTY =
            new VenueBook(0, Usdc.ZERO, Usdc.ZERO, Usdc.ZERO, Usdc.ZERO, Usdc.ZERO, 0, 0, 0, false);

    /**
     * Profit that a trade realises: of lots that close, what they fetch less their share of the cost,
     * rounded down; the last lot takes what is left.
     */
    public Usdc realisedBy(VenueFill fill, PerpetualSpec spec) {
        long closed = closedBy(fill.lots());
        return closed == 0
                ? Usdc.ZERO
                : spec.costUsdc(closed, fill.priceUsdc()).negated().minus(costOf(closed).negated());
    }

    /** The lots of a trade that close what is open, signed as the trade. */
    private long closedBy(long traded) {
        if (lots == 0 || Long.signum(lots) == Long.signum(traded)) {
            return 0;
        }
        return Math.abs(traded) <= Math.abs(lots) ? traded : -lots;
    }

    /** Of so many closing lots, negative of the position's sign: their share of its cost, signed as the trade. */
    private Usdc costOf(long closed) {
        if (closed == -lots) {
            return cost.negated();
        }
        return Usdc.of(
                        cost.toDecimal()
                                .multiply(BigDecimal.valueOf(Math.abs(closed)))
                                .divide(BigDecimal.valueOf(Math.abs(lots)), 6, RoundingMode.FLOOR))
                .negated();
    }

    /** With a trade. @throws BrokenInvariant when one before it is missing or it is in already */
    VenueBook with(VenueFill fill, PerpetualSpec spec) {
        if (fill.sequence() <= afterTrade) {
            throw new BrokenInvariant(
                    "trade "
                            + fill.tradeId()
                            + " "
                            + fill.sequence()
                            + " is not after "
                            + afterTrade);
        }
        long closed = closedBy(fill.lots());
        long opened = fill.lots() - closed;
        Usdc gain = realisedBy(fill, spec);
        Usdc later = closed == 0 ? cost : cost.plus(costOf(closed));
        return new VenueBook(
                Math.addExact(lots, fill.lots()),
                opened == 0 ? later : later.plus(spec.costUsdc(opened, fill.priceUsdc())),
                cash.plus(gain).minus(fill.fee()),
                realised.plus(gain),
                funding,
                fees.plus(fill.fee()),
                fill.sequence(),
                afterPayment,
                transfers,
                standing);
    }

    /** With a payment. @throws BrokenInvariant when it is in already */
    VenueBook with(VenuePayment payment) {
        if (payment.sequence() <= afterPayment) {
            throw new BrokenInvariant(
                    "payment " + payment.sequence() + " is not after " + afterPayment);
        }
        boolean isFunding = payment.kind() == VenuePayment.Kind.FUNDING;
        boolean isFee = payment.kind() == VenuePayment.Kind.LIQUIDATION_FEE;
        return new VenueBook(
                lots,
                cost,
                cash.plus(payment.amount()),
                realised,
                isFunding ? funding.plus(payment.amount()) : funding,
                isFee ? fees.minus(payment.amount()) : fees,
                afterTrade,
                payment.sequence(),
                payment.kind() == VenuePayment.Kind.TRANSFER ? transfers + 1 : transfers,
                standing);
    }

    /** That now agrees, or does not. */
    VenueBook standing(boolean agrees) {
        return new VenueBook(
                lots,
                cost,
                cash,
                realised,
                funding,
                fees,
                afterTrade,
                afterPayment,
                transfers,
                agrees);
    }

    /** With another position and cash, which an operator found to be so. */
    VenueBook adopted(long otherLots, Usdc otherCost, Usdc otherCash) {
        return new VenueBook(
                otherLots,
                otherCost,
                otherCash,
                realised.plus(otherCash.minus(cash)),
                funding,
                fees,
                afterTrade,
                afterPayment,
                transfers,
                true);
    }

    /** What closing it at a price would bring, USDC; not booked. */
    public double unrealisedUsdc(PerpetualSpec spec, double priceUsdc) {
        return spec.coins(lots).doubleValue() * priceUsdc - cost.toDouble();
    }

    /** What it brought the pool since its first day: cash there less what was put there. */
    public Usdc brought() {
        return realised.plus(funding).minus(fees);
    }
}
