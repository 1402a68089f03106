package io.dolim.quoting.quote;

import io.dolim.quoting.instrument.OptionContract;

/**
 * One instrument of a package.
 *
 * @param lots signed from the taker: positive buys, negative sells; never zero
 */
public record Leg(OptionContract contract, long lots) {

    /** @throws IllegalArgumentException when the quantity is zero or cannot be negated */
    public Leg {
        if (lots == 0 || lots == Long.MIN_VALUE) {
            throw new IllegalArgumentException("lots=" + lots + " must not be zero");
        }
    }
}
