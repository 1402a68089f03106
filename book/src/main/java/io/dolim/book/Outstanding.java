package io.dolim.book;

import io.dolim.book.trade.AccountId;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Requests that have come in and are not answered yet. Stands outside the supervised behaviour, so that
 * a crash forgets none of them; by identity, because two requests may read alike. Belongs to one
 * actor and is touched on its thread only.
 *
 * @param <R> kind of request
 */
final class Outstanding<R> {

    private final int most;
    private final int mostOfOne;
    private final Function<R, Optional<AccountId>> sender;
    private final TreeMap<AccountId, Integer> bySender = new TreeMap<>();
    private final IdentityHashMap<R, Long> numbers = new IdentityHashMap<>();
    private final TreeMap<Long, R> inOrder = new TreeMap<>();
    private long last;

    /** @param most how many may wait at once */
    Outstanding(int most) {
        this(most, most, _ -> Optional.empty());
    }

    /**
     * Room that one sender cannot take from the others.
     *
     * @param most how many may wait at once
     * @param mostOfOne how many of them may be of one account
     * @param sender whose request it is; empty for one that is nobody's
     */
    Outstanding(int most, int mostOfOne, Function<R, Optional<AccountId>> sender) {
        this.most = most;
        this.mostOfOne = mostOfOne;
        this.sender = sender;
    }

    /** Remembers a request; false when there is no room, in all or for its sender. */
    boolean admit(R request) {
        Optional<AccountId> from = sender.apply(request);
        if (inOrder.size() >= most || from.filter(this::hasItsShare).isPresent()) {
            return false;
        }
        from.ifPresent(account -> bySender.merge(account, 1, Integer::sum));
        last++;
        numbers.put(request, last);
        inOrder.put(last, request);
        return true;
    }

    /** Forgets a request that is about to be answered; false when it was answered before. */
    boolean settle(R request) {
        Long number = numbers.remove(request);
        if (number == null) {
            return false;
        }
        inOrder.remove(number);
        leave(request);
        return true;
    }

    private boolean hasItsShare(AccountId account) {
        return bySender.getOrDefault(account, 0) >= mostOfOne;
    }

    private void leave(R request) {
        sender.apply(request)
                .ifPresent(
                        account ->
                                bySender.computeIfPresent(
                                        account, (_, count) -> count == 1 ? null : count - 1));
    }

    /** The number of the latest request. */
    long last() {
        return last;
    }

    /** Forgets all, oldest first. */
    List<R> drain() {
        return drainTo(last);
    }

    /** Forgets those up to a number, oldest first: what an earlier incarnation had in hand. */
    List<R> drainTo(long number) {
        List<R> old = new ArrayList<>(inOrder.headMap(number, true).values());
        old.forEach(numbers::remove);
        old.forEach(this::leave);
        inOrder.headMap(number, true).clear();
        return old;
    }
}
