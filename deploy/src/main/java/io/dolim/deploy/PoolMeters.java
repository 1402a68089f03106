package io.dolim.deploy;

import io.dolim.book.PricingBoard;
import io.dolim.book.PricingView;
import io.dolim.book.tape.Tape;
import io.dolim.capacity.CapacityView;
import io.dolim.capacity.Cause;
import io.dolim.capacity.Measures;
import io.dolim.capacity.Mode;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.FeedEvent;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The pool's figures in {@code /metrics}: capital and its use, ages of views and feeds, the journal. Read where they hang
 * when somebody asks; what is not known is NaN.
 */
final class PoolMeters {

    private static final double NS_PER_S = 1e9;

    private final MeterRegistry registry;
    private final PricingBoard board;
    private final Map<Underlying, Long> heardNs = new ConcurrentHashMap<>();
    private final Map<Underlying, Tape.Summary> tapes = new ConcurrentHashMap<>();

    private PoolMeters(MeterRegistry registry, PricingBoard board) {
        this.registry = registry;
        this.board = board;
    }

    /** Registers the figures of these underlyings and of the one journal of this process. */
    static PoolMeters over(
            MeterRegistry registry, PricingBoard board, Set<Underlying> underlyings) {
        PoolMeters meters = new PoolMeters(registry, board);
        underlyings.forEach(meters::ofUnderlying);
        meters.ofPool();
        meters.ofJournal();
        return meters;
    }

    /** Notes that the feed said something of an underlying. */
    Consumer<FeedEvent> hearing() {
        return event -> {
            if (event instanceof FeedEvent.OfUnderlying about) {
                heardNs.put(about.underlying(), System.nanoTime());
            }
        };
    }

    /** Notes the figures of tapes. */
    Consumer<Tape.Summary> taping() {
        return summary -> tapes.put(summary.underlying(), summary);
    }

    private void ofUnderlying(Underlying underlying) {
        gauge(
                "dolim_feed_age_seconds",
                "Since the feed last said something",
                underlying,
                () -> Optional.ofNullable(heardNs.get(underlying)).map(PoolMeters::ageSeconds));
        gauge(
                "dolim_view_age_seconds",
                "Since the latest pricing view was published",
                underlying,
                () -> latest(underlying).map(view -> ageSeconds(view.publishedAtNs())));
        gauge(
                "dolim_surface_age_seconds",
                "Since the surface was fitted, on the feed's clock",
                underlying,
                () -> latest(underlying).map(PoolMeters::surfaceAgeSeconds));
        gauge(
                "dolim_market_stopped",
                "1 while nothing is quoted on it",
                underlying,
                () -> latest(underlying).map(view -> view.stopped().isEmpty() ? 0.0 : 1.0));
        gauge(
                "dolim_mmp_tripped",
                "1 while the market-maker protection takes only what reduces risk",
                underlying,
                () -> capacity().map(view -> isTripped(view, underlying) ? 1.0 : 0.0));
        gauge(
                "dolim_contracts_listed",
                "Contracts open for trading",
                underlying,
                () -> latest(underlying).map(view -> (double) view.listed().size()));
        tape(
                "dolim_tape_written",
                "Batches of the market's tape on disk",
                underlying,
                Tape.Summary::written);
        tape(
                "dolim_tape_dropped",
                "Batches of the market's tape for which there was no room",
                underlying,
                Tape.Summary::dropped);
    }

    private void tape(
            String name,
            String description,
            Underlying underlying,
            ToLongFunction<Tape.Summary> figure) {
        FunctionCounter.builder(
                        name,
                        tapes,
                        all ->
                                Optional.ofNullable(all.get(underlying))
                                        .map(summary -> (double) figure.applyAsLong(summary))
                                        .orElse(0.0))
                .description(description)
                .tag("underlying", underlying.code())
                .register(registry);
    }

