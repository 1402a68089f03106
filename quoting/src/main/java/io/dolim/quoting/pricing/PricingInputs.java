package io.dolim.quoting.pricing;

/** The door of the pricing functions: what is not a number that a price can be made of is refused with its name, value and rule. */
final class PricingInputs {
    private PricingInputs() {}

    /** Far outside any market, and near enough that squares and ratios of two such numbers stay normal doubles. */
    static final double LEAST = 1e-100;

    static final double MOST = 1e100;

    /** A total deviation sigma sqrt(T) below it counts as zero. */
    static final double LEAST_DEVIATION = 1e-100;

    static void check(
            double forward, double strike, double years, double volAnnual, double discount) {
        positive("forward", forward);
        positive("strike", strike);
        notNegative("years", years);
        notNegative("volAnnual", volAnnual);
        positive("discount", discount);
    }

    static void positive(String name, double value) {
        if (!(value >= LEAST && value <= MOST)) {
            throw new IllegalArgumentException(name + "=" + value + " rule=within 1e-100 to 1e100");
        }
    }

    static void notNegative(String name, double value) {
        if (!(value >= 0.0 && value <= MOST)) {
            throw new IllegalArgumentException(name + "=" + value + " rule=within 0 to 1e100");
        }
    }
}
