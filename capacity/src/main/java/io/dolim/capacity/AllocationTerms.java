package io.dolim.capacity;

import com.typesafe.config.Config;

/**
 * How the pool's capital is to be parted, as its journal says it.
 *
 * @param hedgingShare of capital paid in and in use, for hedging; in (0, 0.9]
 * @param reserveShare of the same, the emergency reserve; in (0, 0.9], both together at most 0.9
 * @param overCollateralisation times the expected shortfall is what capital is to cover; 1 to 10
 */
public record AllocationTerms(
        double hedgingShare, double reserveShare, double overCollateralisation) {

    private static final double MOST = 0.9;
    private static final double LEAST_FACTOR = 1;
    private static final double GREATEST_FACTOR = 10;

    /** @throws IllegalArgumentException naming the value and the rule */
    public AllocationTerms {
        requireShare("hedging_share", hedgingShare);
        requireShare("reserve_share", reserveShare);
        if (!(hedgingShare + reserveShare <= MOST)) {
            throw new IllegalArgumentException(
                    "hedging_share="
                            + hedgingShare
                            + " reserve_share="
                            + reserveShare
                            + " must together be at most "
                            + MOST);
        }
        if (!(overCollateralisation >= LEAST_FACTOR && overCollateralisation <= GREATEST_FACTOR)) {
            throw new IllegalArgumentException(
                    "over_collateralisation="
                            + overCollateralisation
                            + " must be "
                            + LEAST_FACTOR
                            + " to "
                            + GREATEST_FACTOR);
        }
    }

    /** Reads {@code hedging-share, reserve-share, over-collateralisation}. */
    static AllocationTerms of(Config config) {
        return new AllocationTerms(
                config.getDouble("hedging-share"),
                config.getDouble("reserve-share"),
                config.getDouble("over-collateralisation"));
    }

    private static void requireShare(String name, double share) {
        if (!(share > 0 && share <= MOST)) {
            throw new IllegalArgumentException(
                    name + "=" + share + " must be positive and at most " + MOST);
        }
    }
}
