package io.dolim.book.prints;

import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which prints are wanted.
 *
 * @param underlyings whose
 * @param contract only of this instrument
 * @param account only of this taker
 * @param order only of this order of his
 * @param fromMs first moment that counts, milliseconds since 1970
 * @param untilMs the last that does
 * @param fromNumber first trade number that counts
 * @param untilNumber the last that does
 * @param most prints, at most
 * @param oldestFirst in this order, and the oldest when there are more; else the newest
 */
public record PrintQuery(
        Set<Underlying> underlyings,
        Optional<OptionContract> contract,
        Optional<AccountId> account,
        Optional<ClientOrderId> order,
        long fromMs,
        long untilMs,
        long fromNumber,
        long untilNumber,
        int most,
        boolean oldestFirst) {

    /** Copies the set. */
    public PrintQuery {
        underlyings = Collections.unmodifiableSet(new TreeSet<>(underlyings));
    }

    /** The newest of an instrument. */
    public static PrintQuery of(OptionContract contract, int most) {
        return new PrintQuery(
                Set.of(contract.underlying()),
                Optional.of(contract),
                Optional.empty(),
                Optional.empty(),
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                0,
                Long.MAX_VALUE,
                most,
                false);
    }

    /** The newest of some underlyings. */
    public static PrintQuery of(Set<Underlying> underlyings, int most) {
        return new PrintQuery(
                underlyings,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                0,
                Long.MAX_VALUE,
                most,
                false);
    }

    /** The same of one taker. */
    public PrintQuery of(AccountId taker) {
        return new PrintQuery(
                underlyings,
                contract,
                Optional.of(taker),
                order,
                fromMs,
                untilMs,
                fromNumber,
                untilNumber,
                most,
                oldestFirst);
    }

    /** The same of one order of his. */
    public PrintQuery of(ClientOrderId orderId) {
        return new PrintQuery(
                underlyings,
                contract,
                account,
                Optional.of(orderId),
                fromMs,
                untilMs,
                fromNumber,
                untilNumber,
                most,
                oldestFirst);
    }

    /** The same between two moments, both included. */
    public PrintQuery between(long from, long until) {
        return new PrintQuery(
                underlyings,
                contract,
                account,
                order,
                from,
                until,
                fromNumber,
                untilNumber,
                most,
                oldestFirst);
    }

    /** The same between two trade numbers, both included. */
    public PrintQuery numbered(long from, long until) {
        return new PrintQuery(
                underlyings,
                contract,
                account,
                order,
                fromMs,
                untilMs,
                from,
                until,
                most,
                oldestFirst);
    }

    /** The same in the order of time. */
    public PrintQuery fromTheOldest() {
        return new PrintQuery(
                underlyings,
                contract,
                account,
                order,
                fromMs,
                untilMs,
                fromNumber,
                untilNumber,
                most,
                true);
    }

    boolean wants(Print print) {
        return print.epochMs() >= fromMs
                && print.epochMs() <= untilMs
                && print.trade().number() >= fromNumber
                && print.trade().number() <= untilNumber
                && underlyings.contains(print.trade().underlying())
                && contract.filter(wanted -> !wanted.equals(print.contract())).isEmpty()
                && account.filter(wanted -> !wanted.equals(print.account())).isEmpty()
                && order.filter(wanted -> !wanted.equals(print.orderId())).isEmpty();
    }
}
