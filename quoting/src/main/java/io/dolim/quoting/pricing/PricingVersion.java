package io.dolim.quoting.pricing;

import java.util.stream.IntStream;

/** The number that every trade carries, so that its price can be computed again to the bit. */
public final class PricingVersion {
    private PricingVersion() {}

    /**
     * 1: the hedge cost of a quote by the Black delta. 2: by the delta along the smile. 3: a sale whose
     * charge and hedge cost more than the option is worth is refused, and no longer taken for nothing.
     *
     * <p>Grows by one whenever any price or greek changes by a single bit; the golden
     * tape of the tests holds it to that.
     */
    public static final int CURRENT = 3;

    /** From this one on prices can be computed again. */
    public static final int EARLIEST = 2;

    /**
     * Reads what a trade carries.
     *
     * @return its number
     * @throws IllegalArgumentException when prices under it cannot be computed again
     */
    public static int parse(String written) {
        if (!computable(written)) {
            throw new IllegalArgumentException(
                    "pricing_version=" + written + " must be " + EARLIEST + " to " + CURRENT);
        }
        return Integer.parseInt(written);
    }

    /** Whether prices under what a trade carries can be computed again. */
    public static boolean computable(String written) {
        return IntStream.rangeClosed(EARLIEST, CURRENT)
                .anyMatch(version -> written.equals(Integer.toString(version)));
    }
}
