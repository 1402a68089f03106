package io.dolim.quoting.quote;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.math.Elementary;
import java.util.List;
import java.util.Optional;

/**
 * A quantity of one contract at mark.
 *
 * @param coins quantity, signed from the taker
 * @param vol Black volatility on the surface, annual, decimal
 * @param markUsdc value on the surface, signed
 * @param callDelta N(d1), the delta of the call of this strike, 0 to 1
 * @param greeks of the whole quantity
 */
record LegValue(
        OptionContract contract,
        double coins,
        double vol,
        double markUsdc,
        double callDelta,
        PackageGreeks greeks) {

    static LegValue of(PricingMarket market, OptionContract contract, double coins) {
        double strike = contract.strike().doubleValue();
        double forward = market.forwardUsdc(contract.expiry());
        double discount = market.discount(contract.expiry());
        double years = contract.expiry().yearsFrom(market.timeMs());
        double k = Elementary.log(strike / forward);
        double vol = market.volAnnual(contract.expiry(), k);
        double s = vol * Math.sqrt(years);
        double d1 = -k / s + s / 2;
        double sign = contract.type().sign();
        double n1 = Elementary.normalCdf(d1);
        double price =
                Math.max(
                        0.0,
                        sign
                                * discount
                                * (forward * Elementary.normalCdf(sign * d1)
                                        - strike * Elementary.normalCdf(sign * (d1 - s))));
        double carry = forward / market.spotUsdc();
        double pdf = Elementary.normalPdf(d1);
        return new LegValue(
                contract,
                coins,
                vol,
                coins * price,
                n1,
                new PackageGreeks(
                        coins * discount * (sign > 0 ? n1 : n1 - 1.0) * carry,
                        coins * discount * pdf / (forward * s) * carry * carry,
                        coins * discount * forward * pdf * Math.sqrt(years),
                        -coins * discount * forward * pdf * vol / (2 * Math.sqrt(years))));
    }

    static Optional<Double> impliedVol(PricingMarket market, OptionContract contract, double usdc) {
        return Optional.empty();
    }

    Expiry expiry() {
        return contract.expiry();
    }

    static double mark(List<LegValue> legs) {
        double sum = 0.0;
        for (LegValue leg : legs) {
            sum += leg.markUsdc();
        }
        return sum;
    }

    static double delta(List<LegValue> legs) {
        double sum = 0.0;
        for (LegValue leg : legs) {
            sum += leg.greeks().deltaCoins();
        }
        return sum;
    }

    static PackageGreeks greeks(List<LegValue> legs) {
        PackageGreeks sum = PackageGreeks.ZERO;
        for (LegValue leg : legs) {
            sum = sum.plus(leg.greeks());
        }
        return sum;
    }
}
