package io.dolim.capacity;

import com.typesafe.config.Config;
import io.dolim.capacity.scenario.ScenarioSet;
import java.util.OptionalDouble;

/** The share of the pool's cash that does not count as capital, in [0, 1). */
public sealed interface Haircut {

    /** The share while risk is measured over a scenario set. */
    double of(ScenarioSet scenarios);

    /**
     * A share that was configured outright, as journals of before know it.
     *
     * @param share in [0, 1)
     */
    record Fixed(double share) implements Haircut {
        /** @throws IllegalArgumentException naming the value */
        public Fixed {
            if (!(share >= 0 && share < 1)) {
                throw new IllegalArgumentException("usdc-haircut=" + share + " must lie in [0, 1)");
            }
        }

        @Override
        public double of(ScenarioSet scenarios) {
            return share;
        }
    }

    /**
     * By how far the collateral's value may move until it is turned into dollars:
     *
     * <pre>  h = min(0.99, max(floor, z max(sigma_history, sigma_implied) sqrt(days / 365)))</pre>
     *
     * with sigma_history that of the pegs in the scenario set, a year.
     *
     * @param floor least share, in (0, 1)
     * @param impliedVolAnnual where options on the collateral are quoted
     * @param deviations z
     * @param days until it is turned into dollars
     */
    record ByVolatility(
            double floor, OptionalDouble impliedVolAnnual, double deviations, double days)
            implements Haircut {

        private static final double GREATEST = 0.99;
        private static final double DAYS_PER_YEAR = 365;

        /** @throws IllegalArgumentException naming the value and the rule */
        public ByVolatility {
            require("floor", floor, GREATEST);
            require("implied-vol-annual", impliedVolAnnual.orElse(1), 5);
            require("deviations", deviations, 10);
            require("days", days, 30);
        }

        /** Reads {@code floor, deviations, days} and the optional {@code implied-vol-annual}. */
        static ByVolatility of(Config config) {
            String implied = "implied-vol-annual";
            return new ByVolatility(
                    config.getDouble("floor"),
                    config.hasPath(implied)
                            ? OptionalDouble.of(config.getDouble(implied))
                            : OptionalDouble.empty(),
                    config.getDouble("deviations"),
                    config.getDouble("days"));
        }

        @Override
        public double of(ScenarioSet scenarios) {
            double volAnnual = Math.max(scenarios.cashVolAnnual(), impliedVolAnnual.orElse(0));
            double moves = deviations * volAnnual * Math.sqrt(days / DAYS_PER_YEAR);
            return Math.min(GREATEST, Math.max(floor, moves));
        }

        private static void require(String name, double value, double greatest) {
            if (!(value > 0 && value <= greatest)) {
                throw new IllegalArgumentException(
                        "haircuts.USDC."
                                + name
                                + "="
                                + value
                                + " must be positive and at most "
                                + greatest);
            }
        }
    }
}
