package io.dolim.quoting.quote;

import java.util.Locale;

/** Why a package has no price. The list is published; none depends on which way the market moved. */
public enum QuoteRefusal {
    /** An instrument is past its expiry. */
    EXPIRED,
    /** An instrument's payoff is about to be, or partly, fixed. */
    EXPIRY_CLOSING,
    /** A quantity is outside the contract's sizes. */
    INVALID_SIZE,
    /** An instrument is of another underlying than the market that is asked. */
    FOREIGN_UNDERLYING,
    /** The market's inputs are missing, too old or failed the guard. */
    STALE_MARKET,
    /** The pool's own figures are missing or too old. */
    STALE_VIEW,
    /** The pool cannot take the risk; the rule that says so is named beside. */
    NO_CAPACITY,
    /** A figure of the price came out unknown or without bound. */
    UNPRICEABLE;

    /** Its published name, as in {@code expiry_closing}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
