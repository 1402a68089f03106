package io.dolim.quoting.market;

/**
 * What of a perpetual's premium counts.
 *
 * @param intervalMinutes over which it is averaged
 * @param leastSamples of the interval's minutes, below which nothing is expected
 * @param deadBand premium that pays no funding, as a share
 * @param mostPremium a tick farther from the index is no sample, as a share
 */
public record PremiumRules(
        int intervalMinutes, int leastSamples, double deadBand, double mostPremium) {

    /** @throws IllegalArgumentException when a figure is out of its range */
    public PremiumRules {
        require(
                "intervalMinutes",
                intervalMinutes,
                intervalMinutes >= 1 && intervalMinutes <= 1440);
        require("leastSamples", leastSamples, leastSamples >= 1 && leastSamples <= intervalMinutes);
        require("deadBand", deadBand, deadBand >= 0.0 && deadBand < 1.0);
        require("mostPremium", mostPremium, mostPremium > 0.0 && mostPremium < 1.0);
    }

    /** The reference configuration: eight hours, an hour's samples at least, 0.025 %, 1 %. */
    public static PremiumRules standard() {
        return new PremiumRules(480, 60, 0.00025, 0.01);
    }

    private static void require(String name, double value, boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException(name + "=" + value + " is out of range");
        }
    }
}
