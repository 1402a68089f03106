package io.dolim.quoting.quote;

import io.dolim.quoting.instrument.DayCount;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.market.QuotableMarket;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The width of a quote.
 *
 * <pre>  sum over expiries and delta buckets of |net vega| (base(T) (r (1 + 3 u^2) + 1 - r) f + fit)
 *   + |net delta| S (0.4 sigma sqrt(life) f + feed)</pre>
 *
 * with r the share of the package along which the potential rises, u the strain, f the guard's
 * factor, fit and feed the uncertainties of volatility and spot. Net within a bucket only: a calendar
 * is never free, a package never pays more than its legs.
 */
final class SpreadLine {

    private static final double SPREAD_DAY = 1.0 / 365.0;

    private final QuoteRules.SpreadRules rules;
    private final double lifeYears;

    SpreadLine(QuoteRules rules) {
        this.rules = rules.spread();
        this.lifeYears = rules.quoteLifeMs() / DayCount.MILLIS_PER_YEAR;
    }

    /** USDC, never negative. */
    double usdc(QuotableMarket market, List<LegValue> legs, double risingShare, double strain) {
        double factor = market.uncertainty().spreadFactor();
        double strained =
                Math.fma(risingShare, rules.strainFactor() * strain * strain, 1.0) * factor;
        double width = 0.0;
        for (Map.Entry<Expiry, double[]> expiry : netVega(legs).entrySet()) {
            double points =
                    Math.fma(
                            base(expiry.getKey().yearsFrom(market.timeMs())),
                            strained,
                            market.uncertaintyVol(expiry.getKey()));
            for (double vega : expiry.getValue()) {
                width += Math.abs(vega) * points;
            }
        }
        return width + Math.abs(LegValue.delta(legs)) * market.spotUsdc() * ofSpot(market, factor);
    }

    /** Annual volatility, decimal. */
    private double base(double years) {
        double days = Math.max(years / SPREAD_DAY, rules.floorDays());
        return rules.baseVol() * Math.sqrt(rules.referenceDays() / days);
    }

    private double ofSpot(QuotableMarket market, double factor) {
        Expiry reference =
                Expiry.ofEpochMs(
                        market.timeMs() + (long) (rules.sigmaDays() * DayCount.MILLIS_PER_DAY));
        double sigma = market.volAnnual(reference, 0.0);
        return rules.freeOption() * sigma * Math.sqrt(lifeYears) * factor
                + market.uncertainty().spotRelative();
    }

    private SortedMap<Expiry, double[]> netVega(List<LegValue> legs) {
        SortedMap<Expiry, double[]> net = new TreeMap<>();
        for (LegValue leg : legs) {
            net.computeIfAbsent(leg.expiry(), _ -> new double[rules.deltaEdges().size() + 1])[
                            bucket(leg.callDelta())] +=
                    leg.greeks().vegaUsdc();
        }
        return net;
    }

    private int bucket(double callDelta) {
        int bucket = 0;
        while (bucket < rules.deltaEdges().size() && callDelta >= rules.deltaEdges().get(bucket)) {
            bucket++;
        }
        return bucket;
    }
}
