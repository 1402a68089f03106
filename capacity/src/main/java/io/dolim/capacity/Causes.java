package io.dolim.capacity;

import io.dolim.quoting.instrument.Underlying;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds what keeps the pool from taking everything, and remembers since when. What is journaled has its
 * own time, the rest that of the moment at which this incarnation first saw it.
 */
final class Causes {

    private static final String CAPACITY = Capacity.PERSISTENCE_ID;
    private static final String BY_ITSELF = ", by itself";

    private final CapacityParameters parameters;
    private final SortedMap<String, Long> firstSeenMs = new TreeMap<>();

    Causes(CapacityParameters parameters) {
        this.parameters = parameters;
    }

    /**
     * All of them at a moment: the pool's own before those of one underlying.
     *
     * @param silent whose Books have not reported since the start
     * @param unhedged whose hedgers have not
     */
    List<Cause> of(
            Desk.Rules rules,
            List<Underlying> silent,
            List<Underlying> unhedged,
            Optional<OpenedView> open,
            SortedMap<Underlying, Protection> protections,
            Moment now) {
        SortedMap<String, Long> seen = new TreeMap<>();
        List<Cause> causes = new ArrayList<>();
        byOperator(rules.state(), now).ifPresent(causes::add);
        for (Underlying underlying : silent) {
            String reason = "book_not_reported " + underlying;
            causes.add(starting(reason, since(seen, reason, now), "its book reports"));
        }
        for (Underlying underlying : unhedged) {
            String reason = "hedger_not_reported " + underlying;
            causes.add(starting(reason, since(seen, reason, now), "its hedger reports"));
        }
        ofView(seen, open, now).ifPresent(causes::add);
        if (!rules.room().takesRisk()) {
            causes.add(
                    Cause.ofPool(
                            Cause.Kind.JOURNAL,
                            Mode.REDUCE_ONLY,
                            rules.room().toString(),
                            since(seen, JournalRoom.RULE, now),
                            "journal",
                            "room for the journal: a freed disk or a larger map-size"));
        }
        Duration longest = parameters.longestStop();
        stopped(open).entrySet().stream()
                .filter(each -> each.getValue().ageMs() > longest.toMillis())
                .forEach(each -> causes.add(stopped(each, Optional.empty())));
        stopped(open).entrySet().stream()
                .filter(each -> each.getValue().ageMs() <= longest.toMillis())
                .forEach(each -> causes.add(stopped(each, Optional.of(each.getKey()))));
        protections.forEach(
                (underlying, each) ->
                        ofProtection(seen, underlying, each, now).ifPresent(causes::add));
        firstSeenMs.clear();
        firstSeenMs.putAll(seen);
        return causes;
    }

    /** The mode of the whole pool: an operator's, or reduce-only when anything else stops it. */
    static Mode mode(CapitalState state, List<Cause> causes) {
        if (state.mode() != Mode.OPEN) {
            return state.mode();
        }
        return causes.stream().anyMatch(cause -> cause.scope().isEmpty())
                ? Mode.REDUCE_ONLY
                : Mode.OPEN;
    }

    private long since(SortedMap<String, Long> seen, String what, Moment now) {
        long since = firstSeenMs.getOrDefault(what, now.epochMs());
        seen.put(what, since);
        return since;
    }

    private Optional<Cause> byOperator(CapitalState state, Moment now) {
        if (state.mode() == Mode.OPEN) {
            return Optional.empty();
        }
        String reason = state.mode() + " by " + state.modeBy() + ": " + state.modeReason();
        long windowMs = parameters.resumeWindow().toMillis();
        String lifts =
                state.proposal()
                        .filter(voice -> voice.isWithin(windowMs, now.epochMs()))
                        .map(
                                voice ->
                                        "operator/resume by another than "
                                                + voice.by()
                                                + " until "
                                                + (voice.atMs() + windowMs))
                        .orElse("operator/resume by two credentials");
        return Optional.of(
                Cause.ofPool(
                        Cause.Kind.OPERATOR,
                        state.mode(),
                        reason,
                        state.modeAtMs().orElse(0L),
                        state.modeBy(),
                        lifts));
    }

    private Optional<Cause> ofView(
            SortedMap<String, Long> seen, Optional<OpenedView> open, Moment now) {
        if (open.isEmpty()) {
            return Optional.of(
                    starting("no_view", since(seen, "no_view", now), "a market view opens"));
        }
        MarketView view = open.get().view();
        if (open.get().isStale(now, parameters)) {
            String reason = "stale_view age_ms=" + now.msSince(view.openedAt());
            return Optional.of(
                    starting(reason, since(seen, "stale_view", now), "a market view opens"));
        }
        return view.potential().isPresent()
                ? Optional.empty()
                : Optional.of(
                        Cause.ofPool(
                                Cause.Kind.CAPITAL,
                                Mode.REDUCE_ONLY,
                                "capital_exhausted capital=" + view.capital(),
                                since(seen, "capital_exhausted", now),
                                CAPACITY,
                                "operator/pay_in, or a market view with capital above zero"));
    }

    private Optional<Cause> ofProtection(
            SortedMap<String, Long> seen,
            Underlying underlying,
            Protection protection,
            Moment now) {
        if (protection.tripped().isPresent()) {
            Trip trip = protection.tripped().get();
            return Optional.of(
                    new Cause(
                            Cause.Kind.MMP,
                            Optional.of(underlying),
                            Mode.REDUCE_ONLY,
                            trip.toString(),
                            trip.atMs(),
                            CAPACITY,
                            "operator/reset_mmp, or the time " + trip.untilMs() + BY_ITSELF));
        }
        if (!protection.isIncomplete()) {
            return Optional.empty();
        }
        String reason = Protection.UNKNOWN + " " + underlying;
        return Optional.of(
                new Cause(
                        Cause.Kind.START,
                        Optional.of(underlying),
                        Mode.REDUCE_ONLY,
                        reason,
                        since(seen, reason, now),
                        CAPACITY,
                        "what was traded before "
                                + protection.unknownBeforeMs()
                                + " leaves the window"
                                + BY_ITSELF));
    }

    private static Cause starting(String reason, long sinceMs, String what) {
        return Cause.ofPool(
                Cause.Kind.START, Mode.REDUCE_ONLY, reason, sinceMs, CAPACITY, what + BY_ITSELF);
    }

    private static SortedMap<Underlying, CarriedMarket> stopped(Optional<OpenedView> open) {
        return open.map(view -> view.view().carried()).orElseGet(TreeMap::new);
    }

    private static Cause stopped(
            Map.Entry<Underlying, CarriedMarket> market, Optional<Underlying> scope) {
        return new Cause(
                Cause.Kind.BREAKER,
                scope,
                Mode.REDUCE_ONLY,
                "market_stopped " + market.getKey() + " age_ms=" + market.getValue().ageMs(),
                market.getValue().frozenAt().epochMs(),
                "guard " + market.getKey(),
                market.getKey()
                        + " is quoted again"
                        + BY_ITSELF
                        + "; operator/lift_latch where its latch is tripped");
    }
}
