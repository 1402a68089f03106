package io.dolim.book;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<R, Long> numbers = new IdentityHashMap<>();
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

    /** Forgets all, oldest first. */
    List<R> drain() {
        List<R> all = new ArrayList<>(inOrder.values());
        inOrder.clear();
        numbers.clear();
        return all;
    }

    int size() {
        return inOrder.size();
    }
}
