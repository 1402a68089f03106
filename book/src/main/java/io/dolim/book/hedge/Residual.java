package io.dolim.book.hedge;

/**
 * How an underlying stands to its band after a decision.
 *
 * @param netCoins options and what is held at venues
 * @param comingCoins what is claimed or reported and not booked, and what is offered
 * @param band that holds
 * @param why {@code inside}, or the reason for which it is not
 */
public record Residual(double netCoins, double comingCoins, Band band, Why why) {

    /** Why the net delta is where it is. */
    public enum Why {
        /** It is within the band. */
        INSIDE,
        /** What brings it there is on the keepers' board or under way. */
        UNDER_WAY,
        /** The policy's interval has not passed. */
        INTERVAL,
        /** An operator or a breaker has stopped hedging. */
        STOPPED,
        /** No venue stands. */
        NO_VENUE,
        /** The hedging buffer is empty. */
        BUFFER_EMPTY,
        /** The journal keeps what room is left for what has begun. */
        JOURNAL_FULL,
        /** The market says nothing that can be hedged by. */
        NO_MARKET
    }
}
