package io.dolim.quoting.quote;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.market.PricingMarket;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Brute force over displayed quotes: every crossed pair, parity, vertical, box, butterfly of three
 * strikes and calendar that a taker is paid for. Knows nothing of hulls.
 */
final class ArbitrageHunt {

    /** Less than the smallest money there is. */
    private static final double NOTHING = 1e-7;

    /** One strike as a call, bought or sold directly or through the put and the forward. */
    private record Node(double strike, double bid, double ask) {}

    private final PricingMarket market;
    private final TreeMap<Expiry, List<Node>> nodes = new TreeMap<>();
    private final List<String> found = new ArrayList<>();

    ArbitrageHunt(PricingMarket market, List<Shown> shown) {
        this.market = market;
        for (Shown one : shown) {
            Expiry expiry = one.contract().expiry();
            double strike = one.contract().strike().doubleValue();
            double parity =
                    one.contract().type() == OptionType.CALL
                            ? 0.0
                            : market.discount(expiry) * (market.forwardUsdc(expiry) - strike);
            nodes.computeIfAbsent(expiry, _ -> new ArrayList<>())
                    .add(new Node(strike, one.bidUsdc() + parity, one.askUsdc() + parity));
        }
    }

    /** What pays, in words. */
    List<String> found() {
        nodes.forEach(this::within);
        for (Expiry sooner : nodes.keySet()) {
            nodes.tailMap(sooner, false).keySet().forEach(later -> calendars(sooner, later));
        }
        return found;
    }

    private void within(Expiry expiry, List<Node> all) {
        double discount = market.discount(expiry);
        double forward = market.forwardUsdc(expiry);
        for (Node low : all) {
            pays(low.ask, expiry + " call for nothing " + low);
            pays(low.ask - discount * (forward - low.strike), expiry + " under intrinsic " + low);
            pays(discount * forward - low.bid, expiry + " bid over the forward " + low);
            for (Node high : all) {
                if (low.strike <= high.strike) {
                    pays(low.ask - high.bid, expiry + " vertical or crossed " + low + high);
                    pays(
                            high.ask - low.bid + discount * (high.strike - low.strike),
                            expiry + " vertical beyond its width or box " + low + high);
                    butterflies(expiry, all, low, high);
                }
            }
        }
    }

    private void butterflies(Expiry expiry, List<Node> all, Node low, Node high) {
        for (Node mid : all) {
            if (low.strike < mid.strike && mid.strike < high.strike) {
                double share = (high.strike - mid.strike) / (high.strike - low.strike);
                pays(
                        share * low.ask + (1.0 - share) * high.ask - mid.bid,
                        expiry + " butterfly " + low + mid + high);
            }
        }
    }

    private void calendars(Expiry sooner, Expiry later) {
        double soonerUnit = market.discount(sooner) * market.forwardUsdc(sooner);
        double laterUnit = market.discount(later) * market.forwardUsdc(later);
        for (Node near : nodes.getOrDefault(sooner, List.of())) {
            for (Node far : nodes.getOrDefault(later, List.of())) {
                if (far.strike / market.forwardUsdc(later)
                        <= near.strike / market.forwardUsdc(sooner)) {
                    pays(
                            (far.ask / laterUnit - near.bid / soonerUnit) * soonerUnit,
                            sooner + "/" + later + " calendar " + near + far);
                }
            }
        }
    }

    private void pays(double costUsdc, String what) {
        if (!(costUsdc >= -NOTHING)) {
            found.add(what + " costs " + costUsdc);
        }
    }
}
