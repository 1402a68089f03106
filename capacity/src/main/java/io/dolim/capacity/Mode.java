package io.dolim.capacity;

/** What the pool takes on. In every mode a risk-reducing trade is granted. */
public enum Mode {
    /** Risk is granted within the limits. */
    OPEN,
    /** Only what reduces risk is granted. */
    REDUCE_ONLY,
    /** The kill switch: as reduce-only, and besides no discount, no capital outflow, no change of a limit. */
    HALTED
}
