package io.dolim.capacity;

import io.dolim.capacity.Capacity.Command;
import io.dolim.capacity.Capacity.Own;
import io.dolim.capacity.CapacityEvent.ScenarioSetChosen;
import io.dolim.capacity.journal.StoredEvent;
import io.dolim.capacity.scenario.SetVersion;
import io.dolim.quoting.instrument.Underlying;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * Capacity's event-sourced self: turns the answers of {@link Desk} and {@link OperatorDecision} into
 * messages and writes. One incarnation; the next begins with a new desk.
 */
final class CapacityWriter extends EventSourcedBehavior<Command, CapacityEvent, CapitalState> {

    private static final CapacityEventSerializer MANIFESTS = new CapacityEventSerializer();

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final CapacityParameters parameters;
    private final Configured configured;
    private final Supplier<Moment> clock;
    private final Supplier<JournalRoom> room;
    private final Desk desk;
    private final SortedMap<Underlying, Capacity.Register> registered = new TreeMap<>();
    private final Acknowledgements acknowledgements = new Acknowledgements();
    private final SetChange change;
    private boolean publishing;

    CapacityWriter(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            CapacityParameters parameters,
            Configured configured,
            Supplier<Moment> clock,
            Supplier<JournalRoom> room,
            Desk desk) {
        super(PersistenceId.ofUniqueId(Capacity.PERSISTENCE_ID));
        this.context = context;
        this.timers = timers;
        this.parameters = parameters;
        this.configured = configured;
        this.clock = clock;
        this.room = room;
        this.desk = desk;
        this.change = new SetChange(parameters.prepareTimeout());
    }

    @Override
    public CapitalState emptyState() {
        return CapitalState.EMPTY;
    }

    @Override
    public Set<String> tagsFor(CapacityEvent event) {
        String kind = "kind:" + MANIFESTS.manifest(event);
        return event.essential() ? Set.of(kind, StoredEvent.ESSENTIAL) : Set.of(kind);
    }

