package io.dolim.quoting.quote;

import java.util.List;

/**
 * The published rules of a quote, one set per underlying.
 *
 * @param closingMs an expiry stops quoting this long before it, milliseconds
 * @param quoteLifeMs how long a firm quote stands, milliseconds
 * @param spread the width
 * @param hedge what hedging costs
 * @param fee the fee schedule
 */
public record QuoteRules(
        long closingMs, long quoteLifeMs, SpreadRules spread, HedgeRules hedge, FeeRules fee) {

    /** @throws IllegalArgumentException when a time is not positive */
    public QuoteRules {
        if (closingMs <= 0 || quoteLifeMs <= 0) {
            throw new IllegalArgumentException(
                    "closingMs=" + closingMs + " quoteLifeMs=" + quoteLifeMs + " must be positive");
        }
    }

    /** The rules of the reference configuration. */
    public static QuoteRules standard() {
        return new QuoteRules(
                1_800_000L,
                2_000L,
                new SpreadRules(
                        0.005, 30.0, 1.0, 3.0, 0.4, 30.0, List.of(0.1, 0.25, 0.4, 0.6, 0.75, 0.9)),
                new HedgeRules(0.0001, 0.0004, 2e-6, 0.0, 0.5, 0.5, 10.0),
                new FeeRules(0.0003, 0.125));
    }

    /**
     * The width: <pre>base(T) = baseVol sqrt(referenceDays / max(T, floorDays))</pre>
     *
     * @param baseVol annual volatility at the reference tenor, as in 0.005 for half a point
     * @param referenceDays tenor at which the base holds, days
     * @param floorDays shorter options are as wide as these, days
     * @param strainFactor the rising part pays base (1 + strainFactor u^2)
     * @param freeOption share of |delta| sigma S sqrt(life) that firmness costs
     * @param sigmaDays tenor of the volatility in the free option, days
     * @param deltaEdges borders of the delta buckets, call deltas rising in (0, 1)
     */
    public record SpreadRules(
            double baseVol,
            double referenceDays,
            double floorDays,
            double strainFactor,
            double freeOption,
            double sigmaDays,
            List<Double> deltaEdges) {

        /** @throws IllegalArgumentException when a figure is out of its range */
        public SpreadRules {
            require("baseVol", baseVol, baseVol >= 0.0 && baseVol <= 1.0);
            require("referenceDays", referenceDays, referenceDays > 0.0 && referenceDays < 3650.0);
            require("floorDays", floorDays, floorDays > 0.0 && floorDays <= referenceDays);
            require("strainFactor", strainFactor, strainFactor >= 0.0 && strainFactor <= 1000.0);
            require("freeOption", freeOption, freeOption >= 0.0 && freeOption <= 10.0);
            require("sigmaDays", sigmaDays, sigmaDays >= 1.0 && sigmaDays < 3650.0);
            deltaEdges = List.copyOf(deltaEdges);
            double below = 0.0;
            for (double edge : deltaEdges) {
                require("deltaEdges", edge, edge > below && edge < 1.0);
                below = edge;
            }
        }
    }

    /**
     * What moving the hedge costs.
     *
     * @param halfSpread of the perpetual, share of spot
     * @param venueFee share of notional
     * @param impactPerCoin share of spot that the price moves per coin of unhedged delta
     * @param fundingAnnual funding that a long perpetual pays where the market expects none of its own,
     *     share of notional a year; signed
     * @param fundingCapAnnual largest expected funding that is passed on, share of notional a year
     * @param fundingCreditShare largest share of a credit that is passed on, at most one half
     * @param holdingDays longest time a hedge is expected to stand, days
     */
    public record HedgeRules(
            double halfSpread,
            double venueFee,
            double impactPerCoin,
            double fundingAnnual,
            double fundingCapAnnual,
            double fundingCreditShare,
            double holdingDays) {

        /** @throws IllegalArgumentException when a figure is out of its range */
        public HedgeRules {
            require("halfSpread", halfSpread, halfSpread >= 0.0 && halfSpread < 1.0);
            require("venueFee", venueFee, venueFee >= 0.0 && venueFee < 1.0);
            require("impactPerCoin", impactPerCoin, impactPerCoin >= 0.0 && impactPerCoin < 1.0);
            require("fundingAnnual", fundingAnnual, Math.abs(fundingAnnual) <= 10.0);
            require(
                    "fundingCapAnnual",
                    fundingCapAnnual,
                    fundingCapAnnual >= 0.0 && fundingCapAnnual <= 10.0);
            require(
                    "fundingCreditShare",
                    fundingCreditShare,
                    fundingCreditShare >= 0.0 && fundingCreditShare <= 0.5);
            require("holdingDays", holdingDays, holdingDays >= 0.0 && holdingDays < 3650.0);
        }
    }

    /**
     * The fee of a leg: a share of its notional, at most a share of its mark.
     *
     * @param notionalShare share of spot times coins; zero is a schedule without fees
     * @param markCap share of the leg's mark that it may not exceed
     */
    public record FeeRules(double notionalShare, double markCap) {

        /** @throws IllegalArgumentException when a share is outside 0 to 1 */
        public FeeRules {
            require("notionalShare", notionalShare, notionalShare >= 0.0 && notionalShare < 1.0);
            require("markCap", markCap, markCap >= 0.0 && markCap <= 1.0);
        }
    }

    private static void require(String name, double value, boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException(name + "=" + value + " is out of its range");
        }
    }
}
