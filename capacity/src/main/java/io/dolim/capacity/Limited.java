package io.dolim.capacity;

/**
 * A figure that has a limit.
 *
 * @param limit its key, as {@code gamma_share}
 * @param of what it is a figure of: an underlying, a bucket or a series
 * @param used in the limit's own unit
 * @param allowed the same
 */
record Limited(String limit, Object of, double used, double allowed) {

    /** As refusals name it: {@code gamma_share:BTC}; a limit that has its underlying in its key stands alone. */
    String name() {
        return limit + of;
    }

    /** A figure that is not a number holds nothing. */
    boolean holds() {
        return used <= allowed;
    }
}
