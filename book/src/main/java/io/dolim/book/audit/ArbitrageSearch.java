package io.dolim.book.audit;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.market.PricingMarket;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Brute force over displayed quotes: every combination below that a taker would be paid for. Knows
 * nothing of hulls or surfaces. A put counts as a call through the forward, so that a pair of one
 * strike is parity, and a vertical of mixed types a box. With c(K) the price of the call struck at K:
 *
 * <pre>
 *   bid c(K) &lt;= ask c(K)                               crossed, parity
 *   ask c(K) &gt;= max(0, DF (F-K)),   bid c(K) &lt;= DF F   intrinsic, forward
 *   0 &lt;= c(K) - c(L) &lt;= DF (L-K)                       verticals, boxes,   K &lt; L, bought and sold
 *   c(M) &lt;= s c(K) + (1-s) c(L)                        butterflies,        every K &lt; M &lt; L, s = (L-M)/(L-K)
 *   c_t(K) / (DF F)_t &lt;= c_T(L) / (DF F)_T             calendars,          t &lt; T, L/F_T &lt;= K/F_t
 * </pre>
 *
 * <p>The last holds when forwards carry in proportion to spot. What is bought is paid at the ask,
 * what is sold is received at the bid; a side that is not displayed takes no part.
 */
final class ArbitrageSearch {

    /** Less than the smallest money there is, USDC per coin: what binary fractions of prices may err by. */
    private static final double NOTHING = 1e-7;

    /** The best price of a strike and whose it is, in terms of the call. */
    private record Side(double callUsdc, String of) {}

    /** A strike: cheapest way to buy its call, dearest to sell it. */
    private static final class Node {

        private final double strike;
        private Side ask = new Side(Double.POSITIVE_INFINITY, "nobody");
        private Side bid = new Side(Double.NEGATIVE_INFINITY, "nobody");

        private Node(double strike) {
            this.strike = strike;
        }

        private void add(OptionContract contract, double parity, Shown shown) {
            double offered = shown.askUsdc().map(BigDecimal::doubleValue).orElse(Double.NaN);
            double wanted = shown.bidUsdc().map(BigDecimal::doubleValue).orElse(Double.NaN);
            if (offered + parity < ask.callUsdc()) {
                ask = new Side(offered + parity, contract.name());
            }
            if (wanted + parity > bid.callUsdc()) {
                bid = new Side(wanted + parity, contract.name());
            }
        }
    }

    private final PricingMarket market;
    private final NavigableMap<Expiry, List<Node>> nodes = new TreeMap<>();
    private final List<String> found = new ArrayList<>();

    private ArbitrageSearch(PricingMarket market, List<Shown> all) {
        this.market = market;
        NavigableMap<Expiry, NavigableMap<BigDecimal, Node>> byStrike = new TreeMap<>();
        for (Shown shown : all) {
            OptionContract contract = shown.contract();
            byStrike.computeIfAbsent(contract.expiry(), _ -> new TreeMap<>())
                    .computeIfAbsent(contract.strike(), strike -> new Node(strike.doubleValue()))
                    .add(contract, parity(contract), shown);
        }
        byStrike.forEach((expiry, of) -> nodes.put(expiry, List.copyOf(of.values())));
    }

    /**
     * What a taker is paid for, in words.
     *
     * @param market on which they were displayed
     */
    static List<String> in(PricingMarket market, List<Shown> all) {
        ArbitrageSearch search = new ArbitrageSearch(market, all);
        search.nodes.forEach(search::within);
        for (Map.Entry<Expiry, List<Node>> sooner : search.nodes.entrySet()) {
            search.nodes
                    .tailMap(sooner.getKey(), false)
                    .forEach(
                            (later, far) ->
                                    search.calendars(
                                            sooner.getKey(), sooner.getValue(), later, far));
        }
        return search.found;
    }

    private double parity(OptionContract contract) {
        Expiry expiry = contract.expiry();
        return contract.type() == OptionType.CALL
                ? 0.0
                : market.discount(expiry)
                        * (market.forwardUsdc(expiry) - contract.strike().doubleValue());
    }

    private void within(Expiry expiry, List<Node> all) {
        double discount = market.discount(expiry);
        double forward = discount * market.forwardUsdc(expiry);
        for (int i = 0; i < all.size(); i++) {
            Node low = all.get(i);
            double intrinsic = forward - discount * low.strike;
            pays(low.ask.callUsdc, () -> "call for nothing: " + bought(low));
            pays(low.ask.callUsdc - intrinsic, () -> "under intrinsic: " + bought(low));
            pays(forward - low.bid.callUsdc, () -> "bid over the forward: " + sold(low));
            pays(
                    low.ask.callUsdc - low.bid.callUsdc,
                    () -> "crossed or parity: " + bought(low) + ", " + sold(low));
            for (int j = i + 1; j < all.size(); j++) {
                Node high = all.get(j);
                verticals(discount, low, high);
                for (int m = i + 1; m < j; m++) {
                    butterfly(low, all.get(m), high);
                }
            }
        }
    }

    private void verticals(double discount, Node low, Node high) {
        pays(
                low.ask.callUsdc - high.bid.callUsdc,
                () -> "vertical for nothing: " + bought(low) + ", " + sold(high));
        pays(
                high.ask.callUsdc - low.bid.callUsdc + discount * (high.strike - low.strike),
                () -> "vertical beyond its width: " + bought(high) + ", " + sold(low));
    }

    private void butterfly(Node low, Node mid, Node high) {
        double share = (high.strike - mid.strike) / (high.strike - low.strike);
        pays(
                share * low.ask.callUsdc + (1.0 - share) * high.ask.callUsdc - mid.bid.callUsdc,
                () -> "butterfly: " + bought(low) + ", " + bought(high) + ", " + sold(mid));
    }

    private void calendars(Expiry sooner, List<Node> near, Expiry later, List<Node> far) {
        double nearForward = market.forwardUsdc(sooner);
        double farForward = market.forwardUsdc(later);
        double nearUnit = market.discount(sooner) * nearForward;
        double perFarUnit = nearUnit / (market.discount(later) * farForward);
        for (Node short_ : near) {
            for (Node long_ : far) {
                if (long_.strike / farForward > short_.strike / nearForward) {
                    break;
                }
                pays(
                        long_.ask.callUsdc * perFarUnit - short_.bid.callUsdc,
                        () -> "calendar: " + bought(long_) + ", " + sold(short_));
            }
        }
    }

    private static String bought(Node node) {
        return "buy " + node.ask.of + " (as call " + node.ask.callUsdc + ")";
    }

    private static String sold(Node node) {
        return "sell " + node.bid.of + " (as call " + node.bid.callUsdc + ")";
    }

    /** NaN pays, too: an unknown price is no proof that nothing does. */
    private void pays(double costUsdc, Supplier<String> what) {
        if (!(costUsdc >= -NOTHING)) {
            found.add(what.get() + " costs " + costUsdc);
        }
    }
}
