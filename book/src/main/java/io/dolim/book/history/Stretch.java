package io.dolim.book.history;

import io.dolim.book.BookEvent;
import io.dolim.book.trade.TradeId;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A stretch of a journal between two places, both included, followed event by event in the order of
 * the log. Not safe for threads.
 */
public final class Stretch {

    private final Optional<Place> from;
    private final Optional<Place> to;
    private final SortedMap<String, Long> cut = new TreeMap<>();
    private final SortedMap<String, Long> last = new TreeMap<>();
    private boolean begun;
    private boolean ended;

    /** What an event is to a stretch. */
    public enum Part {
        /** It lies before the first place: it is folded, but not looked at. */
        BEFORE,
        /** It belongs to the stretch. */
        WITHIN,
        /** It is behind its writer's number in the cut that ends the stretch. */
        LEFT_OUT,
        /** It lies behind the last place, as does all that follows. */
        BEHIND
    }

    /**
     * @param from the first event; empty is the first of all
     * @param to the last one; empty is the last of all
     * @throws IllegalArgumentException when it is to begin at a cut, which is no one event
     */
    public Stretch(Optional<Place> from, Optional<Place> to) {
        if (from.filter(Place.OfCut.class::isInstance).isPresent()) {
            throw new IllegalArgumentException(
                    "place=" + from.get() + " must be an ORDER, TIME or TRADE to begin at");
        }
        this.from = from;
        this.to = to;
        this.begun = from.isEmpty();
        if (to.isPresent() && to.get() instanceof Place.OfCut wanted) {
            cut.putAll(wanted.cut());
            cut.values().removeIf(sequence -> sequence == 0);
        }
    }

    /** Takes the next event of the log. */
    public Part next(Written written) {
        if (ended || to.filter(place -> liesBefore(place, written)).isPresent()) {
            ended = true;
            return Part.BEHIND;
        }
        if (isCut()) {
            if (written.sequence() > cut.getOrDefault(written.persistenceId(), 0L)) {
                return Part.LEFT_OUT;
            }
            last.put(written.persistenceId(), written.sequence());
            ended = last.equals(cut);
        } else {
            ended = to.filter(place -> isTrade(place, written)).isPresent();
        }
        begun |= from.filter(place -> isReached(place, written)).isPresent();
        return begun ? Part.WITHIN : Part.BEFORE;
    }

    private static boolean liesBefore(Place place, Written written) {
        return switch (place) {
            case Place.OfOrder(long order) -> written.order() > order;
            case Place.OfTime(long epochMs) -> written.epochMs() > epochMs;
            case Place.OfTrade _, Place.OfCut _ -> false;
        };
    }

    private static boolean isReached(Place place, Written written) {
        return switch (place) {
            case Place.OfOrder(long order) -> written.order() >= order;
            case Place.OfTime(long epochMs) -> written.epochMs() >= epochMs;
            case Place.OfTrade _ -> isTrade(place, written);
            case Place.OfCut _ -> false;
        };
    }

    private static boolean isTrade(Place place, Written written) {
        return place instanceof Place.OfTrade(TradeId wanted)
                && written.event() instanceof BookEvent.TradeExecuted executed
                && executed.trade().id().equals(wanted);
    }

    /** Whether nothing that follows belongs to it. */
    public boolean ended() {
        return ended;
    }

    /**
     * To be asked when the log is read, or the stretch has ended.
     *
     * @throws IllegalArgumentException when a trade or a cut that bounds it is not in the journal
     */
    public void requireFound() {
        if (isCut() && !last.equals(cut)) {
            throw new IllegalArgumentException(
                    "place=" + to.get() + " must be a cut of the journal, which has " + last);
        }
        if (!ended && to.filter(Place.OfTrade.class::isInstance).isPresent()) {
            throw new IllegalArgumentException(
                    "place=" + to.get() + " must be a trade of the journal");
        }
        if (!begun && from.filter(Place.OfTrade.class::isInstance).isPresent()) {
            throw new IllegalArgumentException(
                    "place="
                            + from.get()
                            + " must be a trade of the journal"
                            + to.map(place -> " up to " + place).orElse(""));
        }
    }

    private boolean isCut() {
        return to.filter(Place.OfCut.class::isInstance).isPresent();
    }
}
