package io.dolim.capacity;

import io.dolim.capacity.CapacityEvent.ScenarioSetChosen;
import io.dolim.capacity.vector.PackageVectors;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * The one that grants and refuses risk, over all books. Opens the numbered market views, keeps the
 * reservations in memory and the pool's capital, mode and limits in the journal.
 *
 * <p>Talks to each book's Market (prepare and published views) and Book (reservations, reports,
 * incarnations), and to operators. Grants nothing before every configured book has reported since it
 * started. Never keeps a position, never prices a quote.
 */
public final class Capacity
        extends EventSourcedBehavior<Capacity.Command, CapacityEvent, CapitalState> {

    /** The persistence id. */
    public static final String PERSISTENCE_ID = "capacity";

    private static final CapacityEventSerializer MANIFESTS = new CapacityEventSerializer();

    /** What Capacity is told. */
    public sealed interface Command {}

    /** Where a configured book and its market live; said every second by the Market, idempotent. */
    public record Register(Underlying underlying, ActorRef<ToBook> book, ActorRef<ToMarket> market)
            implements Command {}

    /** A book's cumulative totals. */
    public record Report(BookReport report) implements Command {}

    /**
     * Asks for a reservation. Answered exactly once.
     *
     * @param byView the pool's change under each live view the book knows
     * @param quotedCharge the charge in the quote that the taker accepted, signed from the taker
     * @param price what the pool receives in cash; negative when it pays
     * @param tick how far the quoted charge may fall short of the decided one
     * @param note short label for the counted-pending list of others' trades, at most 64 characters
     */
    public record Reserve(
            ReservationId id,
            SortedMap<Long, PackageVectors> byView,
            Usdc quotedCharge,
            Usdc price,
            Usdc tick,
            String note,
            ActorRef<ReserveReply> replyTo)
            implements Command {
        /** Copies the vectors. @throws IllegalArgumentException on too many views or a long note */
        public Reserve {
            byView = Collections.unmodifiableSortedMap(new TreeMap<>(byView));
            if (byView.size() > BookReport.MAX_VIEWS || note.length() > 64 || tick.signum() <= 0) {
                throw new IllegalArgumentException(
                        "views=" + byView.size() + " note=" + note + " tick=" + tick);
            }
        }
    }

    /** Lets a reservation go: its trade will not be written. Idempotent. */
    public record Release(ReservationId id) implements Command {}

    /** Opens the next market view {@code NOW}: a market moved by more than its bound. */
    public enum OpenView implements Command {
        NOW
    }

    /** What an operator asks; journaled with who and when, and answered exactly once. */
    public sealed interface OperatorCommand extends Command {
        /** The principal. */
        String by();

        /** Who hears the outcome. */
        ActorRef<OperatorReply> replyTo();
    }

    /** The kill switch: only risk-reducing trades from now on, over restarts, until two resume. */
    public record Halt(String by, String reason, ActorRef<OperatorReply> replyTo)
            implements OperatorCommand {}

    /** Only risk-reducing trades from now on, until two resume. */
    public record ReduceOnly(String by, String reason, ActorRef<OperatorReply> replyTo)
            implements OperatorCommand {}

    /** One of the two voices that open the pool again; the second must be another principal. */
    public record Resume(String by, ActorRef<OperatorReply> replyTo) implements OperatorCommand {}

    /** Changes a limit; keys as in {@code Limits}. */
    public record Set(String by, String key, double value, ActorRef<OperatorReply> replyTo)
            implements OperatorCommand {}

    /** Capital comes in. */
    public record PayIn(String by, Usdc amount, ActorRef<OperatorReply> replyTo)
            implements OperatorCommand {}

    /** Capital goes out, as far as it is free. */
    public record PayOut(String by, Usdc amount, ActorRef<OperatorReply> replyTo)
            implements OperatorCommand {}

    /** Asks for the pool's summary. */
    public record Query(ActorRef<PoolSummary> replyTo) implements Command {}

    /** What a Market is told. */
    public sealed interface ToMarket {}

    /**
     * Freeze your market for this view, price what your book holds, tell your Book. A Market that is
     * stale stays silent.
     */
    public record Prepare(long viewNumber, VectorPricer pricer) implements ToMarket {}

    /** The open view, with the inventory of this moment; sent again after each change of it. */
    public record Published(CapacityView view) implements ToMarket {}

    /** What a Book is told. */
    public sealed interface ToBook {}

    /**
     * Capacity started: what was granted before is void. The Book answers what is not yet written
     * with retry, and reports. Repeated until its report has come.
     */
    public record Incarnation(long capacityIncarnation) implements ToBook {}

    /** From now on reservations are decided under this view; vectors of earlier ones may be left out. */
    public record Opened(long viewNumber) implements ToBook {}

    /** The answer to a reservation. */
    public sealed interface ReserveReply {
        /** Of which reservation. */
        ReservationId id();
    }

    /**
     * The risk is granted until the book's report or release ends it.
     *
     * @param incarnation of the Capacity that granted
     * @param decidedCharge the charge, decided once, on the inventory of this moment
     * @param viewNumber the view it was decided under
     * @param cut the books' sequence numbers that the inventory contained
     * @param countedPending reservations that counted as done, by id and note
     */
    public record Granted(
            ReservationId id,
            long incarnation,
            Usdc decidedCharge,
            long viewNumber,
            SortedMap<Underlying, Long> cut,
            List<String> countedPending)
            implements ReserveReply {
        /** Copies the cut and the notes. */
        public Granted {
            cut = Collections.unmodifiableSortedMap(new TreeMap<>(cut));
            countedPending = List.copyOf(countedPending);
        }
    }

    /**
     * Not granted, and nothing changed.
     *
     * @param rule short name, as in {@code rac_below_floor}
     * @param numbers the figures behind it, by name
     * @param freshCharge the charge that would be decided now, when there is one
     */
    public record Refused(
            ReservationId id,
            String rule,
            SortedMap<String, Double> numbers,
            Optional<Usdc> freshCharge)
            implements ReserveReply {
        /** Copies the numbers. */
        public Refused {
            numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
        }
    }

    /** Not decided, nothing changed: not every book has reported yet. Ask again under a new number. */
    public record Retry(ReservationId id) implements ReserveReply {}

    /** The answer to an operator. */
    public sealed interface OperatorReply {}

    /** Done and durable; one line for the audit log. */
    public record Done(String what) implements OperatorReply {}

    /** Refused and nothing changed; a short name with the numbers behind it. */
    public record Rejected(String reason) implements OperatorReply {}

    /** What it tells itself: recovery is over, the regular tick, publish what changed. */
    private enum Own implements Command {
        BEGIN,
        TICK,
        PUBLISH
    }

    private final ActorContext<Command> context;
    private final CapacityParameters parameters;
    private final Supplier<Moment> clock;
    private final Desk desk;
    private final SortedMap<Underlying, Register> registered = new TreeMap<>();
    private boolean publishing;

    /**
     * The behaviour over the configured books, every one of which it waits for.
     *
     * @param incarnations a greater number at each call, also over restarts of the process
     * @throws IllegalArgumentException when an underlying has no scenarios or no limit
     */
    public static Behavior<Command> create(
            CapacityParameters parameters,
            SortedMap<Underlying, ContractSpec> specs,
            Supplier<Moment> clock,
            LongSupplier incarnations) {
        VectorPricer pricer = parameters.pricer(new TreeSet<>(specs.keySet()));
        return Behaviors.setup(
                context ->
                        Behaviors.withTimers(
                                timers -> {
                                    timers.startTimerWithFixedDelay(
                                            Own.TICK, parameters.viewInterval());
                                    long incarnation = incarnations.getAsLong();
                                    return new Capacity(
                                            context,
                                            parameters,
                                            clock,
                                            new Desk(parameters, specs, pricer, incarnation));
                                }));
    }

    private Capacity(
            ActorContext<Command> context,
            CapacityParameters parameters,
            Supplier<Moment> clock,
            Desk desk) {
        super(PersistenceId.ofUniqueId(PERSISTENCE_ID));
        this.context = context;
        this.parameters = parameters;
        this.clock = clock;
        this.desk = desk;
    }

    @Override
    public CapitalState emptyState() {
        return CapitalState.EMPTY;
    }

    @Override
    public java.util.Set<String> tagsFor(CapacityEvent event) {
        return java.util.Set.of("kind:" + MANIFESTS.manifest(event));
    }

    @Override
    public SignalHandler<CapitalState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), state -> context.getSelf().tell(Own.BEGIN))
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
                    case Register register -> onRegister(register);
                    case OpenView open -> onTick(true);
                    case Report report -> onReport(state, report);
                    case Reserve reserve -> onReserve(state, reserve);
                    case Release release -> onRelease(release);
                    case OperatorCommand asked -> onOperator(state, asked);
                    case Query query -> {
                        long own = lastSequenceNumber(context);
                        query.replyTo().tell(desk.summary(rules(state), clock.get(), own));
                        yield Effect().none();
                    }
                };
    }

    private Effect<CapacityEvent, CapitalState> onBegin(CapitalState state) {
        String version = desk.scenarioSet();
        long nowMs = clock.get().epochMs();
        return state.scenarioSet().equals(version)
                ? Effect().none()
                : Effect().persist(new ScenarioSetChosen(PERSISTENCE_ID, nowMs, version));
    }

    private Effect<CapacityEvent, CapitalState> onRegister(Register register) {
        if (!desk.configured(register.underlying())) {
            context.getLog().warn("underlying={} is not configured", register.underlying());
            return Effect().none();
        }
        boolean repeated = register.equals(registered.put(register.underlying(), register));
        if (!repeated || !desk.hasReported(register.underlying())) {
            register.book().tell(new Incarnation(desk.incarnation()));
        }
        if (!repeated && desk.openNumber() > 0) {
            register.book().tell(new Opened(desk.openNumber()));
            publishSoon();
        }
        return Effect().none();
    }

    private Effect<CapacityEvent, CapitalState> onTick(boolean atOnce) {
        desk.prepare(clock.get(), atOnce)
                .ifPresent(number -> toMarkets(new Prepare(number, desk.pricer())));
        return Effect().none();
    }

    private Effect<CapacityEvent, CapitalState> onReport(CapitalState state, Report message) {
        Desk.Effect effect = desk.report(message.report(), rules(state));
        if (effect == Desk.Effect.OPENED) {
            Opened opened = new Opened(desk.openNumber());
            registered.values().forEach(each -> each.book().tell(opened));
        }
        if (effect != Desk.Effect.NONE) {
            publishSoon();
        }
        return Effect().none();
    }

    private Effect<CapacityEvent, CapitalState> onReserve(CapitalState state, Reserve reserve) {
        reserve.replyTo().tell(desk.reserve(reserve, rules(state), clock.get()));
        return Effect().none();
    }

    private Effect<CapacityEvent, CapitalState> onPublish(CapitalState state) {
        publishing = false;
        desk.published(rules(state), clock.get()).ifPresent(view -> toMarkets(new Published(view)));
        return Effect().none();
    }

    private Effect<CapacityEvent, CapitalState> onOperator(
            CapitalState state, OperatorCommand asked) {
        Moment now = clock.get();
        OperatorDecision decision =
                OperatorDecision.of(
                        state, asked, parameters, desk.free(rules(state), now), now.epochMs());
        return switch (decision) {
            case OperatorDecision.Reject reject -> {
                asked.replyTo().tell(new Rejected(reject.reason()));
                yield Effect().none();
            }
            case OperatorDecision.Persist persist ->
                    Effect()
                            .persist(persist.event().stream().toList())
                            .thenRun(
                                    changed -> {
                                        context.getLog().info("operator: {}", persist.line());
                                        asked.replyTo().tell(new Done(persist.line()));
                                        publishSoon();
                                    });
        };
    }

    private Effect<CapacityEvent, CapitalState> onRelease(Release release) {
        desk.release(release.id());
        return Effect().none();
    }

    private void toMarkets(ToMarket message) {
        registered.values().forEach(each -> each.market().tell(message));
    }

    private void publishSoon() {
        if (!publishing) {
            publishing = true;
            context.getSelf().tell(Own.PUBLISH);
        }
    }

    private Desk.Rules rules(CapitalState state) {
        return new Desk.Rules(state, state.limits(parameters.limits()));
    }
}
