package io.dolim.quoting.market;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.GuardState.Alert;
import io.dolim.quoting.market.GuardState.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The door between a feed and one underlying's market: what fails here stops quoting, it never
 * misprices. Pure: state and event in, state, decision and status out; time is an argument.
 *
 * <p>The rules stand, with their limits, in {@code api/doc/feeds.md}. An event that is held changes
 * no price; it may raise the alarm.
 */
public final class FeedGuard {

    private final Underlying underlying;
    private final GuardRules rules;

    public FeedGuard(Underlying underlying, GuardRules rules) {
        this.underlying = underlying;
        this.rules = rules;
    }

    /**
     * What one event led to.
     *
     * @param before status of the market at this moment, had the event not come
     * @param after status with it
     */
    public record Step(
            GuardState state, GuardDecision decision, GuardStatus before, GuardStatus after) {}

    /** Judges an event at a moment of the feed's clock. */
    public Step on(GuardState state, FeedEvent event, long nowMs) {
        Outcome outcome =
                envelopeFlaw(event, nowMs)
                        .map(flaw -> held(state, event, flaw))
                        .orElseGet(
                                () ->
                                        switch (event) {
                                            case FeedEvent.IndexTick tick ->
                                                    onIndex(state, tick, nowMs);
                                            case FeedEvent.FutureTick tick ->
                                                    onFuture(state, tick, nowMs);
                                            case FeedEvent.ChainQuotes chain ->
                                                    onChain(state, chain, nowMs);
                                            case FeedEvent.Halted halt -> onHalted(state, halt);
                                            case FeedEvent.Resumed resumed ->
                                                    onResumed(state, resumed);
                                            case FeedEvent.InstrumentsListed listed ->
                                                    onListed(state, listed);
                                            case FeedEvent.ChainEnd end -> accepted(state, end);
                                        });
        return new Step(
                outcome.state,
                outcome.decision,
                status(state, nowMs),
                status(outcome.state, nowMs));
    }

    /** Whether the market may be quoted now; silence alone can stop it. */
    public GuardStatus status(GuardState state, long nowMs) {
        List<String> reasons = indexReasons(state, nowMs);
        OptionalDouble youngest =
                state.chainTimes().values().stream().mapToDouble(Long::doubleValue).max();
        if (youngest.isEmpty()) {
            reasons.add("chain: none yet");
        } else if (nowMs - youngest.getAsDouble() > rules.chainStaleMs()) {
            reasons.add(
                    "chain stale: ageMs="
                            + (long) (nowMs - youngest.getAsDouble())
                            + " limitMs="
                            + rules.chainStaleMs());
        }
        if (!reasons.isEmpty()) {
            return new GuardStatus.Stopped(reasons);
        }
        return state.alert() instanceof Alert.Wide wide
                ? new GuardStatus.Widened(
                        rules.widenFactor(),
                        "band: move=" + wide.move() + " limit=" + rules.widenBand())
                : new GuardStatus.Open();
    }

    /**
     * The index that may be settled against and hedged by: the last accepted consensus, empty unless
     * the sources are fresh and agree and no alarm is on. Chains play no part.
     *
     * @return USDC per coin
     */
    public OptionalDouble indexUsdc(GuardState state, long nowMs) {
        return indexReasons(state, nowMs).isEmpty() && state.accepted().isPresent()
                ? OptionalDouble.of(state.accepted().get().priceUsdc())
                : OptionalDouble.empty();
    }

    /** An operator lifts the latch of the outer band; good ticks are still waited for. */
    public GuardState lift(GuardState state) {
        return state.alert() instanceof Alert.Latched latched
                ? state.withAlert(new Alert.Recovering(latched.candidateUsdc(), 0, "lifted", true))
                : state;
    }

    /** Why it is latched; empty when it is not. */
    public Optional<LatchTrip> latched(GuardState state) {
        return state.alert() instanceof Alert.Latched latched
                ? Optional.of(new LatchTrip(latched.candidateUsdc(), latched.reason()))
                : Optional.empty();
    }

    /** Latched as it was before a restart: a stopped market stays stopped. */
    public GuardState trip(GuardState state, LatchTrip trip) {
        return state.withAlert(new Alert.Latched(trip.candidateUsdc(), trip.reason()));
    }

