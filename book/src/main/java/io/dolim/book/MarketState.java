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
 * @param seen of the index and the perpetual
 * @param chains last accepted quotes by expiry
 * @param fits of surfaces to them
 * @param listed contracts that are listed and not expired
 */
record MarketState(
        Underlying underlying,
        GuardState guard,
        Seen seen,
        SortedMap<Expiry, FeedEvent.ChainQuotes> chains,
        Fits fits,
        SortedSet<OptionContract> listed) {

    /**
     * Prices that are not of options.
     *
     * @param indexUsdc last accepted consensus
     * @param deviations how far each source last lay from the consensus, as a share
     * @param premium of the perpetual over the index
     */
    record Seen(
            OptionalDouble indexUsdc,
            SortedMap<String, Double> deviations,
            PerpetualPremium premium) {
        Seen {
            deviations = Collections.unmodifiableSortedMap(new TreeMap<>(deviations));
        }

        Seen on(GuardDecision.IndexAccepted index) {
            SortedMap<String, Double> apart = new TreeMap<>(deviations);
            apart.put(
                    index.event().source().name(),
                    Math.abs(index.event().priceUsdc() / index.consensusUsdc() - 1.0));
            return new Seen(OptionalDouble.of(index.consensusUsdc()), apart, premium);
        }

        Seen on(FeedEvent.FutureTick perpetual) {
            return indexUsdc.isEmpty()
                    ? this
                    : new Seen(
                            indexUsdc,
                            deviations,
                            premium.with(
                                    perpetual.timeMs(),
                                    perpetual.priceUsdc(),
                                    indexUsdc.getAsDouble()));
        }

        /** How far the source that is farthest off lies from the consensus, as a share. */
        double apart() {
            return deviations.values().stream().mapToDouble(d -> d).max().orElse(0.0);
        }
    }

    /**
     * Tries to fit a surface.
     *
     * @param standing the surface that stands
     * @param tries how many there were
     * @param flaw why the last one gave no surface
     */
    record Fits(Optional<Fit> standing, long tries, Optional<SurfaceFit.Refused> flaw) {
        Fits then(Fit fit) {
            return new Fits(Optional.of(fit), tries + 1, Optional.empty());
        }

        Fits then(SurfaceFit.Refused refused) {
            return new Fits(standing, tries + 1, Optional.of(refused));
        }
    }

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
        chains = Collections.unmodifiableSortedMap(new TreeMap<>(chains));
        listed = Collections.unmodifiableSortedSet(new TreeSet<>(listed));
    }

    static MarketState initial(Underlying underlying, PremiumRules premium) {
        return new MarketState(
                underlying,
                GuardState.initial(),
                new Seen(OptionalDouble.empty(), new TreeMap<>(), PerpetualPremium.none(premium)),
                new TreeMap<>(),
                new Fits(Optional.empty(), 0, Optional.empty()),
                new TreeSet<>());
    }

    /** The last accepted consensus, USDC per coin. */
    OptionalDouble indexUsdc() {
        return seen.indexUsdc();
    }

    /** The surface that stands. */
    Optional<Fit> fit() {
        return fits.standing();
    }

    /** Hears an event through the guard. What the guard holds changes nothing but the guard. */
    Heard on(FeedGuard judge, FeedEvent event, long nowMs) {
        FeedGuard.Step step = judge.on(guard, event, nowMs);
        MarketState heard = withGuard(step.state());
        MarketState next =
                switch (step.decision()) {
                    case GuardDecision.IndexAccepted index -> heard.withSeen(seen.on(index));
                    case GuardDecision.ChainAccepted accepted -> heard.withChain(accepted.chain());
                    case GuardDecision.Accepted accepted ->
                            switch (accepted.event()) {
                                case FeedEvent.InstrumentsListed news ->
                                        heard.withListed(news.contracts(), nowMs);
                                case FeedEvent.FutureTick tick when tick.expiry().isEmpty() ->
                                        heard.withSeen(seen.on(tick));
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
        if (indexUsdc().isEmpty() || current.isEmpty()) {
            return this;
        }
        return switch (SurfaceFit.fit(fixedAtMs, current)) {
            case SurfaceFit.Fitted fitted ->
                    withFits(
                            fits.then(
                                    new Fit(
                                            surface(fitted.surface(), current, keep),
                                            indexUsdc().getAsDouble(),
                                            fixedAtMs)));
            case SurfaceFit.Refused refused -> withFits(fits.then(refused));
        };
    }

    private VolSurface surface(VolSurface fitted, List<ExpiryQuotes> quotes, KeptSmiles keep) {
        VolSurface rounded = RoundedSurface.of(fitted);
        return fit().flatMap(last -> keep.kept(last.surface(), rounded, quotes)).orElse(rounded);
    }

    /** The market of this moment; empty before there is an index and a surface. */
    Optional<MarketSnapshot> snapshot(FeedGuard judge, long nowMs) {
        if (fit().isEmpty() || indexUsdc().isEmpty()) {
            return Optional.empty();
        }
        double factor =
                judge.status(guard, nowMs) instanceof GuardStatus.Widened wide
                        ? wide.factor()
                        : 1.0;
        VolSurface surface = fit().get().surface();
        return Optional.of(
                new MarketSnapshot(
                        underlying,
                        Math.max(nowMs, surface.fixedAtMs()),
                        indexUsdc().getAsDouble(),
                        surface,
                        fit().get().indexUsdc(),
                        new Uncertainty(seen.apart(), factor),
                        seen.premium().fundingAnnual(nowMs)));
    }

    /** Why nothing may be quoted now; empty when it may. */
    List<String> stopped(FeedGuard judge, long nowMs) {
        List<String> reasons = new ArrayList<>();
        if (judge.status(guard, nowMs) instanceof GuardStatus.Stopped stopped) {
            reasons.addAll(stopped.reasons());
        }
        if (fit().isEmpty()) {
            reasons.add(
                    "surface: "
                            + fits.flaw()
                                    .map(flaw -> flaw.reason() + " " + flaw.numbers())
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
                : new MarketState(underlying, guard, seen, chains, fits, all);
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
        return new MarketState(underlying, state, seen, chains, fits, listed);
    }

    private MarketState withSeen(Seen next) {
        return new MarketState(underlying, guard, next, chains, fits, listed);
    }

    private MarketState withChain(FeedEvent.ChainQuotes chain) {
        SortedMap<Expiry, FeedEvent.ChainQuotes> all = new TreeMap<>(chains);
        all.keySet().removeIf(expiry -> expiry.epochMs() <= chain.timeMs());
        all.put(chain.expiry(), chain);
        return new MarketState(underlying, guard, seen, all, fits, listed);
    }

    private MarketState withFits(Fits next) {
        return new MarketState(underlying, guard, seen, chains, next, listed);
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
