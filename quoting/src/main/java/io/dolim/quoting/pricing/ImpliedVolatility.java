package io.dolim.quoting.pricing;

import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.math.Elementary;

/**
 * The volatility at which {@link Black76} gives a price, or the reason why there is none.
 *
 * <p>After P. Jaeckel, <i>Let's Be Rational</i> (version of 25 March 2016), in our own arrangement: the out-of-the-money price as a share of
 * min(F,K), a first guess by one of four rational segments, Householder steps of order three on the objective that is straightest there,
 * and one last Newton step on a Black function with a compensated exponent, whose correction is carried into the result unrounded.
 */
public sealed interface ImpliedVolatility {

    /** @param volAnnual sigma per square root of a year of 365 days; positive */
    record Found(double volAnnual) implements ImpliedVolatility {}

    /** @param detail the numbers behind the refusal, as key=value */
    record Refused(Reason reason, String detail) implements ImpliedVolatility {}

    /** Why a price has no volatility. */
    enum Reason {
        /** NaN, infinite or negative. */
        PRICE_NOT_A_PRICE,
        /** No time is left: every volatility gives the intrinsic value. */
        NO_TIME,
        BELOW_INTRINSIC,
        /** Exactly intrinsic, or so little above it that no double tells: any small volatility gives it. */
        NO_TIME_VALUE,
        /** At or above the discounted forward (call) or strike (put): no finite volatility reaches it. */
        AT_OR_ABOVE_BOUND
    }

    /**
     * @param forward settlement currency per unit of underlying; with strike, years and discount refused by
     *     {@link IllegalArgumentException} where {@link Black76} would
     * @param price discounted, in the unit of {@code forward}
     */
    static ImpliedVolatility of(
            OptionType type,
            double forward,
            double strike,
            double years,
            double price,
            double discount) {
        PricingInputs.check(forward, strike, years, 0.0, discount);
        if (!(price >= 0.0 && price <= Double.MAX_VALUE)) {
            return new Refused(Reason.PRICE_NOT_A_PRICE, "price=" + price);
        }
        if (years < PricingInputs.LEAST) {
            return new Refused(Reason.NO_TIME, "years=" + years);
        }
        double undiscounted = price / discount;
        double bound = type == OptionType.CALL ? forward : strike;
        if (undiscounted >= bound) {
            return new Refused(
                    Reason.AT_OR_ABOVE_BOUND, "undiscounted=" + undiscounted + " bound=" + bound);
        }
        double low = Math.min(forward, strike);
        double high = Math.max(forward, strike);
        boolean inTheMoney = type.sign() * (forward - strike) > 0.0;
        double timeValue = inTheMoney ? lessIntrinsic(undiscounted, high, low) : undiscounted;
        if (timeValue < 0.0) {
            return new Refused(
                    Reason.BELOW_INTRINSIC,
                    "undiscounted=" + undiscounted + " intrinsic=" + (high - low));
        }
        double share = timeValue / low;
        if (share < Double.MIN_NORMAL) {
            return new Refused(
                    Reason.NO_TIME_VALUE,
                    "undiscounted=" + undiscounted + " timeValue=" + timeValue);
        }
        double missing = (bound - undiscounted) / low;
        return new Found(volatility(Elementary.logRatio(high, low), share, missing, years));
    }

    /** undiscounted - (high - low), the rounding of the difference included. */
    private static double lessIntrinsic(double undiscounted, double high, double low) {
        double intrinsic = high - low;
        double back = high - intrinsic;
        double lost = back - low;
        return (undiscounted - intrinsic) - lost;
    }

    private static double volatility(
            double logMoneyness, double share, double missing, double years) {
        double deviation = ImpliedDeviation.solve(logMoneyness, share, missing);
        double correction = ImpliedDeviation.correction(logMoneyness, deviation, share, missing);
        double root = Math.sqrt(years);
        double rootLost = Math.fma(-root, root, years) / (2.0 * root);
        double quotient = deviation / root;
        double remainder = Math.fma(-quotient, root, deviation) - quotient * rootLost + correction;
        return quotient + remainder / root;
    }
}
