package io.dolim.book.hedge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class VenueWatchTest {

    private static final long SECOND_NS = 1_000_000_000L;
    private static final long DOUBT_NS = 600 * SECOND_NS;

    private final PlainLedger ledger = new PlainLedger(Hedges.terms("").spec());
    private final VenueWatch watch = new VenueWatch(new TreeSet<>(List.of(Hedges.VENUE)));

    /** Asked, then something ended, asked again: the first answer says nothing of what was traded in between. */
    @Test
    void anAnswerTellsOnlyWhatWasWhenItsQuestionWasPut() {
        watch.begin(0);
        watch.asked(Hedges.VENUE, 0);
        watch.asked(Hedges.VENUE, SECOND_NS);
        watch.told(told(), 1_000, 2 * SECOND_NS);
        assertFalse(watch.toldSince(1_500, 2 * SECOND_NS, DOUBT_NS));
        watch.told(told(), 2_000, 3 * SECOND_NS);
        assertTrue(watch.toldSince(1_500, 3 * SECOND_NS, DOUBT_NS));
        watch.told(told(), 1_200, 4 * SECOND_NS);
        assertTrue(
                watch.toldSince(1_500, 4 * SECOND_NS, DOUBT_NS), "an older one takes nothing back");
    }

    @Test
    void aVenueThatIsSilentForTooLongIsWaitedForNoMore() {
        watch.begin(0);
        watch.told(told(), 1_000, SECOND_NS);
        assertFalse(watch.toldSince(1_500, 601 * SECOND_NS, DOUBT_NS));
        assertTrue(watch.toldSince(1_500, 601 * SECOND_NS + 1, DOUBT_NS));
    }

    @Test
    void silenceBeginsWithTheMarket() {
        assertFalse(watch.isSilent(Hedges.VENUE, 100 * SECOND_NS, 5 * SECOND_NS));
        watch.begin(100 * SECOND_NS);
        assertFalse(watch.isSilent(Hedges.VENUE, 105 * SECOND_NS, 5 * SECOND_NS));
        assertTrue(watch.isSilent(Hedges.VENUE, 106 * SECOND_NS, 5 * SECOND_NS));
        assertTrue(watch.isComplete(), "it is waited for no more");
    }

    private Venue.Ledger told() {
        return ledger.told(VenueBook.EMPTY, Hedges.START_MS);
    }
}
