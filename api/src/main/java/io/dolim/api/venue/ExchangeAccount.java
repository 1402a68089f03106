package io.dolim.api.venue;

import io.dolim.book.hedge.VenueBook;
import io.dolim.book.hedge.VenueFill;
import io.dolim.book.hedge.VenuePayment;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The one account of a simulated exchange: what it holds, its cash, and the ledger of both. Money is
 * whole micro-USDC.
 *
 * <pre>  cash = transfers + realised + funding - fees, exactly;   equity = cash + unrealised + accrued</pre>
 */
final class ExchangeAccount {

    private final Map<Underlying, SimulatedPerpetual> perpetuals = new TreeMap<>();
    private final ExchangeLedger ledger = new ExchangeLedger();
    private final long liquidationBillionths;
    private long cashMicros;
    private long realisedMicros;
    private long liquidations;

    ExchangeAccount(ExchangeRules rules) {
        this.liquidationBillionths = rules.liquidationFee().movePointRight(9).longValueExact();
        for (PerpetualRules perpetual : rules.perpetuals()) {
            perpetuals.put(perpetual.spec().underlying(), new SimulatedPerpetual(perpetual));
        }
    }

    Collection<SimulatedPerpetual> perpetuals() {
        return perpetuals.values();
    }

    Optional<SimulatedPerpetual> perpetual(Underlying underlying) {
        return Optional.ofNullable(perpetuals.get(underlying));
    }

    SimulatedPerpetual known(Underlying underlying) {
        return perpetual(underlying)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "underlying="
                                                + underlying
                                                + " must be one of "
                                                + perpetuals.keySet()));
    }

    ExchangeLedger ledger() {
        return ledger;
    }

    /** Begins with what somebody else remembers. */
    void restore(Underlying underlying, VenueBook book) {
        known(underlying).restore(book.lots(), book.cost().micros());
        cashMicros = book.cash().micros();
        realisedMicros = book.realised().micros();
        ledger.restore(underlying, book.afterTrade(), book.afterPayment());
    }

    /** Funding accrues and books refill. */
    void pass(long ms) {
        for (SimulatedPerpetual perpetual : perpetuals.values()) {
            perpetual.pass(ms);
        }
    }

    List<VenueFill> trade(
            long nowMs, SimulatedPerpetual perpetual, Walk walk, boolean buys, String label) {
        List<VenueFill> fills = new ArrayList<>(walk.size());
        for (int i = 0; i < walk.size(); i++) {
            long lots = buys ? walk.lots(i) : -walk.lots(i);
            long fee = perpetual.fee(lots, walk.ticks(i));
            long realised = perpetual.trade(lots, walk.ticks(i));
            realisedMicros = Math.addExact(realisedMicros, realised);
            cashMicros = Math.addExact(cashMicros, realised - fee);
            fills.add(
                    ledger.trade(
                            perpetual.spec().underlying(),
                            nowMs,
                            label,
                            lots,
                            perpetual.price(walk.ticks(i)),
                            new Usdc(fee)));
        }
        perpetual.take(buys, walk.total());
        return fills;
    }

    void pay(long nowMs, VenuePayment.Kind kind, Usdc amount, String instrument) {
        cashMicros = Math.addExact(cashMicros, amount.micros());
        ledger.pay(nowMs, kind, amount, instrument, cash());
    }

    void payFunding(long nowMs) {
        for (SimulatedPerpetual perpetual : perpetuals.values()) {
            long paid = perpetual.payAccrued();
            if (paid != 0) {
                String instrument = perpetual.spec().instrument();
                pay(nowMs, VenuePayment.Kind.FUNDING, new Usdc(paid), instrument);
            }
        }
    }

    /** Closes everything where equity is below the maintenance margin. */
    void liquidateWhereDue(long nowMs) {
        long maintenance = maintenance().micros();
        if (maintenance == 0 || equity().micros() >= maintenance) {
            return;
        }
        liquidations++;
        payFunding(nowMs);
        long fee = 0;
        for (SimulatedPerpetual perpetual : perpetuals.values()) {
            if (perpetual.lots() != 0) {
                Walk walk = perpetual.closing();
                for (int i = 0; i < walk.size(); i++) {
                    long notional = perpetual.notional(walk.lots(i), walk.ticks(i));
                    fee += SimulatedPerpetual.billionths(notional, liquidationBillionths);
                }
                var _ = trade(nowMs, perpetual, walk, perpetual.lots() < 0, "");
            }
        }
        long taken = Math.min(fee, Math.max(0, cashMicros));
        if (taken > 0) {
            pay(nowMs, VenuePayment.Kind.LIQUIDATION_FEE, new Usdc(-taken), "");
        }
    }

    /** Initial margin of all positions, one of them being another one. */
    Usdc initialWith(SimulatedPerpetual other, long otherLots) {
        return new Usdc(
                initial().micros()
                        - other.initialMargin(other.lots())
                        + other.initialMargin(otherLots));
    }

    Usdc initial() {
        long micros = 0;
        for (SimulatedPerpetual perpetual : perpetuals.values()) {
            micros += perpetual.initialMargin(perpetual.lots());
        }
        return new Usdc(micros);
    }

    Usdc maintenance() {
        long micros = 0;
        for (SimulatedPerpetual perpetual : perpetuals.values()) {
            micros += perpetual.maintenanceMargin();
        }
        return new Usdc(micros);
    }

    Usdc accrued() {
        long micros = 0;
        for (SimulatedPerpetual perpetual : perpetuals.values()) {
            micros += perpetual.accruedMicros();
        }
        return new Usdc(micros);
    }

    Usdc unrealised() {
        long micros = 0;
        for (SimulatedPerpetual perpetual : perpetuals.values()) {
            micros += perpetual.unrealised();
        }
        return new Usdc(micros);
    }

    Usdc equity() {
        return cash().plus(unrealised()).plus(accrued());
    }

    Usdc cash() {
        return new Usdc(cashMicros);
    }

    Usdc realised() {
        return new Usdc(realisedMicros);
    }

    long liquidations() {
        return liquidations;
    }

    /** What may be taken out: cash that no margin needs. */
    Usdc free() {
        Usdc spare = equity().minus(initial());
        return spare.compareTo(cash()) < 0 ? spare : cash();
    }
}
