package io.dolim.book;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.TreeMap;

/**
 * Requests that have come in and are not answered yet. Stands outside the supervised behaviour, so that
 * a crash forgets none of them; by identity, because two requests may read alike. Belongs to one
 * actor and is touched on its thread only.
 *
 * @param <R> kind of request
 */
final class Outstanding<R> {

    private final int most;
    private final IdentityHashMap<R, Long> numbers = new IdentityHashMap<>();
    private final TreeMap<Long, R> inOrder = new TreeMap<>();
    private long last;

    /** @param most how many may wait at once */
    Outstanding(int most) {
        this.most = most;
    }

    /** Remembers a request; false when there is no room. */
    boolean admit(R request) {
        if (inOrder.size() >= most) {
            return false;
        }
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
        return true;
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
        inOrder.headMap(number, true).clear();
        return old;
    }
}
