package io.dolim.capacity;

import io.dolim.capacity.journal.Posting;
import io.dolim.capacity.scenario.SetVersion;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an operator's command does: events with a line for the audit log, or a refusal that changes
 * nothing. Pure over the journaled state.
 */
sealed interface OperatorDecision {

    /** Longest name of a principal, and longest reason. */
    int MAX_TEXT = 200;

    /** What names a request. */
    Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    /**
     * To be persisted, then said.
     *
     * @param changesRules whether Books and Markets must act on it
     */
    record Persist(List<CapacityEvent> events, String line, boolean changesRules)
            implements OperatorDecision {
        /** Copies the events. */
        public Persist {
            events = List.copyOf(events);
        }
    }

    /** Another scenario set is to be prepared. */
    record Choose(Capacity.ChooseScenarios asked, SetVersion version) implements OperatorDecision {}

    /** Refused. */
    record Reject(String reason) implements OperatorDecision {}

    /**
     * What a command does.
     *
     * @param freeUsdc what capital may leave; NaN when it is not known
     */
    static OperatorDecision of(
            CapitalState state,
            Capacity.OperatorCommand asked,
            CapacityParameters parameters,
            double freeUsdc,
            long nowMs) {
        return switch (asked) {
            case Capacity.Halt halt -> halt(state, halt.by(), halt.reason(), nowMs);
            case Capacity.ReduceOnly reduce ->
                    reduceOnly(state, reduce.by(), reduce.reason(), nowMs);
            case Capacity.Resume resume ->
                    resume(
                            state,
                            resume.by(),
                            resume.reason(),
                            nowMs,
                            parameters.resumeWindow().toMillis());
            case Capacity.Set set ->
                    set(state, parameters.limits(), set.by(), set.key(), set.value(), nowMs);
            case Capacity.ChooseScenarios choose -> choose(state, choose);
            case Capacity.Allocate allocate ->
                    allocate(state, parameters.allocation(), allocate, nowMs);
            case Capacity.ResetProtection reset ->
                    reset(state, reset.by(), reset.underlying(), reset.reason(), nowMs);
            case Capacity.PayIn in ->
                    once(
                            state,
                            new CapacityEvent.RequestDone(
                                    in.by(), nowMs, in.requestId(), "pay_in " + in.amount(), ""),
                            payIn(state, in.by(), in.amount(), nowMs));
            case Capacity.PayOut out ->
                    once(
                            state,
                            new CapacityEvent.RequestDone(
                                    out.by(),
                                    nowMs,
                                    out.requestId(),
                                    "pay_out " + out.amount(),
                                    ""),
                            payOut(state, out.by(), out.amount(), freeUsdc, nowMs));
        };
    }

    /**
     * A request that has an id is done once: sent again it is answered as then, whatever has become of
     * the pool since; what was refused was not done, and is judged anew.
     */
    private static OperatorDecision once(
            CapitalState state, CapacityEvent.RequestDone asked, OperatorDecision first) {
        if (!REQUEST_ID.matcher(asked.requestId()).matches()) {
            return new Reject("request_id must be 1 to 64 letters, digits, '.', ':', '_' or '-'");
        }
        String body = asked.by() + " " + asked.body();
        Optional<CapitalState.Request> before = state.request(asked.requestId());
        if (before.isPresent()) {
            return before.get().body().equals(body)
                    ? new Persist(List.of(), before.get().answer(), false)
                    : new Reject(
                            "request_id=" + asked.requestId() + " was used for another request");
        }
        return switch (first) {
            case Reject reject -> reject;
            case Choose choose -> choose;
            case Persist persist -> {
                List<CapacityEvent> events = new ArrayList<>(persist.events());
                events.add(
                        new CapacityEvent.RequestDone(
                                asked.by(), asked.atMs(), asked.requestId(), body, persist.line()));
                yield new Persist(events, persist.line(), false);
            }
        };
    }

    static OperatorDecision halt(CapitalState state, String by, String reason, long nowMs) {
        return toMode(state, by, reason, Mode.HALTED, nowMs);
    }

    static OperatorDecision reduceOnly(CapitalState state, String by, String reason, long nowMs) {
        return state.mode() == Mode.HALTED
                ? new Reject("halted: two must resume first")
                : toMode(state, by, reason, Mode.REDUCE_ONLY, nowMs);
    }

    static OperatorDecision resume(
            CapitalState state, String by, String reason, long nowMs, long windowMs) {
        if (!named(by) || reason.length() > MAX_TEXT) {
            return badlySigned(by);
        }
        if (state.mode() == Mode.OPEN) {
            return new Reject("mode=OPEN already");
        }
        Optional<CapitalState.Proposal> standing =
                state.proposal().filter(voice -> voice.isWithin(windowMs, nowMs));
        if (standing.isEmpty()) {
            return new Persist(
                    List.of(new CapacityEvent.ResumeProposed(by, nowMs, reason)),
                    "resume proposed by " + by + ", another principal must agree",
                    false);
        }
        String first = standing.get().by();
        if (first.equals(by)) {
            return new Reject("proposed by " + by + " himself: another principal must agree");
        }
        return new Persist(
                List.of(
                        new CapacityEvent.ModeSet(
                                first + " and " + by, nowMs, state.mode(), Mode.OPEN, reason)),
                "open again by " + first + " and " + by,
                true);
    }

