package io.dolim.quoting.instrument;

/** The right an option gives: to buy ({@code CALL}) or to sell ({@code PUT}) the underlying. */
public enum OptionType {
    CALL,
    PUT;

    /** +1 for a call, -1 for a put: the sign that the pricing formulas call theta. */
    public int sign() {
        return this == CALL ? 1 : -1;
    }
}
