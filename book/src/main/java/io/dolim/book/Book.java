package io.dolim.book;

import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BodyHash;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.Posting;
import io.dolim.book.trade.RefusalReason;
import io.dolim.book.trade.RequestId;
import io.dolim.book.trade.Trade;
import io.dolim.book.trade.TradeId;
import io.dolim.capacity.Capacity;
import io.dolim.capacity.vector.InstrumentVectors;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.market.PricingMarket;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.ActorRef;

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

    /** What a Book is told. */
    public sealed interface Command {}

    /**
     * Accept a firm quote. Sent again with the same order id and body it returns the stored answer,
     * whatever has become of the token since.
     *
     * @param token as {@link io.dolim.book.trade.QuoteToken#seal} made it
     * @param account who asks; the token must be his
     * @param orderId unique within the account for ever
     * @param body hash of what the client sent: the token itself, or the order that led to it
     */
    public record AcceptQuote(
            String token,
            AccountId account,
            ClientOrderId orderId,
            BodyHash body,
            ActorRef<Reply> replyTo)
            implements Command {}

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

    /** Tell the Market what is held, now and after every change; repeated by the Market, idempotent. */
    public record WatchHoldings(ActorRef<Held> market) implements Command {}

    /** The contracts in which this Book has positions. */
    public record Held(SortedSet<OptionContract> contracts) {
        /** Copies the contracts. */
        public Held {
            contracts = Collections.unmodifiableSortedSet(new TreeSet<>(contracts));
        }
    }

    /** What Capacity says; whoever registers the Book wraps it so. */
    public record FromCapacity(Capacity.ToBook message) implements Command {}

    /** Read the Book. */
    public record Query(ActorRef<BookSummary> replyTo) implements Command {}

    /** An order of the operator or of the wiring; answered once by an {@link Ordered}. */
    public sealed interface Order extends Command {
        /** Who is answered. */
        ActorRef<Ordered> replyTo();
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

    /** Answer to {@link AcceptQuote}: exactly one per request. */
    public sealed interface Reply {}

    /** The quote is filled, now or when this order id was sent first. */
    public record Filled(Trade trade) implements Reply {}

    /** The order id was used with another body; nothing was done. */
    public record Conflict(ClientOrderId orderId) implements Reply {}

    /** Nothing was done, and the same request may succeed when sent again. */
    public record Retry(String why) implements Reply, Ordered {}

    /** Whether it was done is unknown until the journal has been read again: ask by the order id. */
    public record OutcomeUnknown() implements Reply, Ordered {}

    /**
     * Nothing was done, by a published rule.
     *
     * @param rule the rule's short name where the reason has several, else the reason's code
     * @param numbers the figures behind it, by name
     */
    public record Refused(RefusalReason reason, String rule, SortedMap<String, Double> numbers)
            implements Reply, Ordered {
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
