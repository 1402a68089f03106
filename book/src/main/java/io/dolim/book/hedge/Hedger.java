package io.dolim.book.hedge;

import io.dolim.book.Book;
import io.dolim.book.FirmWriter;
import io.dolim.book.PricingView;
import io.dolim.book.WriterHalted;
import io.dolim.capacity.JournalRoom;
import io.dolim.capacity.Moment;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/**
 * Keeps an underlying's net delta within its policy's band: raises signals, keeps the keepers' board and
 * the pool's books at venues. Event-sourced; answers every request exactly once; journals what it decided
 * before it says so.
 *
 * <p>Hears its market's views and what its Book holds, asks venues for their ledgers, and reports to
 * Capacity cumulative totals. Trades nothing itself: keepers do, and only a venue's ledger moves what it
 * believes to hold.
 */
public final class Hedger {

    private static final String PREFIX = "hedge-";

    private Hedger() {}

    /** The persistence id of an underlying's Hedger. */
    public static String persistenceId(Underlying underlying) {
        return PREFIX + underlying;
    }

    /**
     * What a Hedger reaches.
     *
     * @param book whose options are hedged
     * @param venues by name
     * @param forecast of volatility; used where the policy says so
     * @param clock both clocks; the wall clock is the feed's
     * @param incarnations a greater number at each call, also over restarts of the process
     * @param report tells Capacity what is held; called after each change and at every look at the time
     * @param room what the journal still takes, of this moment; must not block
     * @param written is told each event once it is written down; must not block
     * @param guardian who halts the process
     */
    public record Ports(
            ContractSpec options,
            ActorRef<Book.Command> book,
            SortedMap<String, ActorRef<Venue.Command>> venues,
            HeldOptions.Forecast forecast,
            Supplier<Moment> clock,
            LongSupplier incarnations,
            Consumer<HedgeTotals> report,
            Supplier<JournalRoom> room,
            Consumer<HedgeEvent> written,
            ActorRef<WriterHalted> guardian) {
        /** Copies the venues. */
        public Ports {
            venues = Collections.unmodifiableSortedMap(new TreeMap<>(venues));
        }
    }

    /** The Hedger of an underlying. */
    public static Behavior<Command> create(HedgeTerms terms, HedgeSettings settings, Ports ports) {
        return FirmWriter.of(
                persistenceId(terms.spec().underlying()),
                new FirmWriter.Answering<>(
                        Request.class,
                        settings.maxRequests(),
                        full -> full.replyTo().tell(new Refused("queue_full", new TreeMap<>())),
                        unknown -> unknown.replyTo().tell(new OutcomeUnknown())),
                Tick.NOW,
                settings.tick(),
                ports.guardian(),
                (context, settle) -> new HedgeWriter(terms, settings, ports, settle, context));
    }

    /** What a Hedger is told. */
    public sealed interface Command {}

    /** The market's newest view. */
    public record Observe(PricingView view) implements Command {}

    /** What the pool holds of options. */
    record Holds(SortedMap<OptionContract, Long> lots) implements Command {
        Holds {
            lots = Collections.unmodifiableSortedMap(new TreeMap<>(lots));
        }
    }

    /**
     * Read the Hedger.
     *
     * @param hashed whether with the hash of its state, which takes longer
     */
    public record Query(boolean hashed, ActorRef<HedgeSummary> replyTo) implements Command {}

    /** What must be answered exactly once. */
    public sealed interface Request extends Command {
        /** Who is answered. */
        ActorRef<Reply> replyTo();

        /** Whether it begins something: refused while the journal keeps what is left for what has begun. */
        default boolean begins() {
            return false;
        }
    }

    /**
     * A keeper claims a job.
     *
     * @param lots how many, signed as the job; 0 for all that are left
     */
    public record Claim(KeeperId keeper, long job, long lots, ActorRef<Reply> replyTo)
            implements Request {
        @Override
        public boolean begins() {
            return true;
        }
    }

    /** A keeper has traded under its lease; sent again it is answered again. */
    public record ReportFill(
            KeeperId keeper,
            long fence,
            String venue,
            String tradeId,
            long lots,
            ActorRef<Reply> replyTo)
            implements Request {}

    /** A keeper gives back what it has not traded. */
    public record Release(KeeperId keeper, long fence, ActorRef<Reply> replyTo)
            implements Request {}

    /** An operator chooses a policy. */
    public record ChoosePolicy(String by, PolicyTerms policy, ActorRef<Reply> replyTo)
            implements Request {
        @Override
        public boolean begins() {
            return true;
        }
    }

    /** An operator stops hedging. */
    public record Stop(String by, String why, ActorRef<Reply> replyTo) implements Request {}

    /** An operator lets hedging go on, after a stop or a breaker. */
    public record Resume(String by, String why, ActorRef<Reply> replyTo) implements Request {}

    /** An operator takes a venue's word for what lies there, where the books say something else. */
    public record Adopt(String by, String venue, ActorRef<Reply> replyTo) implements Request {}

    /** An operator lets a suspended keeper claim again. */
    public record Forgive(String by, KeeperId keeper, ActorRef<Reply> replyTo) implements Request {
        @Override
        public boolean begins() {
            return true;
        }
    }

    /**
     * A venue has answered.
     *
     * @param askedMs when it was asked, on the feed's clock
     */
    record VenueSaid(Venue.Told told, long askedMs) implements Command {}

    /** Time passes. */
    enum Tick implements Command {
        /** The only one. */
        NOW
    }

    /** Answer to a {@link Request}: exactly one. */
    public sealed interface Reply {}

    /** The lease is the keeper's. */
    public record Claimed(Lease lease, String label) implements Reply {}

    /** It is written down, now or before. */
    public record Done() implements Reply {}

    /**
     * Nothing was done, by a published rule.
     *
     * @param numbers the figures behind it, by name
     */
    public record Refused(String rule, SortedMap<String, Double> numbers) implements Reply {
        /** Copies the numbers. */
        public Refused {
            numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
        }
    }

    /** Whether it was done is unknown until the journal has been read again. */
    public record OutcomeUnknown() implements Reply {}
}
