package io.dolim.quoting.pricing;

/** The number that every trade carries, so that its price can be computed again to the bit. */
public final class PricingVersion {
    private PricingVersion() {}

    /**
     * 1: the hedge cost of a quote by the Black delta. 2: by the delta along the smile.
     *
     * <p>Grows by one whenever any price or greek changes by a single bit; the golden
     * tape of the tests holds it to that.
     */
    public static final int CURRENT = 2;
}
