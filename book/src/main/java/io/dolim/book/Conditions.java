package io.dolim.book;

import io.dolim.book.order.RestingOrder;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.FirmQuote;
import io.dolim.book.trade.OrderId;
import io.dolim.book.trade.RefusalReason;
import io.dolim.capacity.Moment;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.quote.Leg;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a trade must keep besides its quote's promise; judged on the state that it is written over, in the
 * same moment.
 *
 * @param order the resting order that it fills: the trade must be what that asks for, at its limit or better
 * @param reduceOnly whether it must make the account's position smaller
 * @param untilNs from when on, on the process's monotonic clock, nothing is decided; empty: never
 */
public record Conditions(Optional<OrderId> order, boolean reduceOnly, OptionalLong untilNs) {

    /** None. */
    public static final Conditions NONE =
            new Conditions(Optional.empty(), false, OptionalLong.empty());

    /** Those of a fill of a resting order. */
    public static Conditions filling(OrderId order) {
        return new Conditions(Optional.of(order), false, OptionalLong.empty());
    }

    /** The first that is broken. */
    Optional<Book.Refused> broken(BookState state, FirmQuote quote, Moment now) {
        return late(untilNs, now)
                .or(() -> order.flatMap(id -> misfit(state, id, quote, now)))
                .or(() -> reduceOnly ? increase(state, quote) : Optional.empty());
    }

    /** Why nothing is decided any more. */
    static Optional<Book.Refused> late(OptionalLong untilNs, Moment now) {
        if (untilNs.isEmpty() || now.monotonicNs() - untilNs.getAsLong() < 0) {
            return Optional.empty();
        }
        SortedMap<String, Double> numbers = new TreeMap<>();
        numbers.put("late_ms", (now.monotonicNs() - untilNs.getAsLong()) / 1e6);
        return Optional.of(Book.Refused.of(RefusalReason.TIMED_OUT, numbers));
    }

    private static Optional<Book.Refused> misfit(
            BookState state, OrderId id, FirmQuote quote, Moment now) {
        Optional<RestingOrder> found =
                state.resting().open(id).filter(one -> one.account().equals(quote.account()));
        if (found.isEmpty()) {
            return refused(RefusalReason.ORDER_CLOSED);
        }
        RestingOrder order = found.get();
        ContractSpec spec = state.spec(order.terms().contract());
        if (now.epochMs() >= order.endsMs()) {
            return refused(RefusalReason.ORDER_CLOSED);
        }
        if (!quote.legs().equals(order.terms().legs())) {
            return refused(RefusalReason.CONTRADICTS);
        }
        if (!order.terms().allows(quote.price(), spec)) {
            SortedMap<String, Double> numbers = new TreeMap<>();
            numbers.put("price", quote.price().toDouble());
            numbers.put("most", order.terms().mostUsdc(spec).doubleValue());
            return Optional.of(Book.Refused.of(RefusalReason.BEYOND_LIMIT, numbers));
        }
        return order.terms().reduceOnly() ? increase(state, quote) : Optional.empty();
    }

    /** Why a trade does not only make the account's positions smaller. */
    private static Optional<Book.Refused> increase(BookState state, FirmQuote quote) {
        for (Leg leg : quote.legs().legs()) {
            Optional<Book.Refused> refused = increase(state, quote.account(), leg);
            if (refused.isPresent()) {
                return refused;
            }
        }
        return Optional.empty();
    }

    /** Why so many lots do not only make the account's position smaller. */
    static Optional<Book.Refused> increase(BookState state, AccountId account, Leg leg) {
        long held = state.holding(account).lots().getOrDefault(leg.contract(), 0L);
        if (Long.signum(held) == -Long.signum(leg.lots())
                && Math.absExact(leg.lots()) <= Math.absExact(held)) {
            return Optional.empty();
        }
        SortedMap<String, Double> numbers = new TreeMap<>();
        numbers.put("position_lots", (double) held);
        numbers.put("lots", (double) leg.lots());
        return Optional.of(Book.Refused.of(RefusalReason.NOT_REDUCING, numbers));
    }

    private static Optional<Book.Refused> refused(RefusalReason reason) {
        return Optional.of(Book.Refused.of(reason, new TreeMap<>()));
    }
}
