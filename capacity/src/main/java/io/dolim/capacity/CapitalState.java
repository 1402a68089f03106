package io.dolim.capacity;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dolim.capacity.journal.StoredEventSerializer;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What Capacity knows from its own journal. The same events give the same state, byte for byte.
 *
 * @param capital paid in less paid out
 * @param changedLimits limits that operators set, over the configured ones
 * @param scenarioSet version in force; empty before the first start
 * @param proposal the first voice to resume, if one stands
 * @param requests the last that were done under an id, oldest first
 * @param modeAtMs since when the mode is what it is, milliseconds since 1970; absent before it was set
 * @param allocation how capital is parted, and since when; absent before the first
 * @param trips the last of each underlying's protection; absent from the hashed form before the first
 * @param settings of the last start, value by path; absent from the hashed form before they were told
 */
record CapitalState(
        Usdc capital,
        Mode mode,
        String modeBy,
        String modeReason,
        SortedMap<String, Double> changedLimits,
        String scenarioSet,
        Optional<Proposal> proposal,
        List<Request> requests,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Long> modeAtMs,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Allotted> allocation,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<Underlying, Trip> trips,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, String> settings) {

    static final CapitalState EMPTY =
            new CapitalState(
                    Usdc.ZERO,
                    Mode.OPEN,
                    "",
                    "",
                    new TreeMap<>(),
                    "",
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    new TreeMap<>(),
                    new TreeMap<>());

    /** Most requests that are remembered; an older id is new again. */
    static final int MOST_REQUESTS = 10_000;

    /** What was asked under an id and what was answered. */
    record Request(String id, String body, String answer) {}

    /**
     * The terms in force.
     *
     * @param factorAtMs when the over-collateralisation factor was last another
     */
    record Allotted(AllocationTerms terms, long factorAtMs) {}

    /** One voice to resume. */
    record Proposal(String by, long atMs) {

        /** Whether it still counts. */
        boolean isWithin(long windowMs, long nowMs) {
            return nowMs >= atMs && nowMs - atMs <= windowMs;
        }
    }

    CapitalState {
        changedLimits = Collections.unmodifiableSortedMap(new TreeMap<>(changedLimits));
        requests = List.copyOf(requests);
        trips = Collections.unmodifiableSortedMap(new TreeMap<>(trips));
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    CapitalState apply(CapacityEvent event) {
        Draft draft = new Draft(this);
        switch (event) {
            case CapacityEvent.CapitalPaidIn in -> draft.capital = capital.plus(in.amount());
            case CapacityEvent.CapitalPaidOut out -> draft.capital = capital.minus(out.amount());
            case CapacityEvent.RequestDone done -> draft.remember(done);
            case CapacityEvent.ModeSet set -> draft.set(set);
            case CapacityEvent.ResumeProposed voice ->
                    draft.proposal = Optional.of(new Proposal(voice.by(), voice.atMs()));
            case CapacityEvent.LimitSet set -> draft.changedLimits.put(set.key(), set.to());
            case CapacityEvent.AllocationSet set -> draft.allot(set);
            case CapacityEvent.ParametersConfigured started -> draft.configure(started);
            case CapacityEvent.ScenarioSetChosen chosen -> draft.scenarioSet = chosen.version();
            case CapacityEvent.ProtectionTripped trip ->
                    draft.trips.put(
                            trip.underlying(),
                            new Trip(
                                    trip.atMs(),
                                    trip.untilMs(),
                                    trip.limit(),
                                    trip.used(),
                                    trip.allowed()));
            case CapacityEvent.ProtectionLifted lifted ->
                    draft.trips.computeIfPresent(
                            lifted.underlying(), (_, trip) -> trip.liftedAt(lifted.atMs()));
        }
        return draft.done();
    }

    /** Whether capital ever came in or went out: each time a request was done. */
    boolean capitalMoved() {
        return capital.signum() != 0 || !requests.isEmpty();
    }

    /** The last trip of an underlying's protection, also when it is over. */
    Optional<Trip> trip(Underlying underlying) {
        return Optional.ofNullable(trips.get(underlying));
    }

    /** What was asked under an id, when it is among the last. */
    Optional<Request> request(String id) {
        return requests.stream().filter(request -> request.id().equals(id)).findFirst();
    }

    /** The limits in force over the configured ones; a key that is no longer configured is dropped. */
    Limits limits(Limits configured) {
        Limits limits = configured;
        for (var each : changedLimits.entrySet()) {
            if (configured.values().containsKey(each.getKey())) {
                limits = limits.with(each.getKey(), each.getValue());
            }
        }
        return limits;
    }

    /** SHA-256 of the canonical bytes, in hex. */
    String hash() {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(StoredEventSerializer.canonicalBytes(this)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** A state in the making: one event's changes before they are sealed. */
    private static final class Draft {
        private Usdc capital;
        private Mode mode;
        private String modeBy;
        private String modeReason;
        private final SortedMap<String, Double> changedLimits;
        private String scenarioSet;
        private Optional<Proposal> proposal;
        private List<Request> requests;
        private Optional<Long> modeAtMs;
        private Optional<Allotted> allocation;
        private final SortedMap<Underlying, Trip> trips;
        private final SortedMap<String, String> settings;

        Draft(CapitalState from) {
            capital = from.capital;
            mode = from.mode;
            modeBy = from.modeBy;
            modeReason = from.modeReason;
            changedLimits = new TreeMap<>(from.changedLimits);
            scenarioSet = from.scenarioSet;
            proposal = from.proposal;
            requests = from.requests;
            modeAtMs = from.modeAtMs;
            allocation = from.allocation;
            trips = new TreeMap<>(from.trips);
            settings = new TreeMap<>(from.settings);
        }

        void configure(CapacityEvent.ParametersConfigured started) {
            for (Configured.Change change : started.changes()) {
                if (change.to().isEmpty()) {
                    settings.remove(change.path());
                } else {
                    settings.put(change.path(), change.to());
                }
            }
        }

        void set(CapacityEvent.ModeSet set) {
            mode = set.to();
            modeBy = set.by();
            modeReason = set.reason();
            proposal = Optional.empty();
            modeAtMs = Optional.of(set.atMs());
        }

        void allot(CapacityEvent.AllocationSet set) {
            double factor = set.terms().overCollateralisation();
            long since =
                    allocation
                            .filter(was -> was.terms().overCollateralisation() == factor)
                            .map(Allotted::factorAtMs)
                            .orElse(set.atMs());
            allocation = Optional.of(new Allotted(set.terms(), since));
        }

        void remember(CapacityEvent.RequestDone done) {
            boolean full = requests.size() == MOST_REQUESTS;
            List<Request> later = new ArrayList<>(requests.subList(full ? 1 : 0, requests.size()));
            later.add(new Request(done.requestId(), done.body(), done.answer()));
            requests = later;
        }

        CapitalState done() {
            return new CapitalState(
                    capital,
                    mode,
                    modeBy,
                    modeReason,
                    changedLimits,
                    scenarioSet,
                    proposal,
                    requests,
                    modeAtMs,
                    allocation,
                    trips,
                    settings);
        }
    }
}
