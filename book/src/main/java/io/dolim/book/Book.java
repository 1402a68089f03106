package io.dolim.book;

import io.dolim.book.order.OrderBoard;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BodyHash;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.Posting;
import io.dolim.book.trade.QuoteToken;
import io.dolim.book.trade.RefusalReason;
import io.dolim.book.trade.RequestId;
import io.dolim.book.trade.Trade;
import io.dolim.book.trade.TradeId;
import io.dolim.capacity.Capacity;
import io.dolim.capacity.ChargeAccount;
import io.dolim.capacity.JournalRoom;
import io.dolim.capacity.Moment;
import io.dolim.capacity.vector.InstrumentVectors;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The one writer of an underlying's trades. Answers every request exactly once; takes no risk that
 * Capacity has not granted and no order that the taker's Account has not covered; journals what it
 * did before it says so.
 *
 * <p>Talks to Capacity (reserve, report), Accounts (hold, report), its Market (vectors, index
 * samples) and the outward face (accepts, the operator's orders). Opens no socket, reads no clock but
 * the one handed in.
 */
public final class Book {

    private Book() {}

    /** The persistence id of an underlying's Book. */
    public static String persistenceId(Underlying underlying) {
        return "book-" + underlying;
    }

    /**
     * What a Book reaches.
     *
     * @param tokens opens what the outward face sealed
     * @param views the pricing views of the last seconds
     * @param clock both clocks; the wall clock is the feed's
     * @param incarnations a greater number at each call, also over restarts of the process
     * @param guardian who halts the process
     * @param terms of the charge account, the same as Capacity's
     * @param tally is told of every accept once it is answered; not on the Book's thread; must not block
     * @param recorded what all Books of this journal have on disk
     * @param room what the journal still takes, of this moment; must not block
     * @param orders where the resting orders of all Books hang
     */
    public record Ports(
            ActorRef<Capacity.Command> capacity,
            ActorRef<Accounts.Command> accounts,
            ActorRef<TradeIndex.Command> index,
            QuoteToken tokens,
            PublishedViews views,
            Supplier<Moment> clock,
            LongSupplier incarnations,
            ActorRef<WriterHalted> guardian,
            ChargeAccount.Terms terms,
            Consumer<Accepted> tally,
            RecordedContents recorded,
            Supplier<JournalRoom> room,
            OrderBoard orders) {}

    /** A Book, supervised: a fault restarts it from its journal under the same ref. */
    public static Behavior<Command> create(
            Underlying underlying, BookSettings settings, Ports ports) {
        return create(underlying, settings, ports, UnaryOperator.identity());
    }

    /** A Book with something between supervision and the writer: a test's way to make it fail. */
    static Behavior<Command> create(
            Underlying underlying,
            BookSettings settings,
            Ports ports,
            UnaryOperator<Behavior<Command>> around) {
        return Behaviors.setup(
                context -> {
                    StrictPersistence.require(context.getSystem().settings().config());
                    BookMemory memory = BookMemory.empty(settings);
                    Behavior<Command> writer =
                            Restarts.ticking(
                                    Tick.NOW,
                                    settings.tick(),
                                    Behaviors.setup(
                                            inner ->
                                                    new BookWriter(
                                                            underlying,
                                                            settings,
                                                            ports,
                                                            memory,
                                                            inner)));
                    return Doorkeeper.before(
                            Restarts.around(around.apply(writer)),
                            persistenceId(underlying),
                            Request.class,
                            memory.outstanding(),
                            Request::turnAway,
                            Request::leaveUnknown,
                            ports.guardian());
                });
    }

    /** What a Book is told. */
    public sealed interface Command {}

    /** What must be answered exactly once. */
    public sealed interface Request extends Command permits AcceptQuote, Order, OrderRequest {

        /** Whose share of the room it takes; empty for an operator's. */
        Optional<AccountId> sender();

        /** Says that there is no room. */
        void turnAway();

        /** Says that the outcome is unknown. */
        void leaveUnknown();
    }

    /**
     * Accept a firm quote. Sent again with the same order id and body it returns the stored answer,
     * whatever has become of the token since.
     *
     * @param token as {@link io.dolim.book.trade.QuoteToken#seal} made it
     * @param account who asks; the token must be his
     * @param orderId unique within the account for ever
     * @param body hash of what the client sent: the token itself, or the order that led to it
     * @param conditions under which it may be written
     */
    public record AcceptQuote(
            String token,
            AccountId account,
            ClientOrderId orderId,
            BodyHash body,
            Conditions conditions,
            ActorRef<Reply> replyTo)
            implements Request {
        /** On no conditions. */
        public AcceptQuote(
                String token,
                AccountId account,
                ClientOrderId orderId,
                BodyHash body,
                ActorRef<Reply> replyTo) {
            this(token, account, orderId, body, Conditions.NONE, replyTo);
        }

        @Override
        public Optional<AccountId> sender() {
            return Optional.of(account);
        }

        @Override
        public void turnAway() {
            replyTo.tell(Refused.of(RefusalReason.QUEUE_FULL, new TreeMap<>()));
        }

        @Override
        public void leaveUnknown() {
            replyTo.tell(new OutcomeUnknown());
        }
    }

    /**
     * An Account's start: it wants this Book's report, and none of its former holds stand. Repeated
     * until answered; harmless when repeated.
     */
    public record ReportTo(AccountId account, long accountIncarnation) implements Command {}

    /**
     * The index at a moment. Inside the averaging window of an expiry, the first of each interval is
     * journaled as a settlement sample; all others are ignored.
     *
     * @param epochMs the feed's clock
     * @param indexUsdc USDC per coin, positive
     */
    public record IndexSample(long epochMs, BigDecimal indexUsdc) implements Command {}

    /**
     * A market view was prepared: sum under it from now on, and report.
     *
     * @param market this underlying's, frozen for the view
     * @param pricer of Capacity's message; prices what {@code vectors} lacks
     * @param vectors of one lot by contract, at least of what was held when it was frozen
     */
    public record Revalue(
            long viewNumber,
            PricingMarket market,
            VectorPricer pricer,
            SortedMap<OptionContract, InstrumentVectors> vectors)
            implements Command {
        /** Copies the vectors. */
        public Revalue {
            vectors = Collections.unmodifiableSortedMap(new TreeMap<>(vectors));
        }
    }

    /** Tell what is held, now and after every change; repeated by who wants it, idempotent. */
    public record WatchHoldings(ActorRef<Held> watcher) implements Command {}

    /**
     * What the pool holds of this Book's contracts.
     *
     * @param lots by contract, signed, none of them zero
     */
    public record Held(SortedMap<OptionContract, Long> lots) {
        /** Copies the lots. */
        public Held {
            lots = Collections.unmodifiableSortedMap(new TreeMap<>(lots));
        }

        /** The contracts in which there are positions. */
        public SortedSet<OptionContract> contracts() {
            return new TreeSet<>(lots.keySet());
        }
    }

    /** What Capacity says; whoever registers the Book wraps it so. */
    public record FromCapacity(Capacity.ToBook message) implements Command {}

    /** Read the Book. */
    public record Query(ActorRef<BookSummary> replyTo) implements Command {}

    /** Read what the pool holds, without the Book's hash. */
    public record AskPositions(ActorRef<Positions> replyTo) implements Command {}

    /**
     * What the pool holds of this Book's contracts.
     *
     * @param sequence the Book's last event that it contains
     * @param lots by contract, signed, none of them zero
     */
    public record Positions(
            Underlying underlying, long sequence, SortedMap<OptionContract, Long> lots) {
        /** Copies the lots. */
        public Positions {
            lots = Collections.unmodifiableSortedMap(new TreeMap<>(lots));
        }
    }

    /** Settle what is due by the clock, and answer when nothing is left that can be: what waits for an operator waits on. */
    public record AwaitSettled(ActorRef<Settled> replyTo) implements Command {}

    /** Answer to {@link AwaitSettled}. */
    public record Settled(Underlying underlying) {}

    /** An order of the operator or of the wiring; answered once by an {@link Ordered}. */
    public sealed interface Order extends Request {
        /** Who is answered. */
        ActorRef<Ordered> replyTo();

        @Override
        default Optional<AccountId> sender() {
            return Optional.empty();
        }

        @Override
        default void turnAway() {
            replyTo().tell(Refused.of(RefusalReason.QUEUE_FULL, new TreeMap<>()));
        }

        @Override
        default void leaveUnknown() {
            replyTo().tell(new OutcomeUnknown());
        }
    }

    /** Open contracts for trading. Those that are listed already stay as they are. */
    public record ListContracts(
            String by, ContractSpec spec, List<OptionContract> contracts, ActorRef<Ordered> replyTo)
            implements Order {
        /** Copies the contracts. */
        public ListContracts {
            contracts = List.copyOf(contracts);
        }
    }

    /** Close contracts for trading; positions in them stay until they are closed or settled. */
    public record DelistContracts(
            String by, List<OptionContract> contracts, ActorRef<Ordered> replyTo) implements Order {
        /** Copies the contracts. */
        public DelistContracts {
            contracts = List.copyOf(contracts);
        }
    }

    /**
     * Settle an expiry, which has too few samples, at a price of the operator's.
     *
     * @param priceUsdc USDC per coin; not negative, at most six decimals
     */
    public record SettleAt(
            String by, String why, Expiry expiry, BigDecimal priceUsdc, ActorRef<Ordered> replyTo)
            implements Order {}

    /**
     * Compensate a trade. Operator only; the postings balance.
     *
     * @param requestId does it once, however often it is sent
     */
    public record AdjustTrade(
            RequestId requestId,
            String by,
            String why,
            TradeId trade,
            List<Posting> postings,
            ActorRef<Ordered> replyTo)
            implements Order {
        /** Copies the postings. */
        public AdjustTrade {
            postings = List.copyOf(postings);
        }
    }

    /** An Account has answered. */
    record HoldAnswered(Account.HoldReply reply) implements Command {}

    /** Capacity has answered. */
    record ReserveAnswered(Capacity.ReserveReply reply) implements Command {}

    /** An accept was answered: count it. */
    record Count(AcceptQuote accept, Reply reply) implements Command {}

    /** The index has answered. */
    record AdjustmentRecalled(TradeIndex.Recollection found) implements Command {}

    /** Go on with what is due. */
    enum Settle implements Command {
        /** The only one. */
        NOW
    }

    /** Time passes. */
    enum Tick implements Command {
        /** The only one. */
        NOW
    }

    /** Answer to {@link AcceptQuote}: exactly one per request. */
    public sealed interface Reply {}

    /** The quote is filled, now or when this order id was sent first. */
    public record Filled(Trade trade) implements Reply {}

    /** The order id was used with another body; nothing was done. */
    public record Conflict(ClientOrderId orderId) implements Reply, OrderReply {}

    /** Nothing was done, and the same request may succeed when sent again. */
    public record Retry(String why) implements Reply, Ordered, OrderReply {}

    /** Whether it was done is unknown until the journal has been read again: ask by the order id. */
    public record OutcomeUnknown() implements Reply, Ordered, OrderReply {}

    /**
     * Nothing was done, by a published rule.
     *
     * @param rule the rule's short name where the reason has several, else the reason's code
     * @param numbers the figures behind it, by name
     */
    public record Refused(RefusalReason reason, String rule, SortedMap<String, Double> numbers)
            implements Reply, Ordered, OrderReply {
        /** Copies the numbers. */
        public Refused {
            numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
        }

        static Refused of(RefusalReason reason, SortedMap<String, Double> numbers) {
            return new Refused(reason, reason.code(), numbers);
        }
    }

    /** Answer to an {@link Order}. */
    public sealed interface Ordered {}

    /** The order is carried out and written down, now or before. */
    public record Done() implements Ordered {}
}
