package io.dolim.book.hedge;

import io.dolim.quoting.instrument.Underlying;
import java.math.BigDecimal;

/**
 * An order for the perpetual that is filled at once as far as it can be, the rest cancelled.
 *
 * @param lots bought when positive, sold when negative, never 0
 * @param limitUsdc worst price, USDC per coin, on the tick
 * @param reduceOnly whether it may only bring the position at the venue towards 0
 * @param label tells the venue's ledger whose it is; at most {@value #LONGEST_LABEL} characters
 */
public record VenueOrder(
        Underlying underlying, long lots, BigDecimal limitUsdc, boolean reduceOnly, String label) {

    /** Longest label. */
    public static final int LONGEST_LABEL = 64;

    /** @throws IllegalArgumentException naming the figure and the rule */
    public VenueOrder {
        if (lots == 0 || limitUsdc.signum() <= 0) {
            throw new IllegalArgumentException(
                    "lots=" + lots + " limitUsdc=" + limitUsdc + " must not be 0, and positive");
        }
        if (label.isEmpty() || label.length() > LONGEST_LABEL) {
            throw new IllegalArgumentException(
                    "label=" + label + " must have 1 to " + LONGEST_LABEL + " characters");
        }
    }
}
