package io.dolim.api.feed;

import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.GuardRules;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A market that never was: {@link SimulatedWorld} at a pace. Five steps a second of wall time up to a
 * speed of one, longer steps of simulated time above it, up to eight seconds, then more of them; the
 * option chains come about every second of wall time.
 * The same settings give the same events, whatever the machine does meanwhile.
 */
public final class SimulatedFeed extends PacedFeed {

    private static final long STEP_MS = 200;
    private static final int STEPS_A_CHAIN = 5;

    /** Below the ten seconds of a settlement sample: at every speed each has its tick. */
    private static final long LONGEST_STEP_MS = 8_000;

    private final Settings settings;
    private final SimulatedWorld world;
    private final BadPrints badPrints;
    private volatile Optional<SimulatedMemory> memory;

    /**
     * What is simulated.
     *
     * @param seed of all chance
     * @param startMs simulated time of the first event, milliseconds since 1970
     * @param speed simulated milliseconds a millisecond of wall, 0.001 to 60
     * @param indexSources how many sources see the index, 1 to 9
     * @param memory where an earlier run stopped; empty to begin at the coins' start
     * @param badPrints wrong prices that are printed; none in a market that is to be believed
     */
    public record Settings(
            List<CoinModel> coins,
            long seed,
            long startMs,
            double speed,
            int indexSources,
            Optional<SimulatedMemory> memory,
            List<BadPrint> badPrints) {

        /** A market that prints what is so. */
        public Settings(
                List<CoinModel> coins,
                long seed,
                long startMs,
                double speed,
                int indexSources,
                Optional<SimulatedMemory> memory) {
            this(coins, seed, startMs, speed, indexSources, memory, List.of());
        }

        /** @throws IllegalArgumentException when there is no coin, or a number is out of range */
        public Settings {
            coins = List.copyOf(coins);
            badPrints = List.copyOf(badPrints);
            Bounds.within("coins", coins.size(), 1, 20);
            Bounds.within("speed", speed, 1e-3, 60);
            Bounds.within("indexSources", indexSources, 1, 9);
        }

        /** Simulated time between two steps. */
        long stepMs() {
            return Math.min(LONGEST_STEP_MS, (long) (STEP_MS * Math.max(1, speed)));
        }

        /** Steps between two chains: five, or as many as go into a second of wall time. */
        int stepsAChain() {
            long longest = STEPS_A_CHAIN * STEP_MS * (long) Math.ceil(speed);
            return (int) Math.max(STEPS_A_CHAIN, Math.ceilDiv(longest, LONGEST_STEP_MS));
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
        this.badPrints = new BadPrints(settings.badPrints(), world.sources(), settings.stepMs());
        this.memory = settings.memory();
    }

    /** Where it is: what a later run goes on from. Empty before the first step of a new market. */
    public Optional<SimulatedMemory> memory() {
        return memory;
    }

    /** Limits that fit this feed: a quorum of more than half of the sources, times that fit its pace. */
    public GuardRules guardRules() {
        return GuardRules.standard(world.sources(), settings.indexSources() / 2 + 1)
                .slowed(Math.max(1, settings.speed() / 5));
    }

    @Override
    void deliver(Consumer<FeedEvent> hears) throws InterruptedException {
        Consumer<FeedEvent> consumer = event -> hears.accept(badPrints.printed(event));
        SimulatedState state =
                settings.memory()
                        .map(left -> world.resumed(left, settings.seed(), settings.startMs()))
                        .orElseGet(() -> world.initial(settings.seed(), settings.startMs()));
        long began = state.steps();
        int stepsAChain = settings.stepsAChain();
        Optional<SimulatedState> listed = Optional.empty();
        for (int chain = 1; pace().await(state.timeMs()); ) {
            long step = (state.steps() - began) % stepsAChain;
            if (step == 0) {
                state = world.list(state);
                world.listings(listed, state).forEach(consumer);
                listed = Optional.of(state);
            }
            world.ticks(state).forEach(consumer);
            memory = Optional.of(world.memory(state, settings.seed()));
            if (step == stepsAChain - 1) {
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
