package io.dolim.capacity;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The last time an underlying's protection was tripped.
 *
 * @param untilMs nothing that adds risk before; trades of before count in no window after
 * @param limit what was exceeded
 * @param used in the limit's unit
 */
record Trip(long atMs, long untilMs, String limit, double used, double allowed) {

    boolean isOn(long nowMs) {
        return nowMs < untilMs;
    }

    /** Lifted at a time, unless it had ended by itself. */
    Trip liftedAt(long ms) {
        return new Trip(atMs, Math.min(untilMs, ms), limit, used, allowed);
    }

    SortedMap<String, Double> numbers(long nowMs) {
        SortedMap<String, Double> numbers = new TreeMap<>();
        numbers.put("used", used);
        numbers.put("allowed", allowed);
        numbers.put("freeze_left_ms", (double) (untilMs - nowMs));
        return numbers;
    }

    @Override
    public String toString() {
        return Protection.RULE + " " + limit + " used=" + used + " allowed=" + allowed;
    }
}