    static OperatorDecision set(
            CapitalState state,
            Limits configured,
            String by,
            String key,
            double value,
            long nowMs) {
        if (!named(by)) {
            return new Reject("by must name a principal");
        }
        if (state.mode() == Mode.HALTED) {
            return new Reject("halted: limits stand still");
        }
        Limits now = state.limits(configured);
        Double old = now.values().get(key);
        if (old == null) {
            return new Reject("limit=" + key + " must be one of " + now.values().keySet());
        }
        try {
            now.with(key, value);
        } catch (IllegalArgumentException outOfRange) {
            return new Reject(String.valueOf(outOfRange.getMessage()));
        }
        return new Persist(
                List.of(new CapacityEvent.LimitSet(by, nowMs, key, old, value)),
                key + " " + old + " -> " + value,
                true);
    }

    /** Said again of the set in force, it is told again. */
    static OperatorDecision choose(CapitalState state, Capacity.ChooseScenarios asked) {
        String text = asked.version();
        if (!named(asked.by())) {
            return new Reject("by must name a principal");
        }
        if (state.mode() == Mode.HALTED) {
            return new Reject("halted: the scenario set stays");
        }
        if (state.scenarioSet().equals(text)) {
            return new Persist(List.of(), "scenarios=" + text + " already", true);
        }
        try {
            return new Choose(asked, SetVersion.parse(text));
        } catch (IllegalArgumentException unreadable) {
            return new Reject(String.valueOf(unreadable.getMessage()));
        }
    }

    /** All terms at once; the factor moves as {@link CapacityParameters.Allocating} says. */
    static OperatorDecision allocate(
            CapitalState state,
            CapacityParameters.Allocating rules,
            Capacity.Allocate asked,
            long nowMs) {
        if (!named(asked.by()) || asked.reason().length() > MAX_TEXT) {
            return badlySigned(asked.by());
        }
        if (state.mode() == Mode.HALTED) {
            return new Reject("halted: the allocation stays");
        }
        AllocationTerms before =
                state.allocation().map(CapitalState.Allotted::terms).orElse(rules.initial());
        if (asked.terms().equals(before)) {
            return new Persist(List.of(), "allocation already " + before, false);
        }
        long sinceMs = state.allocation().map(CapitalState.Allotted::factorAtMs).orElse(0L);
        return rules.refusal(before, asked.terms(), nowMs - sinceMs)
                .<OperatorDecision>map(Reject::new)
                .orElseGet(
                        () ->
                                new Persist(
                                        List.of(
                                                new CapacityEvent.AllocationSet(
                                                        asked.by(),
                                                        nowMs,
                                                        asked.terms(),
                                                        asked.reason())),
                                        "allocation " + before + " -> " + asked.terms(),
                                        false));
    }

    static OperatorDecision reset(
            CapitalState state, String by, Underlying underlying, String reason, long nowMs) {
        if (!named(by) || reason.length() > MAX_TEXT) {
            return badlySigned(by);
        }
        return state.trip(underlying)
                .filter(trip -> trip.isOn(nowMs))
                .<OperatorDecision>map(
                        trip ->
                                new Persist(
                                        List.of(
                                                new CapacityEvent.ProtectionLifted(
                                                        by, nowMs, underlying, reason)),
                                        "protection of " + underlying + " lifted",
                                        true))
                .orElseGet(() -> new Reject("protection of " + underlying + " is not tripped"));
    }

    static OperatorDecision payIn(CapitalState state, String by, Usdc amount, long nowMs) {
        if (!named(by) || amount.signum() <= 0 || amount.compareTo(Usdc.ofWhole(1L << 31)) > 0) {
            return new Reject("by=" + by + " amount=" + amount + " must be named and positive");
        }
        return new Persist(
                List.of(
                        new CapacityEvent.CapitalPaidIn(
                                by,
                                nowMs,
                                amount,
                                List.of(
                                        new Posting(Posting.POOL, amount),
                                        new Posting(Posting.EXTERNAL, amount.negated())))),
                "capital " + state.capital().plus(amount),
                false);
    }

    /** Out goes at most what is free: RAC above its floor, equity above the worst loss, cash. */
    static OperatorDecision payOut(
            CapitalState state, String by, Usdc amount, double freeUsdc, long nowMs) {
        if (!named(by) || amount.signum() <= 0) {
            return new Reject("by=" + by + " amount=" + amount + " must be named and positive");
        }
        if (state.mode() == Mode.HALTED) {
            return new Reject("halted: no capital leaves");
        }
        if (!(amount.toDouble() <= freeUsdc)) {
            return new Reject("amount=" + amount + " free=" + freeUsdc);
        }
        return new Persist(
                List.of(
                        new CapacityEvent.CapitalPaidOut(
                                by,
                                nowMs,
                                amount,
                                List.of(
                                        new Posting(Posting.POOL, amount.negated()),
                                        new Posting(Posting.EXTERNAL, amount)))),
                "capital " + state.capital().minus(amount),
                false);
    }

    private static OperatorDecision toMode(
            CapitalState state, String by, String reason, Mode to, long nowMs) {
        if (!named(by) || reason.length() > MAX_TEXT) {
            return badlySigned(by);
        }
        // said again while one voice to resume stands, it is an event: it takes that voice back
        if (state.mode() == to && state.proposal().isEmpty()) {
            return new Persist(List.of(), "mode=" + to + " already", true);
        }
        return new Persist(
                List.of(new CapacityEvent.ModeSet(by, nowMs, state.mode(), to, reason)),
                "mode=" + to,
                true);
    }

    private static Reject badlySigned(String by) {
        return new Reject("by=" + by + " must name a principal, the reason have 200 characters");
    }

    private static boolean named(String by) {
        return !by.isBlank() && by.length() <= MAX_TEXT;
    }
}
