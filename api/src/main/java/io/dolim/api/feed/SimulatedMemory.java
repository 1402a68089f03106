package io.dolim.api.feed;

import io.dolim.quoting.instrument.Underlying;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a simulated market needs to go on where it stopped: the dice and where each coin is. Its text
 * gives the same bits again.
 *
 * @param seed of all chance; with another one the coins stay and the dice are thrown anew
 * @param steps how many steps the world is old
 * @param chance the dice's memory
 */
public record SimulatedMemory(
        long seed, long steps, long chance, SortedMap<Underlying, Coin> coins) {

    /**
     * One coin.
     *
     * @param spotUsdc USDC per coin
     * @param logVol log of volatility over its long-run level
     * @param skew of the smile
     * @param carryAnnual drift of the forwards
     */
    public record Coin(double spotUsdc, double logVol, double skew, double carryAnnual) {

        /** @throws IllegalArgumentException when a figure is out of range or not a number */
        public Coin {
            Bounds.within("spotUsdc", spotUsdc, 1e-9, 1e12);
            Bounds.within("logVol", logVol, -10, 10);
            Bounds.within("skew", skew, -1, 1);
            Bounds.within("carryAnnual", carryAnnual, -10, 10);
        }
    }

    /** Copies the coins. */
    public SimulatedMemory {
        coins = Collections.unmodifiableSortedMap(new TreeMap<>(coins));
    }

    /** The coin, if it was simulated. */
    Optional<Coin> coin(Underlying underlying) {
        return Optional.ofNullable(coins.get(underlying));
    }

    /** As lines: the dice, then a coin each. */
    public List<String> lines() {
        List<String> lines = new java.util.ArrayList<>();
        lines.add(seed + " " + steps + " " + chance);
        coins.forEach(
                (underlying, coin) ->
                        lines.add(
                                underlying.code()
                                        + " "
                                        + coin.spotUsdc
                                        + " "
                                        + coin.logVol
                                        + " "
                                        + coin.skew
                                        + " "
                                        + coin.carryAnnual));
        return lines;
    }

    /**
     * Reads {@link #lines()}.
     *
     * @throws IllegalArgumentException when they are not such lines
     */
    public static SimulatedMemory parse(List<String> lines) {
        List<String> dice = words(lines.isEmpty() ? "" : lines.getFirst(), 3);
        SortedMap<Underlying, Coin> coins = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> coin = words(line, 5);
            coins.put(
                    new Underlying(coin.get(0)),
                    new Coin(
                            Double.parseDouble(coin.get(1)),
                            Double.parseDouble(coin.get(2)),
                            Double.parseDouble(coin.get(3)),
                            Double.parseDouble(coin.get(4))));
        }
        return new SimulatedMemory(
                Long.parseLong(dice.get(0)),
                Long.parseLong(dice.get(1)),
                Long.parseLong(dice.get(2)),
                coins);
    }

    private static List<String> words(String line, int many) {
        List<String> words = List.of(line.split(" ", -1));
        if (words.size() != many) {
            throw new IllegalArgumentException("not a simulated market: " + line);
        }
        return words;
    }
}
