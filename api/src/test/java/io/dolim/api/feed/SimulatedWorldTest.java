package io.dolim.api.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.DayCount;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.FeedGuard;
import io.dolim.quoting.market.GuardDecision;
import io.dolim.quoting.market.GuardRules;
import io.dolim.quoting.market.GuardState;
import io.dolim.quoting.market.GuardStatus;
import io.dolim.quoting.market.OptionQuote;
import io.dolim.quoting.math.Elementary;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SimulatedWorldTest {

    private static final long START = Expiry.parse("2FEB26").epochMs();
    private final SimulatedWorld world = new SimulatedWorld(Models.three(), 3);

    @Tag("slow")
    @Test
    void theSameSeedSaysTheSameOnEveryMachine() throws Exception {
        List<FeedEvent> events = events(7, 500);
        assertEquals(events, events(7, 500));
        assertNotEquals(events, events(8, 500));
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        events.forEach(event -> digest.update(event.toString().getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                "94a768e76f92b5d6", HexFormat.of().formatHex(digest.digest()).substring(0, 16));
    }

    @Test
    void aListedOptionIsListedOnce() {
        List<FeedEvent> events = events(7, 2_000);
        long named =
                events.stream()
                        .filter(FeedEvent.InstrumentsListed.class::isInstance)
                        .map(FeedEvent.InstrumentsListed.class::cast)
                        .mapToLong(listed -> listed.contracts().size())
                        .sum();
        long distinct =
                events.stream()
                        .filter(FeedEvent.InstrumentsListed.class::isInstance)
                        .map(FeedEvent.InstrumentsListed.class::cast)
                        .flatMap(listed -> listed.contracts().stream())
                        .distinct()
                        .count();
        assertEquals(distinct, named);
    }

    @Test
    void coinsMoveAsMuchAsTheyShouldAndTogether() {
        long seed = 3;
        long stepMs = 60_000;
        SimulatedState state = world.initial(seed, START);
        int steps = 60 * 24 * 60;
        double[] squares = new double[3];
        double cross = 0;
        double meanVariance = 0;
        for (int i = 0; i < steps; i++) {
            SimulatedState next = world.step(state, stepMs);
            double[] moves = new double[3];
            for (int c = 0; c < 3; c++) {
                moves[c] =
                        Elementary.logRatio(
                                next.coins().get(c).spotUsdc(), state.coins().get(c).spotUsdc());
                squares[c] += moves[c] * moves[c];
            }
            cross += moves[0] * moves[1];
            double vol = 0.45 * Elementary.exp(state.coins().get(0).logVol());
            meanVariance += vol * vol / steps;
            state = next;
        }
        double years = steps * stepMs / DayCount.MILLIS_PER_YEAR;
        double jumpVariance = 2 * 12 * 0.02 * 0.02;
        double realised = squares[0] / years;
        assertEquals(meanVariance + jumpVariance, realised, 0.15 * realised, "seed=" + seed);
        double correlation = cross / Math.sqrt(squares[0] * squares[1]);
        assertEquals(0.75, correlation, 0.1, "seed=" + seed);
        assertTrue(squares[2] > squares[1] && squares[1] > squares[0], "seed=" + seed);
    }

    @Test
    void smilesAreFreeOfStaticArbitrage() {
        for (double rho : new double[] {-0.7, -0.2, 0.3}) {
            for (double vol : new double[] {0.1, 0.5, 2.0}) {
                SimulatedSmile before = SimulatedSmile.of(1 / 365.0, vol, 0.5, rho);
                for (double years : new double[] {2 / 365.0, 0.02, 0.1, 0.5, 1}) {
                    SimulatedSmile smile = SimulatedSmile.of(years, vol, 0.5, rho);
                    for (double k = -1; k <= 1; k += 0.01) {
                        String where = "rho=" + rho + " vol=" + vol + " T=" + years + " k=" + k;
                        assertTrue(density(smile, k) >= -1e-6, where);
                        assertTrue(variance(smile, k) >= variance(before, k), where);
                    }
                    before = smile;
                }
            }
        }
    }

    @Tag("slow")
    @Test
    void twentyMinutesPassTheGuardWithoutASingleHold() {
        FeedGuard guard =
                new FeedGuard(new Underlying("ETH"), GuardRules.standard(world.sources(), 2));
        GuardState state = GuardState.initial();
        int open = 0;
        int all = 0;
        for (FeedEvent event : events(11, 5 * 1_200)) {
            if (event instanceof FeedEvent.OfUnderlying about
                    && about.underlying().equals(new Underlying("ETH"))) {
                FeedGuard.Step step = guard.on(state, event, event.timeMs());
                state = step.state();
                all++;
                open += step.after() instanceof GuardStatus.Open ? 1 : 0;
                if (all > 20) {
                    GuardDecision decision = step.decision();
                    assertTrue(!(decision instanceof GuardDecision.Held), decision::toString);
                    if (decision instanceof GuardDecision.ChainAccepted chain) {
                        assertTrue(chain.dropped().isEmpty(), decision::toString);
                    }
                }
            }
        }
        assertTrue(open > 0.95 * all, "open=" + open + " of=" + all);
    }

    @Test
    void everyRowHasItsMarkBetweenBidAndAsk() {
        FeedEvent.ChainQuotes chain =
                assertInstanceOf(
                        FeedEvent.ChainQuotes.class,
                        world.chains(world.list(world.initial(1, START)), 1).getFirst());
        assertTrue(chain.quotes().size() > 10);
        for (OptionQuote quote : chain.quotes()) {
            assertTrue(quote.bidVol().orElse(0) < quote.markVol(), quote::toString);
            assertTrue(quote.askVol().orElse(0) > quote.markVol(), quote::toString);
        }
    }

    private List<FeedEvent> events(long seed, int steps) {
        List<FeedEvent> events = new ArrayList<>();
        SimulatedState state = world.initial(seed, START);
        Optional<SimulatedState> listed = Optional.empty();
        for (int i = 0; i < steps; i++) {
            if (i % 5 == 0) {
                state = world.list(state);
                events.addAll(world.listings(listed, state));
                listed = Optional.of(state);
            }
            events.addAll(world.ticks(state));
            if (i % 5 == 4) {
                events.addAll(world.chains(state, i / 5 + 1));
            }
            state = world.step(state, 200);
        }
        return events;
    }

    private static double variance(SimulatedSmile smile, double k) {
        return smile.vol(k) * smile.vol(k) * smile.years();
    }

    /** Gatheral's g by differences; negative where a butterfly costs less than nothing. */
    private static double density(SimulatedSmile smile, double k) {
        double h = 1e-4;
        double w = variance(smile, k);
        double up = variance(smile, k + h);
        double down = variance(smile, k - h);
        double slope = (up - down) / (2 * h);
        double bend = (up - 2 * w + down) / (h * h);
        double first = 1 - k * slope / (2 * w);
        return first * first - slope * slope / 4 * (1 / w + 0.25) + bend / 2;
    }
}
