package io.dolim.capacity;

import io.dolim.capacity.vector.PackageVectors;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The one that grants and refuses risk, over all books. Opens the numbered market views, keeps the
 * reservations in memory and the pool's capital, mode and limits in the journal.
 *
 * <p>Talks to each book's Market (prepare and published views) and Book (reservations, reports,
 * incarnations), hears hedgers, and talks to operators. Grants nothing before every configured book and
 * hedger has reported since it started. Never keeps a position, never prices a quote.
 */
public final class Capacity {

    /** The persistence id. */
    public static final String PERSISTENCE_ID = "capacity";

    private static final int MOST_RESTARTS = 10;
    private static final Duration WITHIN = Duration.ofMinutes(1);

    private Capacity() {}

    /**
     * The behaviour over the configured books, every one of which it waits for. A fault restarts it from
     * its journal under the same ref as a new incarnation, ten times in a minute at most; beyond that,
     * and at a write whose outcome is unknown, it stops, and who watches it halts the process.
     *
     * @param incarnations a greater number at each call, also over restarts of the process
     * @param room what the journal still takes, of this moment; must not block
     * @throws IllegalArgumentException when an underlying has no scenarios or no limit
     */
    public static Behavior<Command> create(
            CapacityParameters parameters,
            SortedMap<Underlying, ContractSpec> specs,
            Supplier<Moment> clock,
            LongSupplier incarnations,
            Supplier<JournalRoom> room) {
        return create(
                parameters,
                Configured.UNTOLD,
                specs,
                java.util.Set.of(),
                clock,
                incarnations,
                room);
    }

    /**
     * The same over books some of which are hedged: nothing is granted before the hedgers of these have
     * reported as well.
     *
     * @param configured with what it is started: journaled where it differs from the last time
     * @param hedged underlyings that have a hedger
     * @throws IllegalArgumentException also when one of them has no book
     */
    public static Behavior<Command> create(
            CapacityParameters parameters,
            Configured configured,
            SortedMap<Underlying, ContractSpec> specs,
            java.util.Set<Underlying> hedged,
            Supplier<Moment> clock,
            LongSupplier incarnations,
            Supplier<JournalRoom> room) {
        if (!specs.keySet().containsAll(hedged)) {
            throw new IllegalArgumentException(
                    "hedged=" + hedged + " must be among " + specs.keySet());
        }
        VectorPricer pricer = parameters.pricer(new TreeSet<>(specs.keySet()));
        Behavior<Command> writer =
                Behaviors.setup(
                        context ->
                                Behaviors.withTimers(
                                        timers -> {
                                            timers.startTimerWithFixedDelay(
                                                    Own.TICK, parameters.viewInterval());
                                            long incarnation = incarnations.getAsLong();
                                            return new CapacityWriter(
                                                    context,
                                                    timers,
                                                    parameters,
                                                    configured,
                                                    clock,
                                                    room,
                                                    new Desk(
                                                            parameters,
                                                            specs,
                                                            hedged,
                                                            pricer,
                                                            incarnation));
                                        }));
        return Behaviors.supervise(writer)
                .onFailure(
                        RuntimeException.class,
                        SupervisorStrategy.restart().withLimit(MOST_RESTARTS, WITHIN));
    }

    /** What Capacity is told. */
    public sealed interface Command {}

    /** Where a configured book and its market live; said every second by the Market, idempotent. */
    public record Register(Underlying underlying, ActorRef<ToBook> book, ActorRef<ToMarket> market)
            implements Command {}

    /** A book's cumulative totals. */
    public record Report(BookReport report) implements Command {}

    /**
     * A hedger's cumulative totals; said again every second. What it changes takes effect with the next
     * view, which is asked for at once when a venue begins or ceases to stand.
     */
    public record ReportHedge(HedgeReport report) implements Command {}

    /**
     * Asks for a reservation. Answered exactly once.
     *
     * @param byView the pool's change under each live view the book knows
     * @param quotedCharge the charge in the quote that the taker accepted, signed from the taker
     * @param price what the pool receives in cash; negative when it pays
     * @param tick how far the quoted charge may fall short of the decided one
     * @param coins what the legs come to, whichever way: coins
     * @param note short label for the counted-pending list of others' trades, at most 64 characters
     */
    public record Reserve(
            ReservationId id,
            SortedMap<Long, PackageVectors> byView,
            Usdc quotedCharge,
            Usdc price,
            Usdc tick,
            double coins,
            String note,
            ActorRef<ReserveReply> replyTo)
            implements Command, RiskAsked {
        /** Copies the vectors. @throws IllegalArgumentException on too many views or a long note */
        public Reserve {
            byView = Collections.unmodifiableSortedMap(new TreeMap<>(byView));
            if (byView.size() > BookReport.MAX_VIEWS || note.length() > 64 || tick.signum() <= 0) {
                throw new IllegalArgumentException(
                        "views=" + byView.size() + " note=" + note + " tick=" + tick);
            }
            if (!(coins >= 0)) {
                throw new IllegalArgumentException("coins=" + coins + " must not be negative");
            }
        }
    }

    /** Lets a reservation go: its trade will not be written. Idempotent. */
    public record Release(ReservationId id) implements Command {}

    /** Who acts on Capacity's rules: the Book or the Market of an underlying. */
    public record Party(Side side, Underlying underlying) implements Comparable<Party> {

        /** Which of the two. */
        public enum Side {
            /** The one writer of trades. */
            BOOK,
            /** The one that shows quotes. */
            MARKET
        }

        @Override
        public int compareTo(Party other) {
            int bySide = side.compareTo(other.side);
            return bySide != 0 ? bySide : underlying.compareTo(other.underlying);
        }

