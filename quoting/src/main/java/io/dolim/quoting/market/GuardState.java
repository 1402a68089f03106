package io.dolim.quoting.market;

import io.dolim.quoting.instrument.Expiry;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that {@link FeedGuard} remembers of one underlying. Immutable; bounded by the number of
 * configured sources and of expiries.
 *
 * @param sources last index price by source
 * @param halts why a source is halted, by source
 * @param accepted last consensus that was accepted
 * @param anchor what moves are measured from; between a half and one and a half windows old
 * @param nextAnchor takes the anchor's place
 * @param perpetual last price of the perpetual
 * @param alert how alarmed the guard is
 * @param futureTimes time of the last future price, by source and expiry
 * @param chainTimes time of the last accepted chain, by expiry
 */
public record GuardState(
        SortedMap<String, Said> sources,
        SortedMap<String, String> halts,
        Optional<Level> accepted,
        Optional<Level> anchor,
        Optional<Level> nextAnchor,
        Optional<Level> perpetual,
        Alert alert,
        SortedMap<String, Long> futureTimes,
        SortedMap<Expiry, Long> chainTimes) {

    /** A price at a time. */
    record Level(double priceUsdc, long timeMs) {}

    /** What a source said last, and since when it says the same. */
    record Said(double priceUsdc, long timeMs, long sinceMs) {}

    /** How alarmed the guard is. */
    sealed interface Alert {

        /** Not at all. */
        record Calm() implements Alert {}

        /** Beyond the inner band {@code good} ticks ago. */
        record Wide(double move, int good) implements Alert {}

        /**
         * Beyond the halting band, or after a halt; waits for good ticks around a candidate.
         *
         * @param lifted true when an operator allowed any level
         */
        record Recovering(double candidateUsdc, int good, String reason, boolean lifted)
                implements Alert {}

        /** Beyond the outer band; waits for an operator. */
        record Latched(double candidateUsdc, String reason) implements Alert {}
    }

    public GuardState {
        sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
        halts = Collections.unmodifiableSortedMap(new TreeMap<>(halts));
        futureTimes = Collections.unmodifiableSortedMap(new TreeMap<>(futureTimes));
        chainTimes = Collections.unmodifiableSortedMap(new TreeMap<>(chainTimes));
    }

    /** Nothing heard yet: quotes nothing. */
    public static GuardState initial() {
        return new GuardState(
                new TreeMap<>(),
                new TreeMap<>(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Alert.Calm(),
                new TreeMap<>(),
                new TreeMap<>());
    }

    GuardState withSource(String name, Said said) {
        TreeMap<String, Said> changed = new TreeMap<>(sources);
        changed.put(name, said);
        return new GuardState(
                changed,
                halts,
                accepted,
                anchor,
                nextAnchor,
                perpetual,
                alert,
                futureTimes,
                chainTimes);
    }

    GuardState withHalts(SortedMap<String, String> changed) {
        return new GuardState(
                sources,
                changed,
                accepted,
                anchor,
                nextAnchor,
                perpetual,
                alert,
                futureTimes,
                chainTimes);
    }

    GuardState withAlert(Alert changed) {
        return new GuardState(
                sources,
                halts,
                accepted,
                anchor,
                nextAnchor,
                perpetual,
                changed,
                futureTimes,
                chainTimes);
    }

    GuardState withPerpetual(Level changed) {
        return new GuardState(
                sources,
                halts,
                accepted,
                anchor,
                nextAnchor,
                Optional.of(changed),
                alert,
                futureTimes,
                chainTimes);
    }

    GuardState withFutureTime(String key, long timeMs) {
        TreeMap<String, Long> changed = new TreeMap<>(futureTimes);
        changed.put(key, timeMs);
        return new GuardState(
                sources,
                halts,
                accepted,
                anchor,
                nextAnchor,
                perpetual,
                alert,
                changed,
                chainTimes);
    }

    GuardState withChainTimes(SortedMap<Expiry, Long> changed) {
        return new GuardState(
                sources,
                halts,
                accepted,
                anchor,
                nextAnchor,
                perpetual,
                alert,
                futureTimes,
                changed);
    }

    /** A level was accepted; the anchor moves on once half a window has gone by. */
    GuardState accept(Level level, long windowMs) {
        boolean moveOn =
                nextAnchor.isEmpty() || level.timeMs() - nextAnchor.get().timeMs() >= windowMs / 2;
        return new GuardState(
                sources,
                halts,
                Optional.of(level),
                moveOn ? Optional.of(nextAnchor.orElse(level)) : anchor,
                moveOn ? Optional.of(level) : nextAnchor,
                perpetual,
                alert,
                futureTimes,
                chainTimes);
    }

    /** A level was accepted after an alarm; moves are measured from it alone. */
    GuardState restart(Level level) {
        return new GuardState(
                sources,
                halts,
                Optional.of(level),
                Optional.of(level),
                Optional.of(level),
                perpetual,
                new Alert.Calm(),
                futureTimes,
                chainTimes);
    }
}
