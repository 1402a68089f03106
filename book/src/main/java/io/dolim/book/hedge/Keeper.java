package io.dolim.book.hedge;

import io.dolim.quoting.instrument.Underlying;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Executes hedges of one underlying: claims what is worth its while, trades it at the cheapest venues under
 * the lease's label, reports what was traded and gives back the rest. One lease at a time, one order of it
 * at each venue, so that nothing is traded twice whatever gets lost: what is unknown the ledger will say.
 *
 * <p>Knows the board only by what it is shown and by its answers: the same keeper works beside the engine or
 * far from it. Owns nothing that must survive it.
 */
public final class Keeper extends AbstractBehavior<Keeper.Command> {

    /** What a Keeper is told. */
    public sealed interface Command {}

    /**
     * What is on the board.
     *
     * @param jobs open, with what may be claimed
     * @param held position at each venue that stands, lots
     */
    public record Show(List<Offer> jobs, SortedMap<String, Long> held) implements Command {
        /** Copies both. */
        public Show {
            jobs = List.copyOf(jobs);
            held = Collections.unmodifiableSortedMap(new TreeMap<>(held));
        }
    }

    /**
     * A job on the board.
     *
     * @param lots that may be claimed, signed
     * @param rewardShare of notional, for who claims it now
     */
    public record Offer(long job, long lots, double rewardShare) {}

    /**
     * The board's answer to a claim.
     *
     * @param fence of the lease; 0 when it was refused
     * @param label that orders must carry
     */
    public record Answered(long job, long fence, long lots, BigDecimal limitUsdc, String label)
            implements Command {}

    private record Told(Venue.Told told) implements Command {}

    private record Traded(String venue, Venue.Traded traded) implements Command {}

    private enum Beat implements Command {
        LOOK,
        DEPTH_IS_LATE,
        ANSWER_IS_LATE
    }

    /** The board, as this keeper reaches it. */
    public interface Board {
        /** Asks what is on it; answered by a {@link Show}. */
        void look();

        /** Claims all that is left of a job; answered by an {@link Answered}. */
        void claim(long job);

        /** Reports a trade under a lease. */
        void report(long fence, String venue, String tradeId, long lots);

        /** Gives back what is left of a lease. */
        void release(long fence);
    }

    /** What is in hand. */
    private record Work(
            Answered lease,
            SortedSet<String> silent,
            SortedMap<String, Venue.Depth> depths,
            SortedSet<String> trading) {}

    private final KeeperSettings settings;
    private final Underlying underlying;
    private final SortedMap<String, ActorRef<Venue.Command>> venues;
    private final Board board;
    private final TimerScheduler<Command> timers;
    private final ActorRef<Venue.Told> ear;
    private final SortedMap<String, ActorRef<Venue.Traded>> tradeEars = new TreeMap<>();
    private SortedMap<String, Long> held = new TreeMap<>();
    private Optional<Long> claiming = Optional.empty();
    private Optional<Work> work = Optional.empty();

    /**
     * A keeper of an underlying.
     *
     * @param venues that it can trade at, by name
     * @param board made with the keeper's own ref, to which it answers
     */
    public static Behavior<Command> create(
            Underlying underlying,
            KeeperSettings settings,
            SortedMap<String, ActorRef<Venue.Command>> venues,
            Function<ActorRef<Command>, Board> board) {
        return Behaviors.setup(
                context ->
                        Behaviors.withTimers(
                                timers ->
                                        new Keeper(
                                                context,
                                                timers,
                                                underlying,
                                                settings,
                                                venues,
                                                board.apply(context.getSelf()))));
    }

    private Keeper(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Underlying underlying,
            KeeperSettings settings,
            SortedMap<String, ActorRef<Venue.Command>> venues,
            Board board) {
        super(context);
        this.underlying = underlying;
        this.settings = settings;
        this.venues = new TreeMap<>(venues);
        this.board = board;
        this.timers = timers;
        this.ear = context.messageAdapter(Venue.Told.class, Told::new);
        ActorRef<Command> self = context.getSelf();
        for (String venue : venues.keySet()) {
            Behavior<Venue.Traded> ofVenue =
                    Behaviors.receiveMessage(
                            traded -> {
                                self.tell(new Traded(venue, traded));
                                return Behaviors.same();
                            });
            tradeEars.put(venue, context.spawn(ofVenue, "trades-" + venue));
        }
        timers.startTimerWithFixedDelay(Beat.LOOK, Beat.LOOK, settings.tick());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onMessage(Command.class, this::on).build();
    }

