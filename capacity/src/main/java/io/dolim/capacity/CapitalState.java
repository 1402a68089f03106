package io.dolim.capacity;

import io.dolim.capacity.journal.StoredEventSerializer;
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
 */
record CapitalState(
        Usdc capital,
        Mode mode,
        String modeBy,
        String modeReason,
        SortedMap<String, Double> changedLimits,
        String scenarioSet,
        Optional<Proposal> proposal,
        List<Request> requests) {

    static final CapitalState EMPTY =
            new CapitalState(
                    Usdc.ZERO, Mode.OPEN, "", "", new TreeMap<>(), "", Optional.empty(), List.of());

    /** Most requests that are remembered; an older id is new again. */
    static final int MOST_REQUESTS = 10_000;

    /** What was asked under an id and what was answered. */
    record Request(String id, String body, String answer) {}

    /** One voice to resume. */
    record Proposal(String by, long atMs) {}

    CapitalState {
        changedLimits = Collections.unmodifiableSortedMap(new TreeMap<>(changedLimits));
        requests = List.copyOf(requests);
    }

    CapitalState apply(CapacityEvent event) {
        return switch (event) {
            case CapacityEvent.CapitalPaidIn in -> withCapital(capital.plus(in.amount()));
            case CapacityEvent.CapitalPaidOut out -> withCapital(capital.minus(out.amount()));
            case CapacityEvent.RequestDone done -> withRequest(done);
            case CapacityEvent.ModeSet set ->
                    new CapitalState(
                            capital,
                            set.to(),
                            set.by(),
                            set.reason(),
                            changedLimits,
                            scenarioSet,
                            Optional.empty(),
                            requests);
            case CapacityEvent.ResumeProposed voice ->
                    with(scenarioSet, Optional.of(new Proposal(voice.by(), voice.atMs())));
            case CapacityEvent.LimitSet set -> withLimit(set.key(), set.to());
            case CapacityEvent.ScenarioSetChosen chosen -> with(chosen.version(), proposal);
        };
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

    private CapitalState withCapital(Usdc changed) {
        return new CapitalState(
                changed, mode, modeBy, modeReason, changedLimits, scenarioSet, proposal, requests);
    }

    private CapitalState withLimit(String key, double value) {
        SortedMap<String, Double> changed = new TreeMap<>(changedLimits);
        changed.put(key, value);
        return new CapitalState(
                capital, mode, modeBy, modeReason, changed, scenarioSet, proposal, requests);
    }

    private CapitalState withRequest(CapacityEvent.RequestDone done) {
        boolean full = requests.size() == MOST_REQUESTS;
        List<Request> later = new ArrayList<>(requests.subList(full ? 1 : 0, requests.size()));
        later.add(new Request(done.requestId(), done.body(), done.answer()));
        return new CapitalState(
                capital, mode, modeBy, modeReason, changedLimits, scenarioSet, proposal, later);
    }

    private CapitalState with(String scenarios, Optional<Proposal> voice) {
        return new CapitalState(
                capital, mode, modeBy, modeReason, changedLimits, scenarios, voice, requests);
    }
}
