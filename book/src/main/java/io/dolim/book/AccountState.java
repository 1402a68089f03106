package io.dolim.book;

import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BrokenInvariant;
import io.dolim.book.trade.Posting;
import io.dolim.book.trade.RequestId;
import io.dolim.capacity.journal.StoredEvent;
import io.dolim.quoting.money.Usdc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an Account's own journal says.
 *
 * @param sequence how many events made it
 * @param cash deposits less withdrawals
 * @param recent the latest movements, oldest first
 * @param evicted whether there are older ones
 */
public record AccountState(
        AccountId account, long sequence, Usdc cash, List<Movement> recent, boolean evicted)
        implements StoredEvent {

    /** Movements that are remembered by request id; part of the state, so not configurable. */
    public static final int RECENT = 128;

    /** A deposit (positive) or a withdrawal. */
    public record Movement(RequestId requestId, Usdc change) {}

    /** Copies the movements. */
    public AccountState {
        recent = List.copyOf(recent);
    }

    /** An account that never moved money. */
    public static AccountState empty(AccountId account) {
        return new AccountState(account, 0, Usdc.ZERO, List.of(), false);
    }

    /** The movement of a request id, if it is among the recent. */
    public Optional<Movement> movement(RequestId requestId) {
        return recent.stream().filter(m -> m.requestId().equals(requestId)).findFirst();
    }

    /**
     * The state after an event.
     *
     * @throws BrokenInvariant when the event is not a balanced movement of this account
     */
    public AccountState apply(AccountEvent event) {
        Posting.requireBalanced(event.postings());
        Usdc own = Usdc.ZERO;
        for (Posting posting : event.postings()) {
            if (posting.isTaker() && posting.account().equals(account) && posting.isCash()) {
                own = own.plus(new Usdc(posting.amount()));
            }
        }
        if (!own.equals(event.change())) {
            throw new BrokenInvariant("postings move " + own + ", not " + event.change());
        }
        boolean full = recent.size() == RECENT;
        List<Movement> later = new ArrayList<>(recent.subList(full ? 1 : 0, recent.size()));
        later.add(new Movement(event.requestId(), event.change()));
        return new AccountState(
                account, Math.addExact(sequence, 1), cash.plus(own), later, evicted || full);
    }
}
