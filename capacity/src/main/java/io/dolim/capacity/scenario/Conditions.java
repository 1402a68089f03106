package io.dolim.capacity.scenario;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a scenario does to everything but the underlyings. Pegs move cash, liquidity the hedging buffer;
 * recoveries, funding and basis what hedges at venues come to.
 *
 * @param liquidity factor on the impact of hedging, at least 1
 * @param pegs value of a stablecoin afterwards, share of par; one that is not named stays at par
 * @param recoveries share of what lies at a hedge venue that comes back; all of it when not named
 * @param fundingAnnual change of the perpetuals' funding, share of notional a year; who is long
 *     pays it
 * @param basis log move of the perpetuals against the spot
 */
public record Conditions(
        double liquidity,
        SortedMap<String, Double> pegs,
        SortedMap<String, Double> recoveries,
        double fundingAnnual,
        double basis) {

    /** Nothing happens. */
    public static final Conditions CALM = new Conditions(1, new TreeMap<>(), new TreeMap<>(), 0, 0);

    private static final int MOST_NAMES = 32;

    /** Copies the maps. @throws IllegalArgumentException naming the figure and the rule */
    public Conditions {
        pegs = named("peg", pegs, 1.5);
        recoveries = named("recovery", recoveries, 1);
        require("liquidity", liquidity, 1, 100);
        require("funding-annual", fundingAnnual, -20, 20);
        require("basis", basis, -1, 1);
    }

    /** Stress on liquidity alone. */
    static Conditions illiquid(double liquidity) {
        return new Conditions(liquidity, new TreeMap<>(), new TreeMap<>(), 0, 0);
    }

    /** Reads {@code liquidity, pegs, recoveries, funding-annual, basis}, each of them optional. */
    static Conditions of(Config config) {
        return new Conditions(
                config.hasPath("liquidity") ? config.getDouble("liquidity") : 1,
                shares(config, "pegs"),
                shares(config, "recoveries"),
                config.hasPath("funding-annual") ? config.getDouble("funding-annual") : 0,
                config.hasPath("basis") ? config.getDouble("basis") : 0);
    }

    /** Value of a stablecoin afterwards, share of par. */
    public double peg(String coin) {
        return pegs.getOrDefault(coin, 1.0);
    }

    private static SortedMap<String, Double> shares(Config config, String path) {
        SortedMap<String, Double> shares = new TreeMap<>();
        if (config.hasPath(path)) {
            Config each = config.getConfig(path);
            for (String name : each.root().keySet()) {
                shares.put(name, each.getDouble(ConfigUtil.joinPath(name)));
            }
        }
        return shares;
    }

    private static SortedMap<String, Double> named(
            String what, SortedMap<String, Double> shares, double most) {
        if (shares.size() > MOST_NAMES) {
            throw new IllegalArgumentException(
                    what + "s=" + shares.size() + " must be at most " + MOST_NAMES);
        }
        shares.forEach((name, share) -> require(what + " of " + name, share, 0, most));
        return Collections.unmodifiableSortedMap(new TreeMap<>(shares));
    }

    private static void require(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    name + "=" + value + " must lie in " + least + " to " + most);
        }
    }
}
