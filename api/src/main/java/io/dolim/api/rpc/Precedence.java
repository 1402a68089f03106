package io.dolim.api.rpc;

/**
 * Who gives way where a queue is short: updates and quotes first, then all other answers, then what moves risk. Each may
 * fill its share of a bound and no more, so that the last quarter is never taken by what gives way.
 */
enum Precedence {
    QUOTE(2),
    OTHER(3),
    TRADE(4);

    private static final int WHOLE = 4;

    private final int quarters;

    Precedence(int quarters) {
        this.quarters = quarters;
    }

    /** Its share of a bound, rounded up: a bound of one lets everything in. */
    int of(int max) {
        return Math.toIntExact(of((long) max));
    }

    /** Its share of a bound, rounded up. */
    long of(long max) {
        return Math.ceilDiv(Math.multiplyExact(max, (long) quarters), WHOLE);
    }
}
