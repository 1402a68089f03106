package io.dolim.quoting.quote;

import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.market.PricingMarket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One arbitrage-free price system U under the pool's displayed asks: no bid above it, no ask below
 * it, so that no set of displayed quotes pays a taker for nothing.
 *
 * <p>In moneyness x = K/F and units of DF F, per expiry from the longest to the shortest:
 *
 * <pre>  U_T = greatest convex non-increasing minorant of { ask_T(x_i) } and U_T', U_T(0) = 1,  T' the next later expiry</pre>
 *
 * <p>A convex call curve with slopes in [-1, 0] has no vertical and no butterfly; one under the next
 * admits no calendar when forwards carry in proportion to spot; puts follow by parity. The batch is
 * kept in moneyness, so that bounds move with the market between two batches.
 */
public final class StaticBounds {

    /**
     * The lowest one-lot ask of an instrument.
     *
     * @param askUsdc USDC per coin, positive
     */
    public record Ask(OptionContract contract, double askUsdc) {

        /** @throws IllegalArgumentException when the ask is not positive or not finite */
        public Ask {
            if (!(askUsdc > 0.0 && askUsdc < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "askUsdc=" + askUsdc + " of " + contract + " must be positive");
            }
        }
    }

    /** What rounding may cost a bound, in units of the discounted forward: taken off U on every side. */
    private static final double GUARD = 0x1p-44;

    private static final StaticBounds NONE = new StaticBounds(new TreeMap<>(), new TreeSet<>());

    private final NavigableMap<Expiry, Hull> hulls;
    private final Set<OptionContract> displayed;

    private StaticBounds(NavigableMap<Expiry, Hull> hulls, Set<OptionContract> displayed) {
        this.hulls = hulls;
        this.displayed = displayed;
    }

    /** No batch yet: only the bounds that need none. */
    public static StaticBounds none() {
        return NONE;
    }

    /**
     * The price system under a batch of asks.
     *
     * @param market the market they were priced on
     */
    public static StaticBounds under(PricingMarket market, List<Ask> asks) {
        NavigableMap<Expiry, List<double[]>> points = new TreeMap<>();
        Set<OptionContract> displayed = new TreeSet<>();
        for (Ask ask : asks) {
            displayed.add(ask.contract());
            points.computeIfAbsent(ask.contract().expiry(), _ -> new ArrayList<>())
                    .add(point(market, ask));
        }
        NavigableMap<Expiry, Hull> hulls = new TreeMap<>();
        double[][] later = {};
        for (Map.Entry<Expiry, List<double[]>> expiry : points.descendingMap().entrySet()) {
            List<double[]> all = expiry.getValue();
            all.addAll(List.of(later));
            Hull hull = Hull.under(all.toArray(double[][]::new));
            hulls.put(expiry.getKey(), hull);
            later = hull.vertices();
        }
        return new StaticBounds(hulls, displayed);
    }

    private static double[] point(PricingMarket market, Ask ask) {
        OptionContract contract = ask.contract();
        double forward = market.forwardUsdc(contract.expiry());
        double moneyness = contract.strike().doubleValue() / forward;
        double price = ask.askUsdc() / (market.discount(contract.expiry()) * forward);
        double call = contract.type() == OptionType.CALL ? price : price + 1.0 - moneyness;
        return new double[] {moneyness, Math.max(call, Math.max(0.0, 1.0 - moneyness))};
    }

    /** Whether a batch stands behind these bounds. */
    public boolean isEmpty() {
        return hulls.isEmpty();
    }

    /** USDC per coin that no ask may be under; U itself for an instrument of the batch. */
    public double leastUsdc(PricingMarket market, OptionContract contract) {
        return toPrice(market, contract, leastCall(contract, moneyness(market, contract)));
    }

    /** USDC per coin that no bid may be above; U itself for an instrument of the batch. */
    public double mostUsdc(PricingMarket market, OptionContract contract) {
        return toPrice(market, contract, mostCall(contract, moneyness(market, contract)));
    }

    /**
     * The least a taker may owe for a package, USDC: what he buys at the least, what he sells at the
     * most. Within the batch it is one linear price.
     */
    public double leastUsdc(PricingMarket market, ContractSpec spec, OptionPackage asked) {
        double least = 0.0;
        for (Leg leg : asked.legs()) {
            double unit =
                    leg.lots() > 0
                            ? leastUsdc(market, leg.contract())
                            : mostUsdc(market, leg.contract());
            least += spec.coins(leg.lots()).doubleValue() * unit;
        }
        return least;
    }

    private double leastCall(OptionContract contract, double moneyness) {
        Hull own = hulls.get(contract.expiry());
        if (own != null) {
            return displayed.contains(contract) ? own.at(moneyness) : own.leastAt(moneyness);
        }
        Map.Entry<Expiry, Hull> earlier = hulls.lowerEntry(contract.expiry());
        double intrinsic = Math.max(0.0, 1.0 - moneyness);
        return earlier == null
                ? intrinsic
                : Math.max(intrinsic, earlier.getValue().leastAt(moneyness));
    }

    private double mostCall(OptionContract contract, double moneyness) {
        Map.Entry<Expiry, Hull> sameOrLater = hulls.ceilingEntry(contract.expiry());
        return sameOrLater == null ? 1.0 : sameOrLater.getValue().at(moneyness);
    }

    private static double moneyness(PricingMarket market, OptionContract contract) {
        return contract.strike().doubleValue() / market.forwardUsdc(contract.expiry());
    }

    private static double toPrice(PricingMarket market, OptionContract contract, double call) {
        double forward = market.forwardUsdc(contract.expiry());
        double parity =
                contract.type() == OptionType.CALL ? 0.0 : moneyness(market, contract) - 1.0;
        return market.discount(contract.expiry()) * forward * (call + parity - GUARD);
    }
}
