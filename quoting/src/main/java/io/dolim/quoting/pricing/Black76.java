package io.dolim.quoting.pricing;

import static io.dolim.quoting.pricing.PricingInputs.LEAST_DEVIATION;

import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.math.Elementary;

/**
 * European options on a forward (Black 1976), one at a time.
 *
 * <pre>
 *   C = D (F N(d1) - K N(d2)),   P = D (K N(-d2) - F N(-d1))
 *   d1 = ln(F/K)/s + s/2,   d2 = d1 - s,   s = sigma sqrt(T)
 * </pre>
 *
 * <p>F forward, K strike (both settlement currency per unit of underlying), T years (ACT/365F), sigma annual volatility, D discount factor.
 * Inputs outside their range are refused by {@link IllegalArgumentException} with name, value and rule.
 *
 * <p>How it is computed. Only the out-of-the-money option is priced; the other is that plus intrinsic value, so no digits are lost
 * by parity. With l = min(F,K), h = max(F,K), x = ln(h/l) >= 0 and M the Mills ratio N(-z)/phi(z):
 *
 * <pre>  otm = l N(u) - h N(-w) = l phi(u) (M(-u) - M(w)),   u = s/2 - x/s,   w = s/2 + x/s,   because  l phi(u) = h phi(w)</pre>
 *
 * <p>One exponential, no difference of two exponentials in the tails, and ln(h/l) keeps its digits near the money. {@link Black76Kernel} does
 * the same operations in the same order.
 */
public final class Black76 {
    private Black76() {}

    /**
     * Discounted price; at zero total variance the discounted intrinsic value.
     *
     * @return the price in the unit of {@code forward}, never below intrinsic nor above the discounted forward (call) or strike (put), up to
     *     rounding
     */
    public static double price(
            OptionType type,
            double forward,
            double strike,
            double years,
            double volAnnual,
            double discount) {
        PricingInputs.check(forward, strike, years, volAnnual, discount);
        return priceOf(type.sign(), forward, strike, years, volAnnual, discount);
    }

    /**
     * Price and derivatives. At zero total variance they are their one-sided limits; at the money there, delta is half the discount, and
     * gamma and theta, which have no finite limit, are given as zero.
     */
    public static Greeks greeks(
            OptionType type,
            double forward,
            double strike,
            double years,
            double volAnnual,
            double discount) {
        PricingInputs.check(forward, strike, years, volAnnual, discount);
        double sign = type.sign();
        double root = Math.sqrt(years);
        double deviation = volAnnual * root;
        // the logarithm of one is zero
        double logDiscount = discount == 1.0 ? 0.0 : Elementary.log(discount);
        double rate = years > 0.0 ? -logDiscount / years : 0.0;
        if (deviation < LEAST_DEVIATION) {
            return certain(sign, forward, strike, years, discount, rate);
        }
        Point at = Point.of(forward, strike, deviation);
        double price = at.price(sign, forward, strike, discount);
        double delta = discount * at.signedDelta(sign, forward > strike);
        double weight = discount * at.low * at.density;
        double gamma = weight / forward / (forward * deviation);
        double vega = weight * root;
        double decay = weight * volAnnual / (2.0 * root);
        double theta = Math.fma(rate, price, -decay);
        double d2 = forward > strike ? -at.u : -at.w;
        double vanna = -(weight / forward) * d2 / volAnnual;
        double volga = -(vega * at.u) * at.w / volAnnual;
        return new Greeks(price, delta, gamma, vega, theta, -years * price, vanna, volga);
    }

    /** Inputs are already checked; the operations of {@link Black76Kernel} in the same order. */
    static double priceOf(
            double sign,
            double forward,
            double strike,
            double years,
            double volAnnual,
            double discount) {
        double deviation = volAnnual * Math.sqrt(years);
        return deviation < LEAST_DEVIATION
                ? discount * intrinsic(sign, forward, strike)
                : Point.of(forward, strike, deviation).price(sign, forward, strike, discount);
    }

    private static double intrinsic(double sign, double forward, double strike) {
        return Math.max(sign * (forward - strike), 0.0);
    }

    /**
     * What price and derivatives have in common.
     *
     * @param density phi(u)
     * @param upper M(|u|)
     * @param lower M(w)
     */
    private record Point(
            double low,
            double high,
            double u,
            double w,
            double density,
            double upper,
            double lower) {

        static Point of(double forward, double strike, double deviation) {
            double low = Math.min(forward, strike);
            double high = Math.max(forward, strike);
            double ratio = Elementary.logRatio(high, low) / deviation;
            double u = 0.5 * deviation - ratio;
            double w = 0.5 * deviation + ratio;
            return new Point(
                    low,
                    high,
                    u,
                    w,
                    Elementary.normalPdf(u),
                    Elementary.mills(Math.abs(u)),
                    Elementary.mills(w));
        }

        double price(double sign, double forward, double strike, double discount) {
            double otm =
                    u > 0.0 ? Math.fma(density, -upper - lower, 1.0) : density * (upper - lower);
            double bounded = Math.min(Math.max(otm, 0.0), 1.0);
            return discount * Math.fma(low, bounded, intrinsic(sign, forward, strike));
        }

        /** Derivative of the undiscounted price by the forward: the out-of-the-money side first, the other as one less it. */
        double signedDelta(double sign, boolean forwardAbove) {
            if (forwardAbove) {
                double put = density * (low / high) * lower;
                return sign > 0.0 ? 1.0 - put : -put;
            }
            double tail = density * upper;
            if (sign > 0.0) {
                return u > 0.0 ? 1.0 - tail : tail;
            }
            return u > 0.0 ? -tail : tail - 1.0;
        }
    }

    private static Greeks certain(
            double sign,
            double forward,
            double strike,
            double years,
            double discount,
            double rate) {
        double price = discount * intrinsic(sign, forward, strike);
        double theta = rate * price;
        double rho = -years * price;
        if (forward == strike) {
            double vega = discount * forward * Elementary.normalPdf(0.0) * Math.sqrt(years);
            return new Greeks(price, 0.5 * sign * discount, 0.0, vega, theta, rho, 0.0, 0.0);
        }
        double delta = sign * (forward - strike) > 0.0 ? sign * discount : 0.0;
        return new Greeks(price, delta, 0.0, 0.0, theta, rho, 0.0, 0.0);
    }
}