    @Override
    public SignalHandler<CapitalState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), this::onRecovered)
                .build();
    }

    @Override
    public EventHandler<CapitalState, CapacityEvent> eventHandler() {
        return CapitalState::apply;
    }

    @Override
    public CommandHandler<Command, CapacityEvent, CapitalState> commandHandler() {
        return (state, command) ->
                switch (command) {
                    case Own own ->
                            switch (own) {
                                case BEGIN -> onBegin(state);
                                case TICK -> onTick(false);
                                case PUBLISH -> onPublish(state);
                            };
                    case Capacity.Register register -> onRegister(state, register);
                    case Capacity.OpenView open -> onTick(true);
                    case Capacity.MarketStopped stopped -> onMarketStopped(stopped);
                    case Capacity.Report report -> onReport(state, report);
                    case Capacity.ReportHedge hedged -> onReportHedge(state, hedged);
                    case Capacity.Reserve reserve -> onReserve(state, reserve);
                    case Capacity.Release release -> {
                        desk.release(release.id());
                        yield Effect().none();
                    }
                    case Capacity.OperatorCommand asked -> onOperator(state, asked);
                    case Capacity.Acknowledge told -> {
                        acknowledgements.by(told.by(), told.rules());
                        yield Effect().none();
                    }
                    case Capacity.WaitedEnough waited -> {
                        acknowledgements.lapse(waited.number());
                        yield Effect().none();
                    }
                    case Capacity.Query query -> onQuery(state, query);
                };
    }

    /** The set that the journal says, as long as the configuration can build it. */
    private void onRecovered(CapitalState state) {
        if (!state.scenarioSet().isEmpty() && !state.scenarioSet().equals(desk.scenarioSet())) {
            try {
                desk.begin(
                        parameters.pricer(
                                SetVersion.parse(state.scenarioSet()), desk.underlyings()));
            } catch (IllegalArgumentException unknown) {
                context.getLog()
                        .warn(
                                "scenarios={} of the journal give way to {}: {}",
                                state.scenarioSet(),
                                desk.scenarioSet(),
                                unknown.getMessage());
            }
        }
        context.getSelf().tell(Own.BEGIN);
    }

    private Effect<CapacityEvent, CapitalState> onBegin(CapitalState state) {
        List<CapacityEvent> begins =
                FirstEvents.of(
                        state, desk.scenarioSet(), parameters, configured, clock.get().epochMs());
        return begins.isEmpty() ? Effect().none() : Effect().persist(begins);
    }

    private Effect<CapacityEvent, CapitalState> onRegister(
            CapitalState state, Capacity.Register register) {
        if (!desk.configured(register.underlying())) {
            context.getLog().warn("underlying={} is not configured", register.underlying());
            return Effect().none();
        }
        boolean repeated = register.equals(registered.put(register.underlying(), register));
        if (!repeated || !desk.hasReported(register.underlying())) {
            register.book().tell(new Capacity.Incarnation(desk.incarnation()));
        }
        if (!repeated) {
            // an order given before it was here waits for it too
            tellRules(register, state);
        }
        if (!repeated && desk.openNumber() > 0) {
            register.book().tell(new Capacity.Opened(desk.openNumber()));
            publishSoon();
        }
        return Effect().none();
    }

    private Effect<CapacityEvent, CapitalState> onTick(boolean atOnce) {
        Moment now = clock.get();
        boolean silent = !desk.silent(now).isEmpty();
        if (change.isLate(now) || (change.isUnderWay() && silent)) {
            giveUp("not reported by " + desk.missing() + " in time");
        }
        desk.prepare(now, atOnce)
                .ifPresent(number -> toMarkets(new Capacity.Prepare(number, desk.pricer())));
        desk.silent(now).forEach(this::carryOver);
        return Effect().none();
    }

    /** A view opens without the markets that have none to give: one that is stopped stops no other. */
    private Effect<CapacityEvent, CapitalState> onMarketStopped(Capacity.MarketStopped stopped) {
        if (desk.isPreparing(stopped.viewNumber())) {
            // what is carried over was valued over the set in force: no other can come meanwhile
            if (change.isUnderWay()) {
                giveUp("market_stopped " + stopped.underlying());
                return onTick(true);
            }
            carryOver(stopped.underlying());
        }
        return Effect().none();
    }

    private void giveUp(String why) {
        desk.stay();
        change.end()
                .ifPresent(
                        asked ->
                                asked.replyTo()
                                        .tell(
                                                new Capacity.Rejected(
                                                        "scenarios="
                                                                + asked.version()
                                                                + " "
                                                                + why
                                                                + ": "
                                                                + desk.scenarioSet()
                                                                + " stays")));
    }

    private void carryOver(Underlying underlying) {
        Capacity.Register register = registered.get(underlying);
        if (register != null) {
            desk.carryOver().ifPresent(register.book()::tell);
        }
    }

    private Effect<CapacityEvent, CapitalState> onReport(
            CapitalState state, Capacity.Report message) {
        return heard(state, desk.report(message.report(), rules(state)));
    }

    private Effect<CapacityEvent, CapitalState> onReportHedge(
            CapitalState state, Capacity.ReportHedge message) {
        return heard(state, desk.hedged(message.report(), rules(state), clock.get()));
    }

    private Effect<CapacityEvent, CapitalState> heard(CapitalState state, Desk.Effect effect) {
        switch (effect) {
            case NONE -> {
                return Effect().none();
            }
            case MOVED -> {}
            case OPENED -> tellOpened();
            case READY -> {
                return turn();
            }
            case OUTDATED -> {
                return onTick(true);
            }
        }
        publishSoon();
        List<CapacityEvent> trips =
                desk.protections(rules(state), clock.get()).values().stream()
                        .flatMap(each -> each.trips().stream())
                        .toList();
        return trips.isEmpty()
                ? Effect().none()
                : Effect()
                        .persist(trips)
                        .thenRun(
                                changed -> {
                                    context.getLog().warn("protection tripped: {}", trips);
                                    publish(changed);
                                });
    }

    private void tellOpened() {
        Capacity.Opened opened = new Capacity.Opened(desk.openNumber());
        registered.values().forEach(each -> each.book().tell(opened));
    }

    /** Every Book has reported under the coming set: written first, then in force. */
    private Effect<CapacityEvent, CapitalState> turn() {
        Capacity.ChooseScenarios asked = change.end().orElseThrow();
        String line = "scenarios " + desk.scenarioSet() + " -> " + asked.version();
        OperatorDecision.Persist chosen =
                new OperatorDecision.Persist(
                        List.of(
                                new ScenarioSetChosen(
                                        asked.by(), clock.get().epochMs(), asked.version())),
                        line,
                        true);
        return Effect()
                .persist(chosen.events())
                .thenRun(
                        changed -> {
                            context.getLog().info("operator: {}", line);
                            desk.turn(rules(changed));
                            tellOpened();
                            done(changed, asked, chosen);
                        });
    }

    private Effect<CapacityEvent, CapitalState> onChoose(
            Capacity.ChooseScenarios asked, SetVersion version) {
        if (change.isUnderWay()) {
            asked.replyTo().tell(new Capacity.Rejected("another scenario set is being prepared"));
            return Effect().none();
        }
        try {
            desk.come(parameters.pricer(version, desk.underlyings()));
        } catch (IllegalArgumentException unknown) {
            asked.replyTo().tell(new Capacity.Rejected(String.valueOf(unknown.getMessage())));
            return Effect().none();
        }
        change.begin(asked, clock.get());
        return onTick(true);
    }

    private Effect<CapacityEvent, CapitalState> onReserve(
            CapitalState state, Capacity.Reserve reserve) {
        reserve.replyTo().tell(desk.reserve(reserve, rules(state), clock.get()));
        return Effect().none();
    }

    private Effect<CapacityEvent, CapitalState> onPublish(CapitalState state) {
        publishing = false;
        publish(state);
        return Effect().none();
    }

    private void publish(CapitalState state) {
        desk.published(rules(state), clock.get())
                .ifPresent(view -> toMarkets(new Capacity.Published(view)));
    }

    private Effect<CapacityEvent, CapitalState> onOperator(
            CapitalState state, Capacity.OperatorCommand asked) {
        Moment now = clock.get();
        OperatorDecision decision =
                OperatorDecision.of(
                        state, asked, parameters, desk.free(rules(state), now), now.epochMs());
        return switch (decision) {
            case OperatorDecision.Reject reject -> {
                asked.replyTo().tell(new Capacity.Rejected(reject.reason()));
                yield Effect().none();
            }
            case OperatorDecision.Choose choose -> onChoose(choose.asked(), choose.version());
            case OperatorDecision.Persist persist when !fits(persist) -> {
                asked.replyTo().tell(new Capacity.Rejected(room.get().toString()));
                yield Effect().none();
            }
            case OperatorDecision.Persist persist ->
                    Effect()
                            .persist(persist.events())
                            .thenRun(
                                    changed -> {
                                        context.getLog().info("operator: {}", persist.line());
                                        done(changed, asked, persist);
                                    });
        };
    }

    private boolean fits(OperatorDecision.Persist persist) {
        return persist.events().stream().allMatch(CapacityEvent::essential)
                || room.get().takesOrdinary();
    }

    /** In force here already; told on, and answered when all who act on it have acknowledged. */
    private void done(
            CapitalState changed,
            Capacity.OperatorCommand asked,
            OperatorDecision.Persist persist) {
        SortedSet<Capacity.Party> parties = new TreeSet<>();
        long rules = lastSequenceNumber(context);
        if (persist.changesRules()) {
            // before they are asked to acknowledge: so that a Market has a view of the new rules
            publish(changed);
            registered.values().forEach(each -> tellRules(each, changed));
            // also those that have not registered with this start: they may still act on a former
            // one
            for (Underlying underlying : desk.underlyings()) {
                parties.add(new Capacity.Party(Capacity.Party.Side.MARKET, underlying));
                parties.add(new Capacity.Party(Capacity.Party.Side.BOOK, underlying));
            }
        } else {
            publishSoon();
        }
        long number = acknowledgements.await(rules, persist.line(), asked.replyTo(), parties);
        if (parties.isEmpty()) {
            return;
        }
        timers.startSingleTimer(
                number, new Capacity.WaitedEnough(number), parameters.acknowledgeWithin());
    }

    private void tellRules(Capacity.Register register, CapitalState state) {
        long rules = lastSequenceNumber(context);
        register.market().tell(new Capacity.Outdated(rules));
        register.book().tell(new Capacity.RulesChanged(rules, state.mode()));
    }

    private Effect<CapacityEvent, CapitalState> onQuery(CapitalState state, Capacity.Query query) {
        query.replyTo().tell(desk.summary(rules(state), clock.get()));
        return Effect().none();
    }

    private void toMarkets(Capacity.ToMarket message) {
        registered.values().forEach(each -> each.market().tell(message));
    }

    private void publishSoon() {
        if (!publishing) {
            publishing = true;
            context.getSelf().tell(Own.PUBLISH);
        }
    }

    private Desk.Rules rules(CapitalState state) {
        return new Desk.Rules(
                state, state.limits(parameters.limits()), lastSequenceNumber(context), room.get());
    }
}