        /** As operators read it, {@code book BTC}. */
        @Override
        public String toString() {
            return side.name().toLowerCase(Locale.ROOT) + " " + underlying;
        }
    }

    /** A party acts on the rules of this number, and so on all before them. */
    public record Acknowledge(Party by, long rules) implements Command {}

    /** There is no market to freeze for this view: its Book is to carry the last one over. */
    public record MarketStopped(Underlying underlying, long viewNumber) implements Command {}

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
    public record Resume(String by, String reason, ActorRef<OperatorReply> replyTo)
            implements OperatorCommand {}

    /** Changes a limit; keys as in {@code Limits}. */
    public record Set(String by, String key, double value, ActorRef<OperatorReply> replyTo)
            implements OperatorCommand {}

    /** Takes risk on an underlying again whose market-maker protection was tripped. */
    public record ResetProtection(
            String by, Underlying underlying, String reason, ActorRef<OperatorReply> replyTo)
            implements OperatorCommand {}

    /**
     * Measures risk over another scenario set: prepared with the next view, in force when every Book
     * has reported under it. The set in force decides until then; it stays when a Market is stopped or
     * a Book is late.
     *
     * @param version as {@code SetVersion} reads it
     */
    public record ChooseScenarios(String by, String version, ActorRef<OperatorReply> replyTo)
            implements OperatorCommand {}

    /**
     * Parts the pool's capital otherwise, and moves the over-collateralisation factor: a step at most, a
     * day after the last at the earliest, and never down while no backtest has passed.
     */
    public record Allocate(
            String by, AllocationTerms terms, String reason, ActorRef<OperatorReply> replyTo)
            implements OperatorCommand {}

    /**
     * Capital comes in.
     *
     * @param requestId does it once, however often it is sent; with another content it is refused
     */
    public record PayIn(String by, Usdc amount, String requestId, ActorRef<OperatorReply> replyTo)
            implements OperatorCommand {}

    /**
     * Capital goes out, as far as it is free.
     *
     * @param requestId as in {@link PayIn}; the two share their ids
     */
    public record PayOut(String by, Usdc amount, String requestId, ActorRef<OperatorReply> replyTo)
            implements OperatorCommand {}

    /** Asks for the pool's summary. */
    public record Query(ActorRef<PoolSummary> replyTo) implements Command {}

    /** What a Market is told. */
    public sealed interface ToMarket {}

    /**
     * Freeze your market for this view, price what your book holds, tell your Book. A Market that is
     * stopped answers {@link MarketStopped} instead; one that is silent counts as stopped after a while.
     */
    public record Prepare(long viewNumber, VectorPricer pricer) implements ToMarket {}

    /** The open view, with the inventory of this moment; sent again after each change of it. */
    public record Published(CapacityView view) implements ToMarket {}

    /** A view published under rules before these must not be shown any more; then acknowledge. */
    public record Outdated(long rules) implements ToMarket {}

    /** What a Book is told. */
    public sealed interface ToBook {}

    /**
     * Capacity started: what was granted before is void. The Book answers what is not yet written
     * with retry, and reports. Repeated until its report has come.
     */
    public record Incarnation(long capacityIncarnation) implements ToBook {}

    /** From now on reservations are decided under this view; vectors of earlier ones may be left out. */
    public record Opened(long viewNumber) implements ToBook {}

    /**
     * Its Market has none to freeze: sum the view over the market of an earlier one, and report. What
     * the Market has told of this view by then stands instead.
     */
    public record CarryOver(long viewNumber, long from) implements ToBook {}

    /**
     * Mode or limits are others: let go what an older grant has not written yet, then acknowledge.
     *
     * @param rules Capacity's sequence number from which they are in force
     */
    public record RulesChanged(long rules, Mode mode) implements ToBook {}

    /** The answer to a reservation. */
    public sealed interface ReserveReply {
        /** Of which reservation. */
        ReservationId id();
    }

    /**
     * The risk is granted until the book's report or release ends it.
     *
     * @param incarnation of the Capacity that granted
     * @param rules Capacity's sequence number at the decision: void once {@link RulesChanged} tells
     *     a greater one
     * @param reducing whether it reduces risk
     * @param decidedCharge the charge, decided once, on the inventory of this moment
     * @param viewNumber the view it was decided under
     * @param cut the books' sequence numbers that the inventory contained
     * @param accountLimits what the account that trades may hold of the underlying
     * @param countedPending reservations that counted as done, by id and note
     */
    public record Granted(
            ReservationId id,
            long incarnation,
            long rules,
            boolean reducing,
            Usdc decidedCharge,
            long viewNumber,
            SortedMap<Underlying, Long> cut,
            AccountLimits accountLimits,
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

    /**
     * Done and durable.
     *
     * @param what one line for the audit log
     * @param unacknowledged who had not acknowledged new rules in time; until they do, a trade that
     *     was granted before may still be written, or an older view be shown, for as long as a quote
     *     lives
     */
    public record Done(String what, List<Party> unacknowledged) implements OperatorReply {
        /** Copies the names. */
        public Done {
            unacknowledged = List.copyOf(unacknowledged);
        }
    }

    /** Refused and nothing changed; a short name with the numbers behind it. */
    public record Rejected(String reason) implements OperatorReply {}

    /** The wait for acknowledgements of an operator's order is over. */
    record WaitedEnough(long number) implements Command {}

    /** What it tells itself: recovery is over, the regular tick, publish what changed. */
    enum Own implements Command {
        BEGIN,
        TICK,
        PUBLISH
    }
}
