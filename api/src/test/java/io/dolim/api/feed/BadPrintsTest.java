package io.dolim.api.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.FeedGuard;
import io.dolim.quoting.market.GuardDecision;
import io.dolim.quoting.market.GuardRules;
import io.dolim.quoting.market.GuardState;
import io.dolim.quoting.market.GuardStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BadPrintsTest {

    private static final Underlying BTC = new Underlying("BTC");
    private static final long START = Expiry.parse("2FEB26").epochMs();
    private static final long STEP_MS = 200;
    private static final long FROM = START + 60 * STEP_MS;
    private static final int TICKS = 30;

    private final SimulatedWorld world = new SimulatedWorld(Models.three(), 3);

    private BadPrints prints(double factor, String... sources) {
        BadPrint print = new BadPrint(BTC, FROM, factor, TICKS, new TreeSet<>(List.of(sources)));
        return new BadPrints(List.of(print), world.sources(), STEP_MS);
    }

    /** What the guard accepts as BTC's index, tick by tick, and that the market was open all the time. */
    private List<Double> accepted(BadPrints prints) {
        FeedGuard guard = new FeedGuard(BTC, GuardRules.standard(world.sources(), 2));
        GuardState state = GuardState.initial();
        SimulatedState now = world.initial(5, START);
        List<Double> accepted = new ArrayList<>();
        for (int step = 0; step < 140; step++) {
            List<FeedEvent> events = new ArrayList<>(world.ticks(now));
            if (step % 5 == 4) {
                events.addAll(world.chains(now, 1 + step / 5));
            }
            for (FeedEvent event : events) {
                if (event instanceof FeedEvent.OfUnderlying about
                        && about.underlying().equals(BTC)) {
                    FeedGuard.Step judged = guard.on(state, prints.printed(event), now.timeMs());
                    state = judged.state();
                    if (judged.decision() instanceof GuardDecision.IndexAccepted index) {
                        accepted.add(index.consensusUsdc());
                    }
                }
            }
            boolean stopped = guard.status(state, now.timeMs()) instanceof GuardStatus.Stopped;
            assertFalse(stopped && step > 5, () -> "stopped");
            now = world.step(now, STEP_MS);
        }
        return accepted;
    }

    @Test
    void theMedianFollowsWhatTwoOfThreeSourcesPrintAndComesBack() {
        List<Double> index = accepted(prints(0.985, "simulated", "simulated-1", "simulated-2"));
        double before = index.get(50);
        double least = index.stream().mapToDouble(price -> price).min().orElseThrow();
        assertEquals(0.985, least / before, 2e-3);
        assertEquals(1, index.getLast() / before, 2e-3);
    }

    @Test
    void oneSourceAloneMovesNothing() {
        List<Double> index = accepted(prints(0.985, "simulated-1"));
        double least = index.stream().mapToDouble(price -> price).min().orElseThrow();
        assertTrue(least / index.get(50) > 0.997, "least=" + least);
    }

    @Test
    void outsideItsTimeAndOfOtherCoinsNothingIsChanged() {
        BadPrints prints = prints(0.985, "simulated", "simulated-1");
        SimulatedState now = world.initial(5, START);
        List<FeedEvent> early = world.ticks(now);
        assertEquals(early, early.stream().map(prints::printed).toList());
        for (FeedEvent event : world.chains(now, 1)) {
            assertEquals(event, prints.printed(event));
        }
    }

    @Test
    void aPrintOfAnUnknownSourceOrOfNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> prints(0.985, "elsewhere"));
        assertThrows(IllegalArgumentException.class, () -> prints(0.985));
        assertThrows(IllegalArgumentException.class, () -> prints(0, "simulated-1"));
        assertThrows(IllegalArgumentException.class, () -> prints(Double.NaN, "simulated-1"));
    }
}
