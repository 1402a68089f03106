package io.dolim.api.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.market.FeedEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SimulatedFeedTest {

    private static final long START = Expiry.parse("2FEB26").epochMs();

    @Test
    void twoFeedsOfOneSeedSayTheSameAtWhateverMomentTheyAreHeard() throws Exception {
        assertEquals(firstChains(2, 30.0), firstChains(2, 30.0));
    }

    @Test
    void timeRunsAsFastAsItWasTold() throws Exception {
        List<FeedEvent> events = firstChains(3, 40.0);
        long seconds = (events.getLast().timeMs() - START) / 1_000;
        assertEquals(8 * 14, seconds, "fourteen steps of eight seconds");
    }

    @Test
    void aClosedFeedIsSilentAndDoesNotStartAgain() throws Exception {
        SimulatedFeed feed = new SimulatedFeed(settings(60));
        List<FeedEvent> heard = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch first = new CountDownLatch(1);
        feed.start(
                event -> {
                    heard.add(event);
                    first.countDown();
                });
        assertTrue(first.await(20, TimeUnit.SECONDS));
        feed.close();
        int count = heard.size();
        assertThrows(IllegalStateException.class, () -> feed.start(_ -> {}));
        assertEquals(count, heard.size());
        assertTrue(feed.progress().done() || feed.progress().total() == 0);
    }

    @Test
    void settingsBeyondTheirBoundsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> settings(0));
        assertThrows(IllegalArgumentException.class, () -> settings(61));
        assertThrows(IllegalArgumentException.class, () -> settings(Double.NaN));
    }

    private static List<FeedEvent> firstChains(int chains, double speed) throws Exception {
        List<FeedEvent> heard = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch ended = new CountDownLatch(chains);
        try (SimulatedFeed feed = new SimulatedFeed(settings(speed))) {
            feed.start(
                    event -> {
                        if (ended.getCount() > 0) {
                            heard.add(event);
                        }
                        if (event instanceof FeedEvent.ChainEnd) {
                            ended.countDown();
                        }
                    });
            assertTrue(ended.await(30, TimeUnit.SECONDS));
            assertTrue(feed.nowMs() >= heard.getLast().timeMs());
        }
        return List.copyOf(heard);
    }

    private static SimulatedFeed.Settings settings(double speed) {
        return new SimulatedFeed.Settings(Models.three(), 5, START, speed, 3);
    }
}
