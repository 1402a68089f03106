package io.dolim.book;

import io.dolim.capacity.Moment;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.LatchTrip;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;

/**
 * Remembers that an underlying's guard has latched, over restarts, until an operator lifts it, and
 * keeps the record of the guard's turns. Its Market tells it of both and quotes nothing before it has
 * heard how the latch stands; every trip and every lift is written down before anybody is told, a
 * turn takes effect at once and is written after. Judges no price itself.
 */
public final class Latch extends EventSourcedBehavior<Latch.Command, LatchEvent, LatchState> {

    private static final String PREFIX = "latch-";
    private static final int MOST_REQUESTS = 16;

    /** The persistence id of an underlying's Latch. */
    public static String persistenceId(Underlying underlying) {
        return PREFIX + underlying;
    }

    /** What a Latch is told. */
    public sealed interface Command {}

    /**
     * The guard has latched. Sent until the answer shows it; counts once.
     *
     * @param lifts how often the latch was lifted when the guard latched: a trip that was under way
     *     when an operator lifted it is the one he lifted
     */
    public record Trip(long lifts, LatchTrip trip) implements Command {}

    /**
     * The guard has turned. Sent until the answer shows it; counts once.
     *
     * @param turns how often it had turned by the journal when this was told
     */
    public record Turn(long turns, LatchEvent.GuardTurned turn) implements Command {}

    /** Tell the Market how it stands, now and after every change; idempotent. */
    public record Watch(ActorRef<Standing> market) implements Command {}

    /** Read the Latch. */
    public record Query(ActorRef<Summary> replyTo) implements Command {}

    /** An operator believes the index again. */
    public record Lift(String by, String why, ActorRef<Reply> replyTo) implements Command {}

    /**
     * How it stands.
     *
     * @param lifts how often it was lifted
     * @param tripped why it is on; empty when it is not
     * @param guard how the guard stands
     */
    public record Standing(long lifts, Optional<LatchTrip> tripped, GuardStanding guard) {}

    /**
     * A Latch in figures.
     *
     * @param sequence events in its journal; 0 when it never tripped
     * @param entityHash hash of its journaled state
     */
    public record Summary(
            Underlying underlying, long sequence, String entityHash, Standing standing) {}

    /** Answer to {@link Lift}: exactly one. */
    public enum Reply {
        /** It is lifted and written down. */
        LIFTED,
        /** It was not on; nothing was done. */
        NOT_TRIPPED,
        /** There is no room; nothing was done. */
        BUSY,
        /** Whether it is lifted is unknown until the journal has been read again. */
        UNKNOWN
    }

    /**
     * The latch of an underlying. A fault stops it, and the guardian halts the process.
     *
     * @param clock the feed's clock in {@code epochMs}
     */
    public static Behavior<Command> create(
            Underlying underlying, Supplier<Moment> clock, ActorRef<WriterHalted> guardian) {
        return Behaviors.setup(
                context -> {
                    StrictPersistence.require(context.getSystem().settings().config());
                    Outstanding<Lift> outstanding = new Outstanding<>(MOST_REQUESTS);
                    return Doorkeeper.before(
                            new Latch(underlying, clock, outstanding),
                            persistenceId(underlying),
                            Lift.class,
                            outstanding,
                            lift -> lift.replyTo().tell(Reply.BUSY),
                            lift -> lift.replyTo().tell(Reply.UNKNOWN),
                            guardian);
                });
    }

    private final Underlying underlying;
    private final Supplier<Moment> clock;
    private final Outstanding<Lift> outstanding;
    private Optional<ActorRef<Standing>> market = Optional.empty();

    private Latch(Underlying underlying, Supplier<Moment> clock, Outstanding<Lift> outstanding) {
        super(PersistenceId.ofUniqueId(persistenceId(underlying)));
        this.underlying = underlying;
        this.clock = clock;
        this.outstanding = outstanding;
    }

    @Override
    public LatchState emptyState() {
        return LatchState.empty(underlying);
    }

    @Override
    public EventHandler<LatchState, LatchEvent> eventHandler() {
        return LatchState::apply;
    }

    @Override
    public CommandHandler<Command, LatchEvent, LatchState> commandHandler() {
        return (state, command) ->
                switch (command) {
                    case Trip trip -> onTrip(state, trip);
                    case Turn turn -> onTurn(state, turn);
                    case Watch watch -> onWatch(state, watch);
                    case Query query -> onQuery(state, query);
                    case Lift lift -> onLift(state, lift);
                };
    }

    private Effect<LatchEvent, LatchState> onTrip(LatchState state, Trip asked) {
        if (state.tripped().isPresent() || asked.lifts != state.lifts()) {
            return Effect().none();
        }
        LatchTrip trip = asked.trip;
        return Effect()
                .persist(
                        new LatchEvent.LatchTripped(
                                underlying,
                                clock.get().epochMs(),
                                trip.candidateUsdc(),
                                trip.reason()))
                .thenRun(this::tellMarket);
    }

    private Effect<LatchEvent, LatchState> onTurn(LatchState state, Turn told) {
        GuardStanding guard = state.guard();
        if (told.turns != guard.turns() || told.turn.before() != guard.level()) {
            return Effect().none();
        }
        return Effect().persist(told.turn).thenRun(this::tellMarket);
    }

    private Effect<LatchEvent, LatchState> onWatch(LatchState state, Watch watch) {
        market = Optional.of(watch.market);
        tellMarket(state);
        return Effect().none();
    }

    private Effect<LatchEvent, LatchState> onQuery(LatchState state, Query query) {
        query.replyTo.tell(
                new Summary(underlying, state.sequence(), EntityHash.of(state), standing(state)));
        return Effect().none();
    }

    private Effect<LatchEvent, LatchState> onLift(LatchState state, Lift lift) {
        if (state.tripped().isEmpty()) {
            answer(lift, Reply.NOT_TRIPPED);
            return Effect().none();
        }
        return Effect()
                .persist(
                        new LatchEvent.LatchLifted(
                                underlying, clock.get().epochMs(), lift.by, lift.why))
                .thenRun(
                        lifted -> {
                            tellMarket(lifted);
                            answer(lift, Reply.LIFTED);
                        });
    }

    private void tellMarket(LatchState state) {
        market.ifPresent(ref -> ref.tell(standing(state)));
    }

    private static Standing standing(LatchState state) {
        return new Standing(state.lifts(), state.tripped(), state.guard());
    }

    private void answer(Lift lift, Reply reply) {
        if (outstanding.settle(lift)) {
            lift.replyTo.tell(reply);
        }
    }

    @Override
    public Set<String> tagsFor(LatchEvent event) {
        return event.tags();
    }
}
