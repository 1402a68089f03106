package io.dolim.api.feed;

import io.dolim.quoting.instrument.ListingRule;
import io.dolim.quoting.instrument.Underlying;

/**
 * How a simulated coin behaves.
 *
 * @param spotUsdc price at the start, USDC per coin
 * @param volAnnual volatility to which it returns, annual, decimal
 * @param volReversion how fast, per year
 * @param volOfVol annual standard deviation of the log volatility
 * @param spotVolCorrelation of price and volatility, -1 to 1
 * @param jumpsPerYear jumps of its own
 * @param jumpStd standard deviation of a jump's log size
 * @param skew SSVI's rho to which the smile returns, -0.7 to 0.3
 * @param carryAnnual drift of the forwards, annual, decimal
 * @param listing which of its options are listed
 */
public record CoinModel(
        Underlying underlying,
        double spotUsdc,
        double volAnnual,
        double volReversion,
        double volOfVol,
        double spotVolCorrelation,
        double jumpsPerYear,
        double jumpStd,
        double skew,
        double carryAnnual,
        ListingRule listing) {

    /** @throws IllegalArgumentException when a parameter is outside the range given above */
    public CoinModel {
        Bounds.within("spotUsdc", spotUsdc, 1e-4, 1e8);
        Bounds.within("volAnnual", volAnnual, 0.01, 5);
        Bounds.within("volReversion", volReversion, 0, 1000);
        Bounds.within("volOfVol", volOfVol, 0, 10);
        Bounds.within("spotVolCorrelation", spotVolCorrelation, -1, 1);
        Bounds.within("jumpsPerYear", jumpsPerYear, 0, 10_000);
        Bounds.within("jumpStd", jumpStd, 0, 0.2);
        Bounds.within("skew", skew, SimulatedSmile.LEAST_SKEW, SimulatedSmile.MOST_SKEW);
        Bounds.within("carryAnnual", carryAnnual, -0.2, 0.5);
        if (!listing.underlying().equals(underlying)) {
            throw new IllegalArgumentException(
                    "listing=" + listing.underlying() + " must be of " + underlying);
        }
    }
}