    private record Outcome(GuardState state, GuardDecision decision) {}

    private record Flaw(HoldReason reason, String numbers) {}

    private static Outcome held(GuardState state, FeedEvent event, Flaw flaw) {
        return new Outcome(state, new GuardDecision.Held(event, flaw.reason, flaw.numbers));
    }

    private static Outcome accepted(GuardState state, FeedEvent event) {
        return new Outcome(state, new GuardDecision.Accepted(event));
    }

    private Optional<Flaw> envelopeFlaw(FeedEvent event, long nowMs) {
        if (!rules.sources().contains(event.source().name())) {
            return flaw(HoldReason.UNKNOWN_SOURCE, "source=" + event.source());
        }
        if (event instanceof FeedEvent.OfUnderlying about
                && !about.underlying().equals(underlying)) {
            return flaw(HoldReason.WRONG_UNDERLYING, "underlying=" + about.underlying());
        }
        if (event.timeMs() > nowMs + rules.aheadMs()) {
            return flaw(
                    HoldReason.FROM_THE_FUTURE,
                    "aheadMs=" + (event.timeMs() - nowMs) + " limitMs=" + rules.aheadMs());
        }
        return Optional.empty();
    }

    private Optional<Flaw> priceFlaw(String name, double price) {
        if (!Double.isFinite(price)) {
            return flaw(HoldReason.NOT_FINITE, name + "=" + price);
        }
        if (price <= 0) {
            return flaw(HoldReason.NOT_POSITIVE, name + "=" + price);
        }
        return price < rules.minPriceUsdc() || price > rules.maxPriceUsdc()
                ? flaw(
                        HoldReason.OUT_OF_RANGE,
                        name
                                + "="
                                + price
                                + " min="
                                + rules.minPriceUsdc()
                                + " max="
                                + rules.maxPriceUsdc())
                : Optional.empty();
    }

    private static Optional<Flaw> timeFlaw(long timeMs, long lastMs, long nowMs, long staleMs) {
        if (timeMs < nowMs - staleMs) {
            return flaw(HoldReason.STALE, "ageMs=" + (nowMs - timeMs) + " limitMs=" + staleMs);
        }
        return timeMs < lastMs
                ? flaw(HoldReason.OUT_OF_ORDER, "timeMs=" + timeMs + " lastMs=" + lastMs)
                : Optional.empty();
    }

    private static Optional<Flaw> flaw(HoldReason reason, String numbers) {
        return Optional.of(new Flaw(reason, numbers));
    }

    private Outcome onIndex(GuardState state, FeedEvent.IndexTick tick, long nowMs) {
        String name = tick.source().name();
        Optional<GuardState.Said> last = Optional.ofNullable(state.sources().get(name));
        long lastMs = last.map(GuardState.Said::timeMs).orElse(Long.MIN_VALUE);
        Optional<Flaw> flaw =
                priceFlaw("priceUsdc", tick.priceUsdc())
                        .or(() -> timeFlaw(tick.timeMs(), lastMs, nowMs, rules.staleMs()));
        if (flaw.isPresent()) {
            return held(state, tick, flaw.get());
        }
        long sinceMs =
                last.filter(said -> said.priceUsdc() == tick.priceUsdc())
                        .map(GuardState.Said::sinceMs)
                        .orElse(tick.timeMs());
        GuardState.Said said = new GuardState.Said(tick.priceUsdc(), tick.timeMs(), sinceMs);
        GuardState heard = state.withSource(name, said);
        IndexConsensus consensus = IndexConsensus.of(heard.sources(), rules, nowMs);
        return sourceFlaw(heard, name, said, consensus)
                .map(broken -> held(heard, tick, broken))
                .orElseGet(() -> onConsensus(heard, tick, consensus));
    }

    private Optional<Flaw> sourceFlaw(
            GuardState state, String name, GuardState.Said said, IndexConsensus consensus) {
        if (!state.halts().isEmpty()) {
            return flaw(HoldReason.HALTED, "halts=" + state.halts());
        }
        if (IndexConsensus.isFrozen(said, rules)) {
            return flaw(
                    HoldReason.FROZEN,
                    "unchangedMs="
                            + (said.timeMs() - said.sinceMs())
                            + " limitMs="
                            + rules.frozenMs());
        }
        if (consensus.agreeing() < rules.quorum()) {
            return flaw(HoldReason.QUORUM_LOST, quorumNumbers(consensus));
        }
        return consensus.outliers().containsKey(name)
                ? flaw(
                        HoldReason.OUTLIER,
                        "priceUsdc="
                                + said.priceUsdc()
                                + " medianUsdc="
                                + consensus.medianUsdc()
                                + " band="
                                + rules.outlierBand())
                : Optional.empty();
    }

