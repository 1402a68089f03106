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
        double price = priceOf(sign, forward, strike, years, volAnnual, discount);
        double deviation = volAnnual * Math.sqrt(years);
        double rate = years > 0.0 ? -Elementary.log(discount) / years : 0.0;
        double rho = -years * price;
        if (deviation < LEAST_DEVIATION) {
            return certain(sign, forward, strike, years, discount, price, rate * price, rho);
        }
        double low = Math.min(forward, strike);
        double high = Math.max(forward, strike);
        double ratio = Elementary.logRatio(high, low) / deviation;
        double u = 0.5 * deviation - ratio;
        double w = 0.5 * deviation + ratio;
        double density = Elementary.normalPdf(u);
        double delta = discount * signedDelta(sign, forward > strike, u, w, density, low / high);
        double weight = discount * low * density;
        double gamma = weight / forward / (forward * deviation);
        double vega = weight * Math.sqrt(years);
        double decay = weight * volAnnual / (2.0 * Math.sqrt(years));
        double theta = Math.fma(rate, price, -decay);
        double d2 = forward > strike ? -u : -w;
        double vanna = -(weight / forward) * d2 / volAnnual;
        double volga = -(vega * u) * w / volAnnual;
        return new Greeks(price, delta, gamma, vega, theta, rho, vanna, volga);
    }

    /** Inputs are already checked; the operations of {@link Black76Kernel} in the same order. */
    static double priceOf(
            double sign,
            double forward,
            double strike,
            double years,
            double volAnnual,
            double discount) {
        double intrinsic = Math.max(sign * (forward - strike), 0.0);
        double deviation = volAnnual * Math.sqrt(years);
        if (deviation < LEAST_DEVIATION) {
            return discount * intrinsic;
        }
        double low = Math.min(forward, strike);
        double high = Math.max(forward, strike);
        double ratio = Elementary.logRatio(high, low) / deviation;
        double u = 0.5 * deviation - ratio;
        double w = 0.5 * deviation + ratio;
        double density = Elementary.normalPdf(u);
        double upper = Elementary.mills(Math.abs(u));
        double lower = Elementary.mills(w);
        double otm = u > 0.0 ? Math.fma(density, -upper - lower, 1.0) : density * (upper - lower);
        double bounded = Math.min(Math.max(otm, 0.0), 1.0);
        return discount * Math.fma(low, bounded, intrinsic);
    }

    /** Derivative of the undiscounted price by the forward: the out-of-the-money side first, the other as one less it. */
    private static double signedDelta(
            double sign,
            boolean forwardAbove,
            double u,
            double w,
            double density,
            double lowOverHigh) {
        if (forwardAbove) {
            double put = density * lowOverHigh * Elementary.mills(w);
            return sign > 0.0 ? 1.0 - put : -put;
        }
        double tail = density * Elementary.mills(Math.abs(u));
        if (sign > 0.0) {
            return u > 0.0 ? 1.0 - tail : tail;
        }
        return u > 0.0 ? -tail : tail - 1.0;
    }

    private static Greeks certain(
            double sign,
            double forward,
            double strike,
            double years,
            double discount,
            double price,
            double theta,
            double rho) {
        if (forward == strike) {
            double vega = discount * forward * Elementary.normalPdf(0.0) * Math.sqrt(years);
            return new Greeks(price, 0.5 * sign * discount, 0.0, vega, theta, rho, 0.0, 0.0);
        }
        double delta = sign * (forward - strike) > 0.0 ? sign * discount : 0.0;
        return new Greeks(price, delta, 0.0, 0.0, theta, rho, 0.0, 0.0);
    }
}
