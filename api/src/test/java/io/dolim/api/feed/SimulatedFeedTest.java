package io.dolim.api.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.market.FeedEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class SimulatedFeedTest {

    private static final long START = Expiry.parse("2FEB26").epochMs();

    @Test
    @Tag("slow")
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

    @Test
    @Tag("slow")
    void atEverySpeedEachSettlementSampleHasItsTick() throws Exception {
        for (double speed : new double[] {41, 55, 60}) {
            List<Long> times =
                    firstChains(3, speed).stream()
                            .filter(FeedEvent.IndexTick.class::isInstance)
                            .map(FeedEvent::timeMs)
                            .distinct()
                            .toList();
            assertTrue(times.size() >= 15, "speed=" + speed + " steps=" + times.size());
            for (int i = 1; i < times.size(); i++) {
                long gapMs = times.get(i) - times.get(i - 1);
                assertTrue(gapMs <= 10_000, "speed=" + speed + " gapMs=" + gapMs);
            }
        }
    }

    @Test
    void aMarketGoesOnWhereItStoppedWhateverItsConfiguredStart() throws Exception {
        SimulatedFeed first = new SimulatedFeed(settings(60));
        assertEquals(Optional.empty(), first.memory());
        hear(first, 2);
        SimulatedMemory left = SimulatedMemory.parse(first.memory().orElseThrow().lines());
        assertEquals(first.memory().orElseThrow(), left);
        SimulatedFeed second =
                new SimulatedFeed(
                        new SimulatedFeed.Settings(
                                Models.three(), 5, START + 3_600_000, 60, 3, Optional.of(left)));
        List<FeedEvent> heard = hear(second, 1);
        for (FeedEvent event : heard.subList(0, 20)) {
            if (event instanceof FeedEvent.IndexTick tick && tick.timeMs() == START + 3_600_000) {
                double before = left.coin(tick.underlying()).orElseThrow().spotUsdc();
                assertEquals(1.0, tick.priceUsdc() / before, 3e-4, tick.toString());
            }
        }
        assertTrue(second.memory().orElseThrow().steps() > left.steps());
    }

    @Test
    void aMemoryThatIsNoneIsRefused() {
        for (List<String> lines :
                List.of(
                        List.<String>of(),
                        List.of("5 1"),
                        List.of("5 1 7", "BTC 60000 0 0"),
                        List.of("5 1 7", "BTC NaN 0 0 0"),
                        List.of("5 1 7", "BTC -1 0 0 0"))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> SimulatedMemory.parse(lines),
                    lines.toString());
        }
    }

    private static List<FeedEvent> firstChains(int chains, double speed) throws Exception {
        return hear(new SimulatedFeed(settings(speed)), chains);
    }

    private static List<FeedEvent> hear(SimulatedFeed opened, int chains) throws Exception {
        List<FeedEvent> heard = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch ended = new CountDownLatch(chains);
        try (SimulatedFeed feed = opened) {
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
        return new SimulatedFeed.Settings(Models.three(), 5, START, speed, 3, Optional.empty());
    }
}