    private Behavior<Command> on(Command command) {
        switch (command) {
            case Show show -> onShow(show);
            case Answered answered -> onAnswered(answered);
            case Told told -> onTold(told.told());
            case Traded traded -> onTraded(traded);
            case Beat.LOOK -> board.look();
            case Beat.DEPTH_IS_LATE -> work.ifPresent(this::trade);
            case Beat.ANSWER_IS_LATE -> claiming = Optional.empty();
        }
        return this;
    }

    private void onShow(Show show) {
        held = show.held();
        if (work.isPresent() || claiming.isPresent() || held.isEmpty()) {
            return;
        }
        Optional<Offer> best =
                show.jobs().stream()
                        .filter(job -> job.lots() != 0 && job.rewardShare() >= settings.ask())
                        .findFirst();
        if (best.isPresent()) {
            claiming = Optional.of(best.get().job());
            timers.startSingleTimer(
                    Beat.ANSWER_IS_LATE, Beat.ANSWER_IS_LATE, Duration.ofSeconds(5));
            board.claim(best.get().job());
        }
    }

    private void onAnswered(Answered answered) {
        timers.cancel(Beat.ANSWER_IS_LATE);
        boolean wanted = claiming.filter(job -> job == answered.job()).isPresent();
        claiming = Optional.empty();
        if (answered.fence() == 0) {
            return;
        }
        if (!wanted || work.isPresent()) {
            board.release(answered.fence());
            return;
        }
        SortedSet<String> asked = new TreeSet<>(venues.keySet());
        asked.retainAll(held.keySet());
        Work begun = new Work(answered, asked, new TreeMap<>(), new TreeSet<>());
        work = Optional.of(begun);
        timers.startSingleTimer(Beat.DEPTH_IS_LATE, Beat.DEPTH_IS_LATE, settings.depthWithin());
        asked.forEach(venue -> tell(venue, new Venue.AskDepth(underlying, ear)));
        if (asked.isEmpty()) {
            finish(begun);
        }
    }

    private void onTold(Venue.Told told) {
        if (work.isEmpty() || !work.get().silent().remove(told.venue())) {
            return;
        }
        Work current = work.get();
        if (told instanceof Venue.Depth depth) {
            current.depths().put(depth.venue(), depth);
        }
        if (current.silent().isEmpty()) {
            trade(current);
        }
    }

    /** Once, when all books are in or are late. */
    private void trade(Work current) {
        timers.cancel(Beat.DEPTH_IS_LATE);
        current.silent().clear();
        Answered lease = current.lease();
        SortedMap<String, Long> routed =
                Routing.of(
                        current.depths().values(),
                        lease.lots(),
                        lease.limitUsdc().doubleValue(),
                        held,
                        settings.mostVenueLots());
        current.trading().addAll(routed.keySet());
        routed.forEach(
                (venue, lots) ->
                        tell(
                                venue,
                                new Venue.Trade(
                                        new VenueOrder(
                                                underlying,
                                                lots,
                                                lease.limitUsdc(),
                                                false,
                                                lease.label()),
                                        Objects.requireNonNull(tradeEars.get(venue)))));
        if (routed.isEmpty()) {
            finish(current);
        }
    }

    private void onTraded(Traded answer) {
        if (work.isEmpty() || !work.get().lease().label().equals(answer.traded().label())) {
            return;
        }
        Work current = work.get();
        boolean unknown = answer.traded() instanceof Venue.Unknown;
        if (answer.traded() instanceof Venue.Filled filled) {
            List<VenueFill> fills = new ArrayList<>(filled.fills());
            fills.forEach(
                    fill ->
                            board.report(
                                    current.lease().fence(),
                                    answer.venue(),
                                    fill.tradeId(),
                                    fill.lots()));
        }
        current.trading().remove(answer.venue());
        if (unknown) {
            // what may have been traded must not be offered again before the ledger has said: the
            // lease stands
            work = Optional.empty();
        } else if (current.trading().isEmpty()) {
            finish(current);
        }
    }

    private void finish(Work done) {
        timers.cancel(Beat.DEPTH_IS_LATE);
        work = Optional.empty();
        board.release(done.lease().fence());
        board.look();
    }

    private void tell(String venue, Venue.Command command) {
        Optional.ofNullable(venues.get(venue)).ifPresent(ref -> ref.tell(command));
    }
}
