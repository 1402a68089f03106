package io.dolim.quoting.quote;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.market.SmileDelta;
import io.dolim.quoting.math.Elementary;
import io.dolim.quoting.pricing.Black76;
import io.dolim.quoting.pricing.Greeks;
import io.dolim.quoting.pricing.ImpliedVolatility;
import java.util.List;
import java.util.Optional;

/**
 * A quantity of one contract at mark.
 *
 * @param coins quantity, signed from the taker
 * @param vol Black volatility on the surface, annual, decimal
 * @param markUsdc value on the surface, signed
 * @param callDelta N(d1), the delta of the call of this strike, 0 to 1
 * @param hedgeDeltaCoins what a hedger of the quantity holds against it, coins: {@link SmileDelta}
 * @param greeks of the whole quantity, at a volatility that stands
 */
record LegValue(
        OptionContract contract,
        double coins,
        double vol,
        double markUsdc,
        double callDelta,
        double hedgeDeltaCoins,
        PackageGreeks greeks) {

    /** @throws IllegalArgumentException when the market's figures make no price */
    static LegValue of(PricingMarket market, OptionContract contract, double coins) {
        double strike = contract.strike().doubleValue();
        double forward = market.forwardUsdc(contract.expiry());
        double discount = market.discount(contract.expiry());
        double years = contract.expiry().yearsFrom(market.timeMs());
        double logMoneyness = Elementary.log(strike / forward);
        double vol = market.volAnnual(contract.expiry(), logMoneyness);
        Greeks one = Black76.greeks(contract.type(), forward, strike, years, vol, discount);
        double parity = contract.type() == OptionType.CALL ? 0.0 : 1.0;
        double carry = forward / market.spotUsdc();
        return new LegValue(
                contract,
                coins,
                vol,
                coins * one.price(),
                one.delta() / discount + parity,
                coins * carry * SmileDelta.perForward(market, contract, forward, logMoneyness, one),
                new PackageGreeks(
                        coins * one.delta() * carry,
                        coins * one.gamma() * carry * carry,
                        coins * one.vega(),
                        coins * one.theta(),
                        coins * Math.fma(years * forward, one.delta(), one.rho()),
                        coins * one.vanna() * carry,
                        coins * one.volga()));
    }

    /** The volatility at which one coin costs so much; empty when none does. */
    static Optional<Double> impliedVol(PricingMarket market, OptionContract contract, double usdc) {
        ImpliedVolatility implied =
                ImpliedVolatility.of(
                        contract.type(),
                        market.forwardUsdc(contract.expiry()),
                        contract.strike().doubleValue(),
                        contract.expiry().yearsFrom(market.timeMs()),
                        usdc,
                        market.discount(contract.expiry()));
        return switch (implied) {
            case ImpliedVolatility.Found found -> Optional.of(found.volAnnual());
            case ImpliedVolatility.Refused _ -> Optional.empty();
        };
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

    /** What a hedger holds against them, coins. */
    static double delta(List<LegValue> legs) {
        double sum = 0.0;
        for (LegValue leg : legs) {
            sum += leg.hedgeDeltaCoins();
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
