package io.dolim.capacity;

import com.typesafe.config.Config;
import io.dolim.capacity.scenario.Recipes;
import io.dolim.capacity.scenario.SetVersion;
import io.dolim.capacity.vector.FullRepricing;
import io.dolim.capacity.vector.VectorParameters;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The configuration of the module, validated.
 *
 * @param usdcHaircut what of cash does not count as capital
 * @param tailLevel of expected shortfall and value at risk, in [0.5, 1)
 * @param allocation how capital is parted, and how that may change
 * @param hedging what re-hedging costs
 * @param hedges how hedges at venues count
 * @param vegaBucketDays rising ends of the buckets of life, days
 */
public record CapacityParameters(
        Duration viewInterval,
        Duration prepareTimeout,
        Duration viewLife,
        Duration carryAfter,
        Duration longestStop,
        Duration resumeWindow,
        Duration acknowledgeWithin,
        int maxReservationsPerBook,
        Haircut usdcHaircut,
        double tailLevel,
        Potential.Terms potential,
        ChargeAccount.Terms chargeAccount,
        Limits limits,
        Protection.Terms protection,
        Allocating allocation,
        List<Double> vegaBucketDays,
        HedgingCosts hedging,
        HedgeTerms hedges,
        VectorParameters vectors,
        Recipes scenarios) {

    /**
     * How capital is parted.
     *
     * @param initial of a pool whose journal has none
     * @param step most that the over-collateralisation factor moves at once
     * @param every least time between two moves of it
     */
    public record Allocating(AllocationTerms initial, double step, Duration every) {

        private static final double ROUNDING = 1e-9;

        /** @throws IllegalArgumentException naming the value and the rule */
        public Allocating {
            requirePositive("allocation.factor-every", every);
            if (!(step > 0 && step <= 1)) {
                throw new IllegalArgumentException(
                        "allocation.factor-step=" + step + " must be positive and at most 1");
            }
        }

        static Allocating of(Config config) {
            return new Allocating(
                    AllocationTerms.of(config),
                    config.getDouble("factor-step"),
                    config.getDuration("factor-every"));
        }

        /**
         * Why the factor may not move so; empty when it may. Down only while the shortfall's coverage
         * passes its backtest: no result of one is journaled yet, so it does not move down.
         */
        Optional<String> refusal(AllocationTerms from, AllocationTerms to, long sinceMs) {
            double move = to.overCollateralisation() - from.overCollateralisation();
            if (move < 0) {
                return Optional.of(
                        "over_collateralisation="
                                + to.overCollateralisation()
                                + " must not be below "
                                + from.overCollateralisation()
                                + ": no backtest has passed");
            }
            if (move > step + ROUNDING) {
                return Optional.of(
                        "over_collateralisation="
                                + to.overCollateralisation()
                                + " must be at most "
                                + step
                                + " above "
                                + from.overCollateralisation());
            }
            return move > 0 && sinceMs < every.toMillis()
                    ? Optional.of(
                            "over_collateralisation moved "
                                    + sinceMs
                                    + " ms ago, must stand "
                                    + every.toMillis())
                    : Optional.empty();
        }
    }

    /** Copies the buckets. @throws IllegalArgumentException naming the value and the rule */
    public CapacityParameters {
        vegaBucketDays = List.copyOf(vegaBucketDays);
        requirePositive("view-interval", viewInterval);
        requirePositive("prepare-timeout", prepareTimeout);
        requirePositive("view-life", viewLife);
        requirePositive("carry-after", carryAfter);
        requirePositive("longest-stop", longestStop);
        requirePositive("resume-window", resumeWindow);
        requirePositive("acknowledge-within", acknowledgeWithin);
        if (maxReservationsPerBook < 1 || maxReservationsPerBook > 10_000) {
            throw new IllegalArgumentException(
                    "max-reservations-per-book=" + maxReservationsPerBook + " must be 1 to 10000");
        }
        if (!(tailLevel >= 0.5 && tailLevel < 1)) {
            throw new IllegalArgumentException("tail-level=" + tailLevel);
        }
        for (int i = 0; i < vegaBucketDays.size(); i++) {
            double least = i == 0 ? 0 : vegaBucketDays.get(i - 1);
            if (vegaBucketDays.size() > 16 || !(vegaBucketDays.get(i) > least)) {
                throw new IllegalArgumentException(
                        "vega-bucket-days=" + vegaBucketDays + " must rise from above 0");
            }
        }
    }

    /** Reads {@code dolim.capacity}. @throws RuntimeException naming the path, value and rule */
    public static CapacityParameters of(Config dolimCapacity) {
        Config account = dolimCapacity.getConfig("charge-account");
        return new CapacityParameters(
                dolimCapacity.getDuration("view-interval"),
                dolimCapacity.getDuration("prepare-timeout"),
                dolimCapacity.getDuration("view-life"),
                dolimCapacity.getDuration("carry-after"),
                dolimCapacity.getDuration("longest-stop"),
                dolimCapacity.getDuration("resume-window"),
                dolimCapacity.getDuration("acknowledge-within"),
                dolimCapacity.getInt("max-reservations-per-book"),
                haircut(dolimCapacity),
                dolimCapacity.getDouble("tail-level"),
                new Potential.Terms(
                        dolimCapacity.getInt("potential.risk-aversion"),
                        dolimCapacity.getDouble("potential.rent-annual")),
                new ChargeAccount.Terms(
                        account.getDuration("half-life").toMillis(),
                        Usdc.of(new BigDecimal(account.getString("daily-budget-usdc")))),
                Limits.of(dolimCapacity.getConfig("limits")),
                Protection.Terms.of(dolimCapacity.getConfig("protection")),
                Allocating.of(dolimCapacity.getConfig("allocation")),
                List.copyOf(dolimCapacity.getDoubleList("vega-bucket-days")),
                HedgingCosts.of(dolimCapacity.getConfig("hedging-buffer")),
                HedgeTerms.of(dolimCapacity.getConfig("hedges")),
                VectorParameters.of(dolimCapacity.getConfig("vectors")),
                Recipes.of(dolimCapacity.getConfig("scenarios")));
    }

    /** What a journal of before wrote down is the share outright. */
    private static Haircut haircut(Config dolimCapacity) {
        return dolimCapacity.hasPath("usdc-haircut")
                ? new Haircut.Fixed(dolimCapacity.getDouble("usdc-haircut"))
                : Haircut.ByVolatility.of(dolimCapacity.getConfig("haircuts.USDC"));
    }

    /**
     * The pricer of these books over a scenario set.
     *
     * @throws IllegalArgumentException when the set cannot be built, or an underlying lacks scenarios
     *     or a limit
     */
    public VectorPricer pricer(SetVersion version, SortedSet<Underlying> underlyings) {
        underlyings.forEach(limits::requireAll);
        return new FullRepricing(scenarios.set(version, underlyings), vectors);
    }

    /** The pricer over the set of a new pool. Throws as the other does. */
    public VectorPricer pricer(SortedSet<Underlying> underlyings) {
        return pricer(scenarios.initial(), underlyings);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.toMillis() < 1 || value.compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException(
                    name + "=" + value + " must be a millisecond to thirty days");
        }
    }
}
