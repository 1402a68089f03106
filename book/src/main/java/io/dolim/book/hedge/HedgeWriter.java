package io.dolim.book.hedge;

import io.dolim.book.Book;
import io.dolim.book.PricingView;
import io.dolim.book.hedge.Hedger.Command;
import io.dolim.book.trade.BrokenInvariant;
import io.dolim.capacity.JournalRoom;
import io.dolim.capacity.Moment;
import io.dolim.quoting.instrument.OptionContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/** A Hedger's event-sourced self: turns the answers of the decisions into writes and messages. */
final class HedgeWriter extends EventSourcedBehavior<Command, HedgeEvent, HedgeState> {

    private final HedgeTerms terms;
    private final HedgeSettings settings;
    private final Hedger.Ports ports;
    private final Predicate<Hedger.Request> settle;
    private final ActorContext<Command> context;
    private final ActorRef<Book.Held> heldEar;
    private final long incarnation;
    private final VenueWatch watch;
    private final VenueDesk desk;
    private Optional<PricingView> view = Optional.empty();
    private Optional<SortedMap<OptionContract, Long>> held = Optional.empty();
    private Optional<Residual> residual = Optional.empty();
    private long judgedNs = Long.MIN_VALUE / 2;

    /** @param settle forgets a request that is about to be answered; false when it was answered before */
    HedgeWriter(
            HedgeTerms terms,
            HedgeSettings settings,
            Hedger.Ports ports,
            Predicate<Hedger.Request> settle,
            ActorContext<Command> context) {
        super(PersistenceId.ofUniqueId(Hedger.persistenceId(terms.spec().underlying())));
        this.terms = terms;
        this.settings = settings;
        this.ports = ports;
        this.settle = settle;
        this.context = context;
        this.heldEar =
                context.messageAdapter(Book.Held.class, told -> new Hedger.Holds(told.lots()));
        this.incarnation = ports.incarnations().getAsLong();
        this.watch = new VenueWatch(new TreeSet<>(ports.venues().keySet()));
        this.desk = new VenueDesk(ports, settings, context, watch);
    }

    @Override
    public HedgeState emptyState() {
        return HedgeState.empty(terms.spec().underlying());
    }

    @Override
    public EventHandler<HedgeState, HedgeEvent> eventHandler() {
        return HedgeState::apply;
    }

    @Override
    public CommandHandler<Command, HedgeEvent, HedgeState> commandHandler() {
        return (state, command) ->
                switch (command) {
                    case Hedger.Observe observe -> onObserve(state, observe.view());
                    case Hedger.Holds holds -> {
                        held = Optional.of(holds.lots());
                        yield judge(state);
                    }
                    case Hedger.VenueSaid said -> onVenue(state, said);
                    case Hedger.Tick _ -> onTick(state);
                    case Hedger.Query query -> {
                        query.replyTo()
                                .tell(
                                        query.hashed()
                                                ? HedgeSummaries.hashed(
                                                        state, terms, now(), residual)
                                                : HedgeSummaries.of(state, terms, now(), residual));
                        yield Effect().none();
                    }
                    case Hedger.Request request -> onRequest(state, request);
                };
    }

    private Effect<HedgeEvent, HedgeState> onObserve(HedgeState state, PricingView observed) {
        if (view.filter(last -> last.number() >= observed.number()).isPresent()) {
            return Effect().none();
        }
        view = Optional.of(observed);
        watch.begin(now().monotonicNs());
        long sinceNs = now().monotonicNs() - judgedNs;
        return sinceNs < settings.judgeEvery().toNanos() ? Effect().none() : judge(state);
    }

    /** Judges the newest view, once venues and Book have said what is held. */
    private Effect<HedgeEvent, HedgeState> judge(HedgeState state) {
        boolean ready = state.perpetual().isPresent() && watch.isComplete();
        if (view.isEmpty() || held.isEmpty() || !ready) {
            return Effect().none();
        }
        judgedNs = now().monotonicNs();
        PricingView market = view.get();
        Optional<HedgeInputs> inputs = inputs(state, market);
        if (inputs.isEmpty()) {
            residual =
                    Optional.of(
                            new Residual(Double.NaN, 0, Band.none("none"), Residual.Why.NO_MARKET));
            return Effect().none();
        }
        SignalDecisions.Judged judged = SignalDecisions.of(state, inputs.get(), terms);
        residual = Optional.of(judged.residual());
        return persist(judged.events());
    }