    private void ofPool() {
        figure("dolim_pool_equity_usdc", "Cash plus inventory at mark", Measures::equity);
        figure("dolim_pool_capital_usdc", "K: risk-weighted equity", Measures::capital);
        figure("dolim_pool_rac_usdc", "Risk-adjusted capital", Measures::rac);
        figure("dolim_pool_rac_floor_usdc", "Least risk-adjusted capital", Measures::racFloor);
        figure("dolim_pool_worst_loss_usdc", "Worst loss undamped", Measures::worstUndamped);
        figure("dolim_pool_hedging_buffer_usdc", "Cost of re-hedging", Measures::hedgingBuffer);
        figure("dolim_pool_es_usdc", "Expected shortfall", Measures::expectedShortfall);
        figure(
                "dolim_pool_es_error_usdc",
                "Standard error of the expected shortfall",
                measures -> measures.shortfall().standardError());
        figure("dolim_pool_var_usdc", "Value at risk", Measures::valueAtRisk);
        figure("dolim_pool_strain", "Share of capacity in use", Measures::strain);
        pool(
                "dolim_pool_charge_account_usdc",
                "What discounts may draw on",
                view -> view.chargeAccount().toDouble());
        pool(
                "dolim_capacity_view_age_seconds",
                "Since the open market view",
                view -> ageSeconds(view.openedAt().monotonicNs()));
        for (Cause.Kind kind : Cause.Kind.values()) {
            Gauge.builder("dolim_pool_mode_causes", () -> causes(kind))
                    .description("What keeps the pool or an underlying from taking everything")
                    .tag("cause", kind.label())
                    .register(registry);
        }
        for (Mode mode : Mode.values()) {
            Gauge.builder("dolim_pool_mode", () -> inMode(mode))
                    .description("1 for the mode that is in force")
                    .tag("mode", mode.name().toLowerCase(java.util.Locale.ROOT))
                    .register(registry);
        }
    }

    private static boolean isTripped(CapacityView view, Underlying underlying) {
        return view.causes().stream()
                .filter(cause -> cause.kind() == Cause.Kind.MMP)
                .anyMatch(cause -> cause.scope().equals(Optional.of(underlying)));
    }

    private double causes(Cause.Kind kind) {
        return capacity()
                .map(view -> (double) view.causes().stream().filter(c -> c.kind() == kind).count())
                .orElse(Double.NaN);
    }

    private void ofJournal() {
        FunctionTimer.builder(
                        "dolim_journal_commit",
                        this,
                        meters -> (long) journal("Commits").orElse(0.0).doubleValue(),
                        meters -> journal("CommitNanos").orElse(0.0),
                        TimeUnit.NANOSECONDS)
                .description("Commits of the journal, syncs included")
                .register(registry);
        gauge(
                "dolim_journal_commit_longest_seconds",
                "The longest commit since the start",
                () -> journal("MaxCommitNanos").map(ns -> ns / NS_PER_S));
        gauge("dolim_journal_events", "Events written since the start", () -> journal("Events"));
        gauge(
                "dolim_journal_used_bytes",
                "Bytes of the journal in use",
                () -> journal("UsedBytes"));
        gauge(
                "dolim_journal_room_bytes",
                "Bytes that may be added before only settlement and halt are written",
                () -> journal("OrdinaryRoomBytes"));
    }

    private static Optional<Double> journal(String attribute) {
        OptionalLong figure = JournalFigures.of(attribute);
        return figure.isPresent() ? Optional.of((double) figure.getAsLong()) : Optional.empty();
    }

    private Optional<PricingView> latest(Underlying underlying) {
        return board.latest(underlying);
    }

    private Optional<CapacityView> capacity() {
        return board.latest().values().stream()
                .flatMap(view -> view.capacity().stream())
                .reduce((one, other) -> other.revision() > one.revision() ? other : one);
    }

    private double inMode(Mode mode) {
        return capacity().map(view -> view.mode() == mode ? 1.0 : 0.0).orElse(Double.NaN);
    }

    private static double surfaceAgeSeconds(PricingView view) {
        return (view.market().timeMs() - view.market().surface().fixedAtMs()) / 1e3;
    }

    private static double ageSeconds(long sinceNs) {
        return (System.nanoTime() - sinceNs) / NS_PER_S;
    }

    private void figure(String name, String description, ToDoubleFunction<Measures> of) {
        pool(name, description, view -> of.applyAsDouble(view.measures()));
    }

    private void pool(String name, String description, ToDoubleFunction<CapacityView> of) {
        gauge(name, description, () -> capacity().map(of::applyAsDouble));
    }

    private void gauge(String name, String description, Figure figure) {
        Gauge.builder(name, () -> figure.now().orElse(Double.NaN))
                .description(description)
                .register(registry);
    }

    private void gauge(String name, String description, Underlying underlying, Figure figure) {
        Gauge.builder(name, () -> figure.now().orElse(Double.NaN))
                .description(description)
                .tag("underlying", underlying.code())
                .register(registry);
    }

    private interface Figure {
        Optional<Double> now();
    }
}
