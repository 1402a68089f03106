package io.dolim.deploy.bench;

import io.dolim.quoting.instrument.OptionContract;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What a taker does next who holds as many options as he wants and leaves the pool no delta: he buys calls
 * and puts at the money in the mix that offsets it, sells what he holds likewise, and turns puts into calls,
 * or calls into puts, when that is not enough. He is never short. One of a contract is as many lots as he trades
 * in at once.
 */
final class NeutralSteps {

    private static final int PARTS = 8;
    private static final int TURNS = 4;

    private final ToDoubleFunction<OptionContract> deltaOfOne;
    private final TreeMap<OptionContract, Long> held;
    private final TreeMap<OptionContract, Long> legs = new TreeMap<>();
    private double poolDelta;

    /**
     * @param deltaOfOne coins
     * @param held how many by contract, all positive
     * @param poolDelta coins
     */
    NeutralSteps(
            ToDoubleFunction<OptionContract> deltaOfOne,
            SortedMap<OptionContract, Long> held,
            double poolDelta) {
        this.deltaOfOne = deltaOfOne;
        this.held = new TreeMap<>(held);
        this.poolDelta = poolDelta;
    }

    /** Buys so many of a call and a put together. */
    void buy(long many, OptionContract call, OptionContract put) {
        double up = deltaOfOne.applyAsDouble(call);
        double down = deltaOfOne.applyAsDouble(put);
        long calls = Math.clamp(Math.round((poolDelta - many * down) / (up - down)), 0, many);
        trade(call, calls);
        trade(put, many - calls);
    }

    /** Sells so many of what is held, or all when there are fewer: an eighth at a time, of what leaves the least delta. */
    void sell(long many) {
        long left = many;
        long part = Math.max(1, (many + PARTS - 1) / PARTS);
        while (left > 0) {
            long most = Math.min(part, left);
            Optional<OptionContract> best =
                    held.keySet().stream()
                            .min(Comparator.comparingDouble(each -> deltaAfter(each, most)));
            if (best.isEmpty()) {
                return;
            }
            long sold = Math.min(most, held.getOrDefault(best.get(), 0L));
            trade(best.get(), -sold);
            left -= sold;
        }
    }

    private double deltaAfter(OptionContract sold, long most) {
        long lots = Math.min(most, held.getOrDefault(sold, 0L));
        return Math.abs(poolDelta + lots * deltaOfOne.applyAsDouble(sold));
    }

    /** Turns what is held into the other type at the money, as far as the pool's delta is beyond a bound, coins. */
    void turn(double boundCoins, OptionContract call, OptionContract put) {
        for (int i = 0; i < TURNS && Math.abs(poolDelta) > boundCoins && !held.isEmpty(); i++) {
            boolean puts = poolDelta > 0;
            Comparator<OptionContract> byDelta = Comparator.comparingDouble(deltaOfOne);
            OptionContract away =
                    held.keySet().stream().min(puts ? byDelta : byDelta.reversed()).orElseThrow();
            OptionContract into = puts ? call : put;
            double perOne = deltaOfOne.applyAsDouble(into) - deltaOfOne.applyAsDouble(away);
            long lots = Math.min(Math.round(poolDelta / perOne), held.getOrDefault(away, 0L));
            if (perOne > 0 != puts || lots < 1) {
                return;
            }
            trade(away, -lots);
            trade(into, lots);
        }
    }

    private void trade(OptionContract contract, long lots) {
        add(held, contract, lots);
        add(legs, contract, lots);
        poolDelta -= lots * deltaOfOne.applyAsDouble(contract);
    }

    private static void add(
            SortedMap<OptionContract, Long> numbers, OptionContract contract, long lots) {
        long sum = numbers.getOrDefault(contract, 0L) + lots;
        if (sum == 0) {
            numbers.remove(contract);
        } else {
            numbers.put(contract, sum);
        }
    }

    /** What was decided, signed from the taker; none is zero. */
    SortedMap<OptionContract, Long> legs() {
        return new TreeMap<>(legs);
    }

    /** The pool's delta afterwards, coins. */
    double poolDelta() {
        return poolDelta;
    }
}