    private Outcome onConsensus(
            GuardState state, FeedEvent.IndexTick tick, IndexConsensus consensus) {
        Level level = new Level(consensus.medianUsdc(), tick.timeMs());
        GuardBands.Verdict verdict = GuardBands.judge(state, level, rules);
        return switch (verdict) {
            case GuardBands.Passed passed ->
                    new Outcome(
                            passed.state(),
                            new GuardDecision.IndexAccepted(
                                    tick, level.priceUsdc(), consensus.agreeing()));
            case GuardBands.Failed failed ->
                    held(failed.state(), tick, new Flaw(failed.reason(), failed.numbers()));
        };
    }

    private Outcome onFuture(GuardState state, FeedEvent.FutureTick tick, long nowMs) {
        String key = tick.source().name() + "/" + tick.expiry().map(Expiry::toString).orElse("");
        long lastMs = state.futureTimes().getOrDefault(key, Long.MIN_VALUE);
        int most = rules.maxExpiries() * rules.sources().size();
        Optional<Flaw> flaw =
                priceFlaw("priceUsdc", tick.priceUsdc())
                        .or(() -> timeFlaw(tick.timeMs(), lastMs, nowMs, rules.staleMs()))
                        .or(() -> expiryFlaw(tick.expiry(), nowMs))
                        .or(() -> datedFlaw(state, tick))
                        .or(
                                () ->
                                        state.futureTimes().size() >= most
                                                        && !state.futureTimes().containsKey(key)
                                                ? flaw(HoldReason.TOO_MANY, "limit=" + most)
                                                : Optional.empty());
        if (flaw.isPresent()) {
            return held(state, tick, flaw.get());
        }
        GuardState timed = state.withFutureTime(key, tick.timeMs());
        return accepted(
                tick.expiry().isPresent()
                        ? timed
                        : timed.withPerpetual(new Level(tick.priceUsdc(), tick.timeMs())),
                tick);
    }

    private static Optional<Flaw> expiryFlaw(Optional<Expiry> expiry, long nowMs) {
        return expiry.isPresent() && expiry.get().epochMs() <= nowMs
                ? flaw(HoldReason.EXPIRED, "expiry=" + expiry.get())
                : Optional.empty();
    }

    private Optional<Flaw> datedFlaw(GuardState state, FeedEvent.FutureTick tick) {
        return tick.expiry().isPresent() ? forwardFlaw(state, tick.priceUsdc()) : Optional.empty();
    }

    private Optional<Flaw> forwardFlaw(GuardState state, double forwardUsdc) {
        if (state.accepted().isEmpty()) {
            return flaw(HoldReason.NO_INDEX, "forwardUsdc=" + forwardUsdc);
        }
        double indexUsdc = state.accepted().get().priceUsdc();
        return Math.abs(forwardUsdc / indexUsdc - 1) > rules.forwardBand()
                ? flaw(
                        HoldReason.BASIS,
                        "forwardUsdc="
                                + forwardUsdc
                                + " indexUsdc="
                                + indexUsdc
                                + " band="
                                + rules.forwardBand())
                : Optional.empty();
    }

