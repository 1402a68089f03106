package io.dolim.book;

import io.dolim.book.trade.RefusalReason;
import io.dolim.capacity.Capacity;
import io.dolim.capacity.Mode;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which of Capacity's grants still stand, in whatever order its messages come: those of its latest
 * incarnation, decided under its latest rules. Belongs to one Book's incarnation.
 */
final class Grants {

    private long incarnation = Long.MIN_VALUE;
    private long rules = Long.MIN_VALUE;
    private Mode mode = Mode.OPEN;

    /** Capacity's start: what it granted before is void. False when it was known. */
    boolean started(long capacityIncarnation) {
        if (capacityIncarnation <= incarnation) {
            return false;
        }
        incarnation = capacityIncarnation;
        return true;
    }

    /** Mode or limits are others: what was granted under older ones is void. */
    void changed(Capacity.RulesChanged news) {
        if (news.rules() > rules) {
            rules = news.rules();
            mode = news.mode();
        }
    }

    /** What a taker is told whose grant is void; empty when it stands. */
    Optional<Book.Reply> whyVoid(Capacity.Granted granted) {
        if (incarnation != Long.MIN_VALUE && granted.incarnation() != incarnation) {
            return Optional.of(new Book.Retry("capacity_restarted"));
        }
        if (granted.rules() >= rules) {
            return Optional.empty();
        }
        // what reduces risk has a price in every mode: asked again, it is decided anew
        return Optional.of(
                mode == Mode.OPEN || granted.reducing()
                        ? new Book.Retry("rules_changed")
                        : new Book.Refused(
                                RefusalReason.NO_CAPACITY,
                                mode.name().toLowerCase(Locale.ROOT),
                                new TreeMap<>()));
    }
}
