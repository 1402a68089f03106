package io.dolim.book.hedge;

import io.dolim.quoting.money.Usdc;

/**
 * What moved the pool's cash at a venue besides trades.
 *
 * @param sequence rises with every payment at this venue
 * @param epochMs the venue's clock, milliseconds since 1970
 * @param amount the pool received when positive
 */
public record VenuePayment(long sequence, long epochMs, Kind kind, Usdc amount) {

    /** Why it was paid. */
    public enum Kind {
        /** Funding between longs and shorts. */
        FUNDING,
        /** The pool put collateral there or took it back; nobody's profit. */
        TRANSFER,
        /** What the venue takes for closing a position by itself. */
        LIQUIDATION_FEE
    }
}
