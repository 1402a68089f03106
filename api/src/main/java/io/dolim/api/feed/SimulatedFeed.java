package io.dolim.api.feed;

import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.GuardRules;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A market that never was: {@link SimulatedWorld} at a pace. Five steps a second of wall time up to a
 * speed of one, longer steps of simulated time above it; every fifth step brings the option chains.
 * The same settings give the same events, whatever the machine does meanwhile.
 */
public final class SimulatedFeed extends PacedFeed {

    private static final long STEP_MS = 200;
    private static final int STEPS_A_CHAIN = 5;

    private final Settings settings;
    private final SimulatedWorld world;

    /**
     * What is simulated.
     *
     * @param seed of all chance
     * @param startMs simulated time of the first event, milliseconds since 1970
     * @param speed simulated milliseconds a millisecond of wall, 0.001 to 60
     * @param indexSources how many sources see the index, 1 to 9
     */
    public record Settings(
            List<CoinModel> coins, long seed, long startMs, double speed, int indexSources) {

        /** @throws IllegalArgumentException when there is no coin, or a number is out of range */
        public Settings {
            coins = List.copyOf(coins);
            Bounds.within("coins", coins.size(), 1, 20);
            Bounds.within("speed", speed, 1e-3, 60);
            Bounds.within("indexSources", indexSources, 1, 9);
        }

        /** Simulated time between two steps. */
        long stepMs() {
            return (long) (STEP_MS * Math.max(1, speed));
        }
    }

    /** A feed by these settings, against the machine's monotonic clock. */
    public SimulatedFeed(Settings settings) {
        this(settings, System::nanoTime);
    }

    SimulatedFeed(Settings settings, LongSupplier nanoTime) {
        super(new Pace(settings.speed(), false, settings.startMs(), nanoTime), 0);
        this.settings = settings;
        this.world = new SimulatedWorld(settings.coins(), settings.indexSources());
    }

    /** Limits that fit this feed: a quorum of more than half of the sources, times that fit its pace. */
    public GuardRules guardRules() {
        return GuardRules.standard(world.sources(), settings.indexSources() / 2 + 1)
                .slowed(Math.max(1, settings.speed() / 5));
    }

    @Override
    void deliver(Consumer<FeedEvent> consumer) throws InterruptedException {
        SimulatedState state = world.initial(settings.seed(), settings.startMs());
        Optional<SimulatedState> listed = Optional.empty();
        for (int chain = 1; pace().await(state.timeMs()); ) {
            if (state.steps() % STEPS_A_CHAIN == 0) {
                state = world.list(state);
                world.listings(listed, state).forEach(consumer);
                listed = Optional.of(state);
            }
            world.ticks(state).forEach(consumer);
            if (state.steps() % STEPS_A_CHAIN == STEPS_A_CHAIN - 1) {
                List<FeedEvent> events = world.chains(state, chain++);
                events.subList(0, events.size() - 1).forEach(consumer);
                if (!endChain(consumer, (FeedEvent.ChainEnd) events.getLast())) {
                    return;
                }
            }
            state = world.step(state, settings.stepMs());
        }
    }
}