    private Optional<HedgeInputs> inputs(HedgeState state, PricingView market) {
        if (!market.stopped().isEmpty() || market.capacity().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    HeldOptions.on(
                            market.market(),
                            ports.options(),
                            held.orElseThrow(),
                            market.capacity().get().measures().capital(),
                            state.policy().orElse(terms.policy()).forecast()
                                    ? ports.forecast()
                                    : HeldOptions.Forecast.noChange()));
        } catch (IllegalArgumentException unpriceable) {
            context.getLog()
                    .warn(
                            "hedges={} cannot be judged: {}",
                            terms.spec().underlying(),
                            unpriceable.getMessage());
            return Optional.empty();
        }
    }

    private Effect<HedgeEvent, HedgeState> onTick(HedgeState state) {
        Moment now = now();
        ports.book().tell(new Book.WatchHoldings(heldEar));
        if (state.perpetual().isEmpty()) {
            return persist(List.of(begun(state)));
        }
        List<HedgeEvent> events =
                new ArrayList<>(
                        BoardDecisions.expired(
                                state,
                                terms,
                                since ->
                                        watch.toldSince(
                                                since,
                                                now.monotonicNs(),
                                                settings.doubt().toNanos()),
                                now.epochMs()));
        for (String venue : ports.venues().keySet()) {
            if (watch.isSilent(venue, now.monotonicNs(), terms.silentMs() * 1_000_000L)) {
                events.addAll(LedgerDecisions.silent(state, venue, now.epochMs()));
            }
            desk.askWhenDue(state, venue);
        }
        ports.report().accept(HedgeSummaries.totals(state, terms, incarnation, residual));
        return events.isEmpty() ? judge(state) : persist(events);
    }

    private HedgeEvent begun(HedgeState state) {
        return new HedgeEvent.HedgingBegun(
                state.underlying(),
                now().epochMs(),
                terms.spec(),
                terms.policy(),
                List.copyOf(ports.venues().keySet()));
    }

    private Effect<HedgeEvent, HedgeState> onVenue(HedgeState state, Hedger.VenueSaid said) {
        return switch (said.told()) {
            case Venue.Ledger ledger -> onLedger(state, ledger, said.askedMs());
            case Venue.Transferred moved -> {
                desk.ask(state, moved.venue());
                yield Effect().none();
            }
            case Venue.Silent silent -> {
                context.getLog().warn("venue={} says nothing: {}", silent.venue(), silent.why());
                yield Effect().none();
            }
            case Venue.Depth _ -> Effect().none();
        };
    }

    private Effect<HedgeEvent, HedgeState> onLedger(
            HedgeState state, Venue.Ledger ledger, long askedMs) {
        if (state.perpetual().isEmpty()) {
            return Effect().none();
        }
        watch.told(ledger, askedMs, now().monotonicNs());
        List<HedgeEvent> events =
                LedgerDecisions.of(
                        state, terms, ledger, watch.differed(ledger.venue()), now().epochMs());
        return persist(events)
                .thenRun(
                        after -> {
                            if (ledger.isWhole()) {
                                watch.agrees(
                                        ledger.venue(),
                                        LedgerDecisions.agrees(after, terms, ledger));
                                desk.moveCollateral(after, ledger);
                            } else {
                                desk.ask(after, ledger.venue());
                            }
                            boolean over =
                                    after.leases().values().stream()
                                            .anyMatch(
                                                    lease ->
                                                            lease.isLive()
                                                                    && lease.untilMs()
                                                                            <= now().epochMs());
                            if (!events.isEmpty() || over) {
                                context.getSelf().tell(Hedger.Tick.NOW);
                            }
                        });
    }

    /** What comes before the first look at the time finds a Hedger that has begun too. */
    private Effect<HedgeEvent, HedgeState> onRequest(HedgeState known, Hedger.Request request) {
        JournalRoom room = ports.room().get();
        if (!room.takesOrdinary() && request.begins()) {
            answer(request, new Hedger.Refused(JournalRoom.RULE, room.numbers()));
            return Effect().none();
        }
        List<HedgeEvent> events = new ArrayList<>();
        HedgeState state = known;
        if (known.perpetual().isEmpty()) {
            events.add(begun(known));
            state = known.apply(events.getFirst());
        }
        switch (decided(state, request)) {
            case BoardDecisions.Known _ -> answer(request, new Hedger.Done());
            case BoardDecisions.Refuse refused ->
                    answer(request, new Hedger.Refused(refused.rule(), refused.numbers()));
            case BoardDecisions.Write write -> {
                events.addAll(write.events());
                return persist(events).thenRun(after -> written(after, request, write));
            }
        }
        return Effect().none();
    }

    private BoardDecisions.Decision decided(HedgeState state, Hedger.Request request) {
        long nowMs = now().epochMs();
        return switch (request) {
            case Hedger.Claim claim ->
                    BoardDecisions.claim(
                            state, terms, claim.keeper(), claim.job(), claim.lots(), nowMs);
            case Hedger.ReportFill told ->
                    BoardDecisions.report(
                            state,
                            told.keeper(),
                            told.fence(),
                            told.venue(),
                            told.tradeId(),
                            told.lots(),
                            nowMs);
            case Hedger.Release release ->
                    BoardDecisions.release(state, release.keeper(), release.fence(), nowMs);
            case Hedger.Adopt adopt -> adopt(state, adopt, nowMs);
            case Hedger.ChoosePolicy _, Hedger.Stop _, Hedger.Resume _, Hedger.Forgive _ ->
                    OperatorOrders.of(state, request, nowMs);
        };
    }

    private BoardDecisions.Decision adopt(HedgeState state, Hedger.Adopt asked, long nowMs) {
        Optional<Venue.Ledger> ledger = watch.ledger(asked.venue());
        if (ledger.isEmpty() || !ledger.get().isWhole()) {
            return BoardDecisions.Refuse.of("ledger_unknown");
        }
        if (LedgerDecisions.agrees(state, terms, ledger.get())) {
            return new BoardDecisions.Known();
        }
        return new BoardDecisions.Write(
                List.of(LedgerDecisions.adopted(state, terms, ledger.get(), asked.by(), nowMs)));
    }

    private void written(HedgeState after, Hedger.Request request, BoardDecisions.Write write) {
        switch (write.events().getFirst()) {
            case HedgeEvent.JobClaimed claimed ->
                    answer(
                            request,
                            new Hedger.Claimed(
                                    claimed.lease(), claimed.lease().label(after.underlying())));
            case HedgeEvent.FillReported told -> {
                answer(request, new Hedger.Done());
                desk.ask(after, told.venue());
            }
            case HedgeEvent.LeaseReleased _ -> {
                answer(request, new Hedger.Done());
                ports.venues().keySet().forEach(venue -> desk.ask(after, venue));
            }
            default -> answer(request, new Hedger.Done());
        }
    }

    private void answer(Hedger.Request request, Hedger.Reply reply) {
        if (settle.test(request)) {
            request.replyTo().tell(reply);
        }
    }

    private EffectBuilder<HedgeEvent, HedgeState> persist(List<HedgeEvent> events) {
        if (events.isEmpty()) {
            return Effect().none();
        }
        return Effect()
                .persist(events)
                .thenRun(
                        after -> {
                            ports.report()
                                    .accept(
                                            HedgeSummaries.totals(
                                                    after, terms, incarnation, residual));
                            events.forEach(ports.written());
                        });
    }

    private Moment now() {
        return ports.clock().get();
    }

    @Override
    public SignalHandler<HedgeState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), this::onRecovered)
                .build();
    }

    private void onRecovered(HedgeState state) {
        if (state.perpetual().filter(known -> !known.equals(terms.spec())).isPresent()) {
            throw new BrokenInvariant(
                    "perpetual "
                            + terms.spec()
                            + " is configured, the journal has "
                            + state.spec());
        }
        desk.remind(state);
        ports.report().accept(HedgeSummaries.totals(state, terms, incarnation, residual));
        context.getSelf().tell(Hedger.Tick.NOW);
    }

    @Override
    public Set<String> tagsFor(HedgeEvent event) {
        return event.tags();
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(settings.snapshotEvery(), 2);
    }
}
