package io.dolim.api.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class HeartbeatTest {

    private static final long TEN = Duration.ofSeconds(10).toNanos();

    @Test
    void nothingIsDueWhileItIsOffNorBeforeTheIntervalIsOver() {
        assertFalse(Heartbeat.OFF.due(Long.MAX_VALUE));
        Heartbeat heartbeat = Heartbeat.every(Duration.ofSeconds(10), 5);
        assertFalse(heartbeat.due(5 + TEN - 1));
        assertTrue(heartbeat.due(5 + TEN));
    }

    @Test
    void aClientThatSpeaksIsNeverMissed() {
        Heartbeat heartbeat = Heartbeat.every(Duration.ofSeconds(10), 0);
        for (int i = 1; i <= 5; i++) {
            heartbeat = heartbeat.heard();
            assertFalse(heartbeat.isQuiet());
            assertFalse(heartbeat.missed());
            heartbeat = heartbeat.next(i * TEN);
        }
    }

    @Test
    void aSilentClientIsTestedOnceAndThenMissed() {
        Heartbeat first = Heartbeat.every(Duration.ofSeconds(10), 0);
        assertTrue(first.isQuiet());
        assertFalse(first.missed());
        Heartbeat tested = first.next(TEN);
        assertTrue(tested.missed());
        assertFalse(tested.heard().missed(), "unless it answers the test");
    }

    @Test
    void theFramesSayWhatDeribitSays() {
        assertEquals(
                "{\"jsonrpc\":\"2.0\",\"method\":\"heartbeat\",\"params\":{\"type\":\"test_request\"}}",
                Heartbeat.TEST_REQUEST.drop(2).utf8String());
    }
}
