package io.dolim.book;

import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.Posting;
import io.dolim.book.trade.RequestId;
import io.dolim.capacity.journal.StoredEvent;
import io.dolim.quoting.money.Usdc;
import java.util.List;
import java.util.Set;

/** What an Account writes down; a stored format, described in {@code doc/events.md}. */
public sealed interface AccountEvent extends StoredEvent {

    /** Under which names read models find it. */
    Set<String> tags();

    /** The request that led to it. */
    RequestId requestId();

    /** Positive when cash came in. */
    Usdc change();

    /** Both sides of it. */
    List<Posting> postings();

    /** Cash came in. */
    record Deposited(
            AccountId account,
            RequestId requestId,
            String by,
            Usdc amount,
            long epochMs,
            List<Posting> postings)
            implements AccountEvent {
        /** Copies the postings. */
        public Deposited {
            postings = List.copyOf(postings);
        }

        @Override
        public Usdc change() {
            return amount;
        }

        @Override
        public Set<String> tags() {
            return Set.of(
                    "kind:deposited", Tags.account(account), Tags.request(account, requestId));
        }
    }

    /** Cash went out. */
    record Withdrawn(
            AccountId account,
            RequestId requestId,
            String by,
            Usdc amount,
            long epochMs,
            List<Posting> postings)
            implements AccountEvent {
        /** Copies the postings. */
        public Withdrawn {
            postings = List.copyOf(postings);
        }

        @Override
        public Usdc change() {
            return amount.negated();
        }

        @Override
        public Set<String> tags() {
            return Set.of(
                    "kind:withdrawn", Tags.account(account), Tags.request(account, requestId));
        }
    }
}
