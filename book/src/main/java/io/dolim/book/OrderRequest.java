package io.dolim.book;

import io.dolim.book.order.OrderTerms;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BodyHash;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.OrderId;
import io.dolim.book.trade.RefusalReason;
import io.dolim.quoting.instrument.OptionContract;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.ActorRef;

/** What a taker, or the matcher for him, asks of a Book about resting orders; answered by one {@link OrderReply}. */
public sealed interface OrderRequest extends Book.Request {

    /** Whose orders. */
    AccountId account();

    /** Who is answered. */
    ActorRef<OrderReply> replyTo();

    @Override
    default Optional<AccountId> sender() {
        return Optional.of(account());
    }

    @Override
    default void turnAway() {
        replyTo().tell(Book.Refused.of(RefusalReason.QUEUE_FULL, new TreeMap<>()));
    }

    @Override
    default void leaveUnknown() {
        replyTo().tell(new Book.OutcomeUnknown());
    }

    /**
     * Let an order rest. Sent again with the same request id and body it is answered as it is by then.
     *
     * @param requestId unique within the account and the underlying
     * @param body hash of what the client sent
     * @param untilNs from when on nothing is decided, on the process's monotonic clock; empty: never
     */
    record Place(
            AccountId account,
            ClientOrderId requestId,
            BodyHash body,
            OrderTerms terms,
            OptionalLong untilNs,
            ActorRef<OrderReply> replyTo)
            implements OrderRequest {}

    /** Ask for another amount, at another limit. */
    record Amend(
            AccountId account,
            OrderId id,
            long lots,
            BigDecimal limitUsdc,
            OptionalLong untilNs,
            ActorRef<OrderReply> replyTo)
            implements OrderRequest {}

    /** Take one back. Refused when it is unknown, or rests no more. */
    record Cancel(AccountId account, OrderId id, ActorRef<OrderReply> replyTo)
            implements OrderRequest {}

    /** Take back all that are meant; none is an answer too. */
    record CancelAll(AccountId account, Selection which, String why, ActorRef<OrderReply> replyTo)
            implements OrderRequest {}

    /** The pool's price came to it, and the account could not take it. From the matcher. */
    record Reject(AccountId account, OrderId id, String why, ActorRef<OrderReply> replyTo)
            implements OrderRequest {
        /** It takes no room from its taker's own requests. */
        @Override
        public Optional<AccountId> sender() {
            return Optional.empty();
        }
    }

    /**
     * Which of an account's orders.
     *
     * @param contract only of this one
     * @param label only of this label
     * @param among only these
     */
    record Selection(
            Optional<OptionContract> contract,
            Optional<String> label,
            Optional<SortedSet<OrderId>> among) {

        /** Every one. */
        public static final Selection ALL =
                new Selection(Optional.empty(), Optional.empty(), Optional.empty());

        /** Copies the ids. */
        public Selection {
            among = among.map(ids -> Collections.unmodifiableSortedSet(new TreeSet<>(ids)));
        }

        /** Whether an order of those terms and that name is meant. */
        boolean means(OrderId id, OrderTerms terms) {
            return contract.map(terms.contract()::equals).orElse(true)
                    && label.map(terms.label()::equals).orElse(true)
                    && among.map(ids -> ids.contains(id)).orElse(true);
        }
    }
}