    private Outcome onChain(GuardState state, FeedEvent.ChainQuotes chain, long nowMs) {
        long lastMs = state.chainTimes().getOrDefault(chain.expiry(), Long.MIN_VALUE);
        Optional<Flaw> flaw =
                state.halts().isEmpty()
                        ? Optional.empty()
                        : flaw(HoldReason.HALTED, "halts=" + state.halts());
        flaw =
                flaw.or(() -> priceFlaw("forwardUsdc", chain.forwardUsdc()))
                        .or(() -> timeFlaw(chain.timeMs(), lastMs, nowMs, rules.chainStaleMs()))
                        .or(() -> expiryFlaw(Optional.of(chain.expiry()), nowMs))
                        .or(() -> forwardFlaw(state, chain.forwardUsdc()))
                        .or(() -> sizeFlaw(chain.quotes().size()));
        if (flaw.isPresent()) {
            return held(state, chain, flaw.get());
        }
        ChainRows rows = ChainRows.sift(chain, rules);
        if (rows.kept().isEmpty()) {
            return held(state, chain, new Flaw(HoldReason.EMPTY, "dropped=" + rows.dropped()));
        }
        TreeMap<Expiry, Long> times = new TreeMap<>(state.chainTimes());
        times.headMap(Expiry.ofEpochMs(nowMs), false).clear();
        times.put(chain.expiry(), chain.timeMs());
        if (times.size() > rules.maxExpiries()) {
            return held(state, chain, new Flaw(HoldReason.TOO_MANY, "expiries=" + times.size()));
        }
        FeedEvent.ChainQuotes sifted =
                new FeedEvent.ChainQuotes(
                        chain.underlying(),
                        chain.source(),
                        chain.timeMs(),
                        chain.expiry(),
                        chain.forwardUsdc(),
                        rows.kept());
        return new Outcome(
                state.withChainTimes(times),
                new GuardDecision.ChainAccepted(chain, sifted, rows.dropped()));
    }

    private Optional<Flaw> sizeFlaw(int rows) {
        return rows > rules.maxQuotes()
                ? flaw(HoldReason.TOO_MANY, "rows=" + rows + " limit=" + rules.maxQuotes())
                : Optional.empty();
    }

    private static Outcome onHalted(GuardState state, FeedEvent.Halted halt) {
        TreeMap<String, String> halts = new TreeMap<>(state.halts());
        halts.put(halt.source().name(), halt.reason());
        return accepted(state.withHalts(halts), halt);
    }

    private static Outcome onResumed(GuardState state, FeedEvent.Resumed resumed) {
        TreeMap<String, String> halts = new TreeMap<>(state.halts());
        boolean wasHalted = halts.remove(resumed.source().name()) != null;
        GuardState lifted = state.withHalts(halts);
        boolean latched = state.alert() instanceof Alert.Latched;
        return accepted(
                wasHalted && !latched && state.accepted().isPresent()
                        ? lifted.withAlert(
                                new Alert.Recovering(
                                        state.accepted().get().priceUsdc(), 0, "after halt", false))
                        : lifted,
                resumed);
    }

    private Outcome onListed(GuardState state, FeedEvent.InstrumentsListed listed) {
        boolean strange =
                listed.contracts().stream()
                        .anyMatch(contract -> !contract.underlying().equals(underlying));
        if (strange) {
            return held(state, listed, new Flaw(HoldReason.WRONG_UNDERLYING, "of=" + underlying));
        }
        int most = rules.maxQuotes() * rules.maxExpiries();
        return listed.contracts().size() > most
                ? held(state, listed, new Flaw(HoldReason.TOO_MANY, "limit=" + most))
                : accepted(state, listed);
    }

    private List<String> indexReasons(GuardState state, long nowMs) {
        List<String> reasons = new ArrayList<>();
        state.halts().forEach((source, why) -> reasons.add("halted: source=" + source + " " + why));
        IndexConsensus consensus = IndexConsensus.of(state.sources(), rules, nowMs);
        if (state.accepted().isEmpty()) {
            reasons.add("index: none yet");
        } else if (consensus.agreeing() < rules.quorum()) {
            reasons.add("quorum: " + quorumNumbers(consensus));
        }
        switch (state.alert()) {
            case Alert.Calm _, Alert.Wide _ -> {}
            case Alert.Recovering recovering ->
                    reasons.add(
                            "band: "
                                    + recovering.reason()
                                    + " good="
                                    + recovering.good()
                                    + "/"
                                    + rules.goodTicks());
            case Alert.Latched latched -> reasons.add("latched: " + latched.reason());
        }
        GuardBands.basisFlaw(state, rules, nowMs).ifPresent(reasons::add);
        return reasons;
    }

    private String quorumNumbers(IndexConsensus consensus) {
        return "agreeing="
                + consensus.agreeing()
                + " need="
                + rules.quorum()
                + " outliers="
                + consensus.outliers();
    }
}
