package io.dolim.api.venue;

import io.dolim.api.feed.Dice;
import io.dolim.book.hedge.PerpetualSpec;
import io.dolim.book.hedge.VenueOrder;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.Optional;

/** What a simulated exchange does with an order: looks it up, judges it, fills it against the book. */
final class Matching {

    private static final BigDecimal MOST_TICKS = BigDecimal.valueOf(1_000_000_000L);

    private final ExchangeRules rules;
    private final ExchangeAccount account;
    private final Dice dice;
    private ExchangeRules.Chances chances;

    Matching(ExchangeRules rules, ExchangeAccount account, Dice dice) {
        this.rules = rules;
        this.account = account;
        this.dice = dice;
        this.chances = rules.chances();
    }

    void set(ExchangeRules.Chances other) {
        chances = other;
    }

    ExchangeAnswer trade(VenueOrder order, long nowMs) {
        Optional<ExchangeOrder> seen = account.ledger().order(order.label());
        if (seen.isPresent()) {
            return seen.get().isOf(order)
                    ? new ExchangeAnswer.Taken(seen.get())
                    : refused(ExchangeAnswer.Reason.LABEL_USED, "label=" + order.label());
        }
        Optional<SimulatedPerpetual> perpetual = account.perpetual(order.underlying());
        if (perpetual.isEmpty()) {
            return refused(
                    ExchangeAnswer.Reason.UNKNOWN_INSTRUMENT, "underlying=" + order.underlying());
        }
        return misfit(order, perpetual.get()).orElseGet(() -> match(order, perpetual.get(), nowMs));
    }

    private Optional<ExchangeAnswer> misfit(VenueOrder order, SimulatedPerpetual perpetual) {
        long most = SimulatedPerpetual.MOST_LOTS;
        if (!perpetual.isPriced()) {
            return no(ExchangeAnswer.Reason.NO_INDEX, "underlying=" + order.underlying());
        }
        if (order.lots() > most - perpetual.lots() || order.lots() < -most - perpetual.lots()) {
            return no(ExchangeAnswer.Reason.INVALID_AMOUNT, "lots=" + order.lots());
        }
        BigDecimal tick = perpetual.spec().tickUsdc();
        if (order.limitUsdc().remainder(tick).signum() != 0
                || order.limitUsdc().compareTo(farthest(perpetual.spec(), true)) > 0) {
            return no(
                    ExchangeAnswer.Reason.PRICE_WRONG_TICK,
                    "limitUsdc=" + order.limitUsdc() + " tickUsdc=" + tick);
        }
        if (account.ledger().kept() >= rules.mostRecords()) {
            return no(ExchangeAnswer.Reason.LEDGER_FULL, "mostRecords=" + rules.mostRecords());
        }
        return Optional.empty();
    }

    private ExchangeAnswer match(VenueOrder order, SimulatedPerpetual perpetual, long nowMs) {
        if (chances.rejected() > 0 && dice.uniform() < chances.rejected()) {
            return refused(ExchangeAnswer.Reason.REJECTED, "share=" + chances.rejected());
        }
        long position = perpetual.lots();
        long wanted = order.reduceOnly() ? reducing(position, order.lots()) : order.lots();
        if (wanted == 0) {
            return refused(
                    ExchangeAnswer.Reason.NOTHING_TO_REDUCE,
                    "lots=" + order.lots() + " position=" + position);
        }
        long limitTicks =
                order.limitUsdc()
                        .divideToIntegralValue(perpetual.spec().tickUsdc())
                        .longValueExact();
        Walk walk = perpetual.walk(wanted, limitTicks);
        if (chances.partial() > 0 && dice.uniform() < chances.partial()) {
            walk.cut((long) Math.floor(walk.total() * dice.uniform()));
        }
        Optional<ExchangeAnswer> uncovered = uncovered(perpetual, walk, wanted > 0);
        if (uncovered.isPresent()) {
            return uncovered.get();
        }
        ExchangeOrder done =
                new ExchangeOrder(
                        account.ledger().nextOrderId(),
                        nowMs,
                        order,
                        account.trade(nowMs, perpetual, walk, wanted > 0, order.label()));
        account.ledger().remember(done);
        return new ExchangeAnswer.Taken(done);
    }

    private static long reducing(long position, long wanted) {
        if (Long.signum(position) * Long.signum(wanted) >= 0) {
            return 0;
        }
        return Math.abs(wanted) < Math.abs(position) ? wanted : -position;
    }

    /** Refuses what would add to a position beyond what equity covers once it is filled. */
    private Optional<ExchangeAnswer> uncovered(
            SimulatedPerpetual perpetual, Walk walk, boolean buys) {
        long after = perpetual.lots() + (buys ? walk.total() : -walk.total());
        if (Math.abs(after) <= Math.abs(perpetual.lots())) {
            return Optional.empty();
        }
        Usdc equity = account.equity().minus(new Usdc(perpetual.cost(walk)));
        Usdc margin = account.initialWith(perpetual, after);
        return equity.compareTo(margin) >= 0
                ? Optional.empty()
                : no(
                        ExchangeAnswer.Reason.NOT_ENOUGH_FUNDS,
                        "equityUsdc=" + equity + " initialMarginUsdc=" + margin);
    }

    private static Optional<ExchangeAnswer> no(ExchangeAnswer.Reason reason, String detail) {
        return Optional.of(refused(reason, detail));
    }

    /** The worst price an order may name, on the tick. */
    static BigDecimal farthest(PerpetualSpec spec, boolean buys) {
        return buys ? spec.tickUsdc().multiply(MOST_TICKS) : spec.tickUsdc();
    }

    static ExchangeAnswer refused(ExchangeAnswer.Reason reason, String detail) {
        return new ExchangeAnswer.Refused(reason, detail);
    }
}
