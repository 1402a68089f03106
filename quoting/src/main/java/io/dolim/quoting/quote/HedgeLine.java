package io.dolim.quoting.quote;

import io.dolim.quoting.market.PricingMarket;
import java.util.List;

/**
 * What hedging a package's delta d costs a pool with unhedged delta D.
 *
 * <pre>  |d| S (half-spread + fee)  +  I(D - d) - I(D)  +  funding,     I(x) = impact S x^2 / 2</pre>
 *
 * Impact is a difference of one convex function, so that splitting a package or going round in
 * circles gains nothing. Funding is expected by the market, or configured where it knows too little;
 * capped, and a credit is passed on by half at most.
 */
final class HedgeLine {

    private static final double DAYS_PER_YEAR = 365.0;

    private final QuoteRules.HedgeRules rules;

    HedgeLine(QuoteRules rules) {
        this.rules = rules.hedge();
    }

    /** USDC; negative when the package brings the pool's delta down. */
    double usdc(PricingMarket market, List<LegValue> legs, double unhedgedCoins) {
        double spot = market.spotUsdc();
        double delta = LegValue.delta(legs);
        double crossing = Math.abs(delta) * (rules.halfSpread() + rules.venueFee());
        // I(D - d) - I(D) = impact S d (d - 2 D) / 2
        double impact = 0.5 * rules.impactPerCoin() * delta * (delta - 2.0 * unhedgedCoins);
        return spot * (crossing + impact + funding(market, legs));
    }

    /**
     * What a package's impact costs more, USDC, when the pool's unhedged delta is {@code to} and not
     * {@code from}: (I(to - d) - I(to)) - (I(from - d) - I(from)) = impact S d (from - to).
     */
    double impactMovedUsdc(
            PricingMarket market, List<LegValue> legs, double fromCoins, double toCoins) {
        double delta = LegValue.delta(legs);
        return market.spotUsdc() * rules.impactPerCoin() * delta * (fromCoins - toCoins);
    }

    /** Share of spot times coins. */
    private double funding(PricingMarket market, List<LegValue> legs) {
        double cap = rules.fundingCapAnnual();
        double rate = Math.clamp(market.fundingAnnual().orElse(rules.fundingAnnual()), -cap, cap);
        double coinYears = 0.0;
        for (LegValue leg : legs) {
            double years = leg.expiry().yearsFrom(market.timeMs());
            coinYears +=
                    leg.hedgeDeltaCoins() * Math.min(years, rules.holdingDays() / DAYS_PER_YEAR);
        }
        double cost = rate * coinYears;
        return cost < 0.0 ? cost * rules.fundingCreditShare() : cost;
    }
}
