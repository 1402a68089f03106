package io.dolim.book.hedge;

import com.typesafe.config.Config;

/**
 * A policy as it is configured, chosen and written down; figures of other kinds are kept for when one
 * changes back.
 *
 * @param intervalMs of the passive one
 * @param bandCoins of the reactive one: half its width
 * @param innerShare of the reactive one: where it brings the delta, share of the half-width
 * @param riskAversion of the proactive one: g
 * @param grossShare of the proactive one: of the gross gamma that counts at least
 * @param forecast whether the proactive one moves its band by a forecast of volatility, where one is better
 *     than none
 */
public record PolicyTerms(
        Kind kind,
        long intervalMs,
        double bandCoins,
        double innerShare,
        double riskAversion,
        double grossShare,
        boolean forecast) {

    /** Which policy. */
    public enum Kind {
        /** Every so often. */
        PASSIVE,
        /** Beyond a fixed band. */
        REACTIVE,
        /** Beyond a band made of cost and gamma. */
        PROACTIVE
    }

    /** @throws IllegalArgumentException naming the figure and the rule */
    public PolicyTerms {
        require("interval-ms", intervalMs >= 1_000 && intervalMs <= 604_800_000L, intervalMs);
        require("band-coins", bandCoins > 0 && bandCoins <= 1e6, bandCoins);
        require("inner-share", innerShare >= 0 && innerShare <= 1, innerShare);
        require("risk-aversion", riskAversion >= 0.1 && riskAversion <= 100, riskAversion);
        require("gross-share", grossShare >= 0 && grossShare <= 1, grossShare);
    }

    /** Reads a block {@code policy}. */
    public static PolicyTerms of(Config config) {
        return new PolicyTerms(
                config.getEnum(Kind.class, "kind"),
                config.getDuration("interval").toMillis(),
                config.getDouble("band-coins"),
                config.getDouble("inner-share"),
                config.getDouble("risk-aversion"),
                config.getDouble("gross-share"),
                config.getBoolean("forecast"));
    }

    /** The policy. */
    public HedgePolicy policy() {
        return switch (kind) {
            case PASSIVE -> new HedgePolicy.Passive(intervalMs);
            case REACTIVE -> new HedgePolicy.Reactive(bandCoins, innerShare);
            case PROACTIVE -> new HedgePolicy.Proactive(riskAversion, grossShare);
        };
    }

    /** The same as another kind. */
    public PolicyTerms as(Kind other) {
        return new PolicyTerms(
                other, intervalMs, bandCoins, innerShare, riskAversion, grossShare, forecast);
    }

    private static void require(String name, boolean holds, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("policy " + name + "=" + value + " is out of range");
        }
    }
}
