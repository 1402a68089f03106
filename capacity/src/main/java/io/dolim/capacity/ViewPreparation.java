package io.dolim.capacity;

import io.dolim.quoting.instrument.Underlying;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The numbers of market views, the one that is being prepared, and whose Market has kept it waiting.
 * A view may overtake the one before; that does not begin anybody's wait anew.
 */
final class ViewPreparation {

    private final Duration timeout;
    private final Duration carryAfter;

    /** By underlying the first view whose totals its Book still owes. */
    private final SortedMap<Underlying, Asked> owed = new TreeMap<>();

    private Optional<Asked> current = Optional.empty();
    private long last;

    /** A number and when the Markets were asked for it. */
    record Asked(long number, Moment since) {}

    /** @param last no number up to this one is given out */
    ViewPreparation(long last, CapacityParameters parameters) {
        this.last = last;
        this.timeout = parameters.prepareTimeout();
        this.carryAfter = parameters.carryAfter();
    }

    Optional<Asked> current() {
        return current;
    }

    boolean isOf(long number) {
        return current.filter(asked -> asked.number() == number).isPresent();
    }

    /** Whether the current one still has time. */
    boolean isWaiting(Moment now) {
        return current.filter(asked -> isWithin(timeout, asked, now)).isPresent();
    }

    /**
     * Gives out the next number.
     *
     * @param missing whose totals the current one still lacks
     */
    long next(Moment now, Set<Underlying> missing) {
        current.ifPresent(overtaken -> missing.forEach(one -> owed.putIfAbsent(one, overtaken)));
        last++;
        current = Optional.of(new Asked(last, now));
        return last;
    }

    /** A Book has totals up to this view: numbers that a former start gave out are not used again. */
    void heard(Underlying underlying, long latestView) {
        last = Math.max(last, latestView);
        Asked first = owed.get(underlying);
        if (first != null && latestView >= first.number()) {
            owed.remove(underlying);
        }
    }

    /** Who of those that lack totals under the current one has been asked too long ago. */
    SortedSet<Underlying> silent(Moment now, Set<Underlying> missing) {
        TreeSet<Underlying> silent = new TreeSet<>();
        for (Underlying one : missing) {
            Optional<Asked> first = Optional.ofNullable(owed.get(one)).or(() -> current);
            if (first.filter(asked -> !isWithin(carryAfter, asked, now)).isPresent()) {
                silent.add(one);
            }
        }
        return silent;
    }

    /** The current one is open, or given up: its number is not used again. */
    void drop() {
        current = Optional.empty();
    }

    private static boolean isWithin(Duration time, Asked asked, Moment now) {
        return now.msSince(asked.since()) < time.toMillis();
    }
}
