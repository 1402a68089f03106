package io.dolim.book;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.FeedGuard;
import io.dolim.quoting.market.GuardDecision;
import io.dolim.quoting.market.GuardState;
import io.dolim.quoting.market.GuardStatus;
import io.dolim.quoting.market.LatchTrip;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.market.OptionQuote;
import io.dolim.quoting.market.PerpetualPremium;
import io.dolim.quoting.market.PremiumRules;
import io.dolim.quoting.market.Uncertainty;
import io.dolim.quoting.surface.ExpiryQuotes;
import io.dolim.quoting.surface.KeptSmiles;
import io.dolim.quoting.surface.RoundedSurface;
import io.dolim.quoting.surface.SurfaceFit;
import io.dolim.quoting.surface.VolSurface;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a {@link Market} knows: the guard's memory, the index, the last chains and the surface fitted
 * to them. Immutable; bounded by the guard's limits.
 *
 * @param indexUsdc last accepted consensus
 * @param deviations how far each source last lay from the consensus, as a share
 * @param chains last accepted quotes by expiry
 * @param fit the surface that stands
 * @param fits how many fits were tried
 * @param fitFlaw why the last try gave no surface
 * @param listed contracts that are listed and not expired
 * @param premium of the perpetual over the index
 */
record MarketState(
        Underlying underlying,
        GuardState guard,
        OptionalDouble indexUsdc,
        SortedMap<String, Double> deviations,
        SortedMap<Expiry, FeedEvent.ChainQuotes> chains,
        Optional<Fit> fit,
        long fits,
        Optional<SurfaceFit.Refused> fitFlaw,
        SortedSet<OptionContract> listed,
        PerpetualPremium premium) {

    /**
     * A surface and the chain that it was last held to.
     *
     * @param indexUsdc the index then
     * @param chainMs when that chain was quoted; the smiles may have been fixed before
     */
    record Fit(VolSurface surface, double indexUsdc, long chainMs) {}

    /** What became of an event. */
    record Heard(MarketState state, FeedGuard.Step step) {}

    MarketState {
        deviations = Collections.unmodifiableSortedMap(new TreeMap<>(deviations));
        chains = Collections.unmodifiableSortedMap(new TreeMap<>(chains));
        listed = Collections.unmodifiableSortedSet(new TreeSet<>(listed));
    }

    static MarketState initial(Underlying underlying, PremiumRules premium) {
        return new MarketState(
                underlying,
                GuardState.initial(),
                OptionalDouble.empty(),
                new TreeMap<>(),
                new TreeMap<>(),
                Optional.empty(),
                0,
                Optional.empty(),
                new TreeSet<>(),
                PerpetualPremium.none(premium));
    }

    /** Hears an event through the guard. What the guard holds changes nothing but the guard. */
    Heard on(FeedGuard judge, FeedEvent event, long nowMs) {
        FeedGuard.Step step = judge.on(guard, event, nowMs);
        MarketState heard = withGuard(step.state());
        MarketState next =
                switch (step.decision()) {
                    case GuardDecision.IndexAccepted index -> heard.withIndex(index);
                    case GuardDecision.ChainAccepted accepted -> heard.withChain(accepted.chain());
                    case GuardDecision.Accepted accepted ->
                            switch (accepted.event()) {
                                case FeedEvent.InstrumentsListed news ->
                                        heard.withListed(news.contracts(), nowMs);
                                case FeedEvent.FutureTick tick when tick.expiry().isEmpty() ->
                                        heard.withPerpetual(tick);
                                default -> heard;
                            };
                    case GuardDecision.Held _ -> heard;
                };
        return new Heard(next, step);
    }

    /**
     * Fits the chains that are not behind the newest. A refused fit leaves the last surface standing;
     * smiles that still explain the quotes stay, on the chain's forwards.
     */
    MarketState refitted(long nowMs, long chainLagMs, KeptSmiles keep) {
        long newest =
                chains.values().stream()
                        .mapToLong(FeedEvent.ChainQuotes::timeMs)
                        .max()
                        .orElse(nowMs);
        long fixedAtMs = Math.min(newest, nowMs);
        List<ExpiryQuotes> current = new ArrayList<>();
        for (FeedEvent.ChainQuotes chain : chains.values()) {
            if (newest - chain.timeMs() <= chainLagMs && chain.expiry().epochMs() > fixedAtMs) {
                current.add(quotes(chain));
            }
        }
        if (indexUsdc.isEmpty() || current.isEmpty()) {
            return this;
        }
        return switch (SurfaceFit.fit(fixedAtMs, current)) {
            case SurfaceFit.Fitted fitted ->
                    withFit(
                            Optional.of(
                                    new Fit(
                                            surface(fitted.surface(), current, keep),
                                            indexUsdc.getAsDouble(),
                                            fixedAtMs)),
                            Optional.empty());
            case SurfaceFit.Refused refused -> withFit(fit, Optional.of(refused));
        };
    }

    private VolSurface surface(VolSurface fitted, List<ExpiryQuotes> quotes, KeptSmiles keep) {
        VolSurface rounded = RoundedSurface.of(fitted);
        return fit.flatMap(last -> keep.kept(last.surface(), rounded, quotes)).orElse(rounded);
    }

    /** The market of this moment; empty before there is an index and a surface. */
    Optional<MarketSnapshot> snapshot(FeedGuard judge, long nowMs) {
        if (fit.isEmpty() || indexUsdc.isEmpty()) {
            return Optional.empty();
        }
        double apart = deviations.values().stream().mapToDouble(d -> d).max().orElse(0.0);
        double factor =
                judge.status(guard, nowMs) instanceof GuardStatus.Widened wide
                        ? wide.factor()
                        : 1.0;
        VolSurface surface = fit.get().surface();
        return Optional.of(
                new MarketSnapshot(
                        underlying,
                        Math.max(nowMs, surface.fixedAtMs()),
                        indexUsdc.getAsDouble(),
                        surface,
                        fit.get().indexUsdc(),
                        new Uncertainty(apart, factor),
                        premium.fundingAnnual(nowMs)));
    }

    /** Why nothing may be quoted now; empty when it may. */
    List<String> stopped(FeedGuard judge, long nowMs) {
        List<String> reasons = new ArrayList<>();
        if (judge.status(guard, nowMs) instanceof GuardStatus.Stopped stopped) {
            reasons.addAll(stopped.reasons());
        }
        if (fit.isEmpty()) {
            reasons.add(
                    "surface: "
                            + fitFlaw.map(flaw -> flaw.reason() + " " + flaw.numbers())
                                    .orElse("none yet"));
        }
        return reasons;
    }

    /** With these listed too, and without what has expired. */
    MarketState withListed(SortedSet<OptionContract> more, long nowMs) {
        TreeSet<OptionContract> all = new TreeSet<>(listed);
        all.addAll(more);
        all.removeIf(contract -> contract.expiry().epochMs() <= nowMs);
        return all.equals(listed)
                ? this
                : new MarketState(
                        underlying,
                        guard,
                        indexUsdc,
                        deviations,
                        chains,
                        fit,
                        fits,
                        fitFlaw,
                        all,
                        premium);
    }

    /** An operator believes the index again. */
    MarketState lifted(FeedGuard judge) {
        return withGuard(judge.lift(guard));
    }

    /** The journal says that the guard was latched. */
    MarketState tripped(FeedGuard judge, LatchTrip trip) {
        return withGuard(judge.trip(guard, trip));
    }

    private MarketState withGuard(GuardState state) {
        return new MarketState(
                underlying,
                state,
                indexUsdc,
                deviations,
                chains,
                fit,
                fits,
                fitFlaw,
                listed,
                premium);
    }

    private MarketState withIndex(GuardDecision.IndexAccepted index) {
        SortedMap<String, Double> apart = new TreeMap<>(deviations);
        apart.put(
                index.event().source().name(),
                Math.abs(index.event().priceUsdc() / index.consensusUsdc() - 1.0));
        return new MarketState(
                underlying,
                guard,
                OptionalDouble.of(index.consensusUsdc()),
                apart,
                chains,
                fit,
                fits,
                fitFlaw,
                listed,
                premium);
    }

    private MarketState withPerpetual(FeedEvent.FutureTick tick) {
        if (indexUsdc.isEmpty()) {
            return this;
        }
        return new MarketState(
                underlying,
                guard,
                indexUsdc,
                deviations,
                chains,
                fit,
                fits,
                fitFlaw,
                listed,
                premium.with(tick.timeMs(), tick.priceUsdc(), indexUsdc.getAsDouble()));
    }

    private MarketState withChain(FeedEvent.ChainQuotes chain) {
        SortedMap<Expiry, FeedEvent.ChainQuotes> all = new TreeMap<>(chains);
        all.keySet().removeIf(expiry -> expiry.epochMs() <= chain.timeMs());
        all.put(chain.expiry(), chain);
        return new MarketState(
                underlying, guard, indexUsdc, deviations, all, fit, fits, fitFlaw, listed, premium);
    }

    private MarketState withFit(Optional<Fit> next, Optional<SurfaceFit.Refused> flaw) {
        return new MarketState(
                underlying,
                guard,
                indexUsdc,
                deviations,
                chains,
                next,
                fits + 1,
                flaw,
                listed,
                premium);
    }

    /** The venues' linear options carry no rate beyond the forward: the discount is one. */
    private static ExpiryQuotes quotes(FeedEvent.ChainQuotes chain) {
        List<io.dolim.quoting.surface.OptionQuote> vols = new ArrayList<>();
        for (OptionQuote quote : chain.quotes()) {
            vols.add(
                    new io.dolim.quoting.surface.OptionQuote(
                            quote.strike().doubleValue(),
                            quote.bidVol(),
                            quote.askVol(),
                            OptionalDouble.of(quote.markVol())));
        }
        return new ExpiryQuotes(chain.expiry().epochMs(), chain.forwardUsdc(), 1.0, vols);
    }
}
