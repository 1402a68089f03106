package io.dolim.book.hedge;

import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a Hedger remembers of its talk with venues; not journaled. Used by a Hedger alone, on its thread.
 */
final class VenueWatch {

    private final SortedMap<String, Long> askedNs = new TreeMap<>();
    private final SortedMap<String, Long> toldNs = new TreeMap<>();
    private final SortedMap<String, Long> wholeOfMs = new TreeMap<>();
    private final SortedMap<String, Venue.Ledger> ledgers = new TreeMap<>();
    private final SortedSet<String> differed = new TreeSet<>();
    private final SortedSet<String> venues;
    private final SortedSet<String> unheard;
    private Optional<Long> beganNs = Optional.empty();

    VenueWatch(SortedSet<String> venues) {
        this.venues = new TreeSet<>(venues);
        this.unheard = new TreeSet<>(venues);
    }

    /** The market is there: from now on venues are expected to say something. */
    void begin(long nowNs) {
        if (beganNs.isEmpty()) {
            beganNs = Optional.of(nowNs);
        }
    }

    private long sinceToldNs(String venue, long nowNs) {
        Long told = toldNs.get(venue);
        return told != null ? nowNs - told : beganNs.map(began -> nowNs - began).orElse(0L);
    }

    /** Whether every venue has said something since the start, or was silent for too long. */
    boolean isComplete() {
        return unheard.isEmpty();
    }

    /** Whether to ask a venue again: it has answered, or is not going to. */
    boolean mayAsk(String venue, long nowNs, long everyNs, long patienceNs) {
        Long asked = askedNs.get(venue);
        Long told = toldNs.get(venue);
        if (asked == null) {
            return true;
        }
        boolean answered = told != null && told >= asked;
        return nowNs - asked >= (answered ? everyNs : patienceNs);
    }

    void asked(String venue, long nowNs) {
        askedNs.put(venue, nowNs);
    }

    /**
     * Whether every venue was asked after a moment and has told its whole ledger, or has been silent for so
     * long that it is waited for no more.
     */
    boolean toldSince(long epochMs, long nowNs, long doubtNs) {
        for (String venue : venues) {
            boolean told = wholeOfMs.getOrDefault(venue, Long.MIN_VALUE) > epochMs;
            if (!told && sinceToldNs(venue, nowNs) <= doubtNs) {
                return false;
            }
        }
        return true;
    }

    /** @param askedMs when the question was put that this answers: what it tells may be older than now */
    void told(Venue.Ledger ledger, long askedMs, long nowNs) {
        toldNs.put(ledger.venue(), nowNs);
        ledgers.put(ledger.venue(), ledger);
        unheard.remove(ledger.venue());
        if (ledger.isWhole()) {
            wholeOfMs.merge(ledger.venue(), askedMs, Math::max);
        }
    }

    /** Whether a venue has been silent since too long ago. */
    boolean isSilent(String venue, long nowNs, long silentNs) {
        boolean silent = sinceToldNs(venue, nowNs) > silentNs;
        if (silent) {
            unheard.remove(venue);
        }
        return silent;
    }

    Optional<Venue.Ledger> ledger(String venue) {
        return Optional.ofNullable(ledgers.get(venue));
    }

    boolean differed(String venue) {
        return differed.contains(venue);
    }

    void agrees(String venue, boolean agrees) {
        if (agrees) {
            differed.remove(venue);
        } else {
            differed.add(venue);
        }
    }
}
