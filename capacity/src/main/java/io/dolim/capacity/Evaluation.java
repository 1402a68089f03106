package io.dolim.capacity;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The pool's figures at one inventory, with reservations counted at their worst.
 *
 * @param equity USDC at mark
 * @param capital K now, USDC
 * @param worstDamped L(P), USDC
 * @param worstUndamped worst loss of any scenario, USDC
 * @param hedgingBuffer USDC
 * @param used by limit, as {@code gamma_share:BTC}, in the limit's own unit
 * @param allowed by limit, the same keys
 */
record Evaluation(
        double equity,
        double capital,
        double worstDamped,
        double worstUndamped,
        double hedgingBuffer,
        SortedMap<String, Double> used,
        SortedMap<String, Double> allowed) {

    Evaluation {
        used = Collections.unmodifiableSortedMap(new TreeMap<>(used));
        allowed = Collections.unmodifiableSortedMap(new TreeMap<>(allowed));
    }

    double rac() {
        return capital - worstDamped - hedgingBuffer;
    }

    double used(String limit) {
        return used.getOrDefault(limit, 0.0);
    }

    /** Whether a limit holds; a figure that is not a number holds nothing. */
    boolean holds(String limit) {
        return used(limit) <= allowed.getOrDefault(limit, Double.NaN);
    }
}
