package io.dolim.api.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long START_MS = 1_000_000;
    private static final long SECOND_NS = 1_000_000_000L;

    private final AtomicLong wallNs = new AtomicLong(5);

    @Test
    void theClockIsTheLastEventsTimeWhileEventsComeInTime() throws Exception {
        Pace pace = new Pace(10, false, START_MS, wallNs::get);
        assertTrue(pace.await(START_MS));
        wallNs.addAndGet(SECOND_NS / 10);
        assertTrue(pace.await(START_MS + 1_000));
        assertEquals(START_MS + 1_000, pace.nowMs());
        wallNs.addAndGet(SECOND_NS);
        assertEquals(START_MS + 1_000, pace.nowMs(), "a second of grace");
    }

    @Test
    void aFeedThatDiedGrowsOldAtItsSpeed() throws Exception {
        Pace pace = new Pace(10, false, START_MS, wallNs::get);
        assertTrue(pace.await(START_MS));
        wallNs.addAndGet(4 * SECOND_NS);
        assertEquals(START_MS + 30_000, pace.nowMs());
    }

    @Test
    void aClockThatWaitsForItsFirstEventStands() throws Exception {
        Pace pace = new Pace(600, false, START_MS, wallNs::get);
        wallNs.addAndGet(3_600 * SECOND_NS);
        assertEquals(START_MS, pace.nowMs());
        assertTrue(pace.await(START_MS));
        assertEquals(START_MS, pace.nowMs(), "the first event is in time, however late the start");
        wallNs.addAndGet(2 * SECOND_NS);
        assertEquals(START_MS + 600_000, pace.nowMs());
    }

    @Test
    void theClockNeverGoesBack() throws Exception {
        Pace pace = new Pace(1, false, START_MS, wallNs::get);
        assertTrue(pace.await(START_MS));
        wallNs.addAndGet(11 * SECOND_NS);
        assertEquals(START_MS + 10_000, pace.nowMs());
        assertTrue(pace.await(START_MS + 200));
        assertEquals(START_MS + 10_000, pace.nowMs());
    }

    @Test
    void aMachineThatSleptGoesOnInsteadOfRacing() throws Exception {
        Pace pace = new Pace(1, false, START_MS, wallNs::get);
        assertTrue(pace.await(START_MS));
        wallNs.addAndGet(3_600 * SECOND_NS);
        assertTrue(pace.await(START_MS + 200));
        wallNs.addAndGet(SECOND_NS / 5);
        assertTrue(
                pace.await(START_MS + 400), "due a fifth of a second after the last, not before");
    }

    @Test
    void aFinishedRunDoesNotAge() throws Exception {
        Pace pace = new Pace(1, false, START_MS, wallNs::get);
        assertTrue(pace.await(START_MS));
        pace.finish();
        wallNs.addAndGet(3_600 * SECOND_NS);
        assertEquals(START_MS, pace.nowMs());
    }

    @Test
    void aSteppingFeedWaitsForNoClockAndEndsWhenClosed() throws Exception {
        Pace pace = new Pace(1, true, START_MS, wallNs::get);
        assertTrue(pace.await(START_MS + 86_400_000));
        assertEquals(START_MS + 86_400_000, pace.nowMs());
        pace.consumed(2, 1);
        pace.consumed(1, 1);
        assertTrue(pace.awaitConsumed(1));
        pace.close();
        assertFalse(pace.awaitConsumed(2));
        assertFalse(pace.await(START_MS + 86_400_001));
    }
}
