package io.dolim.book.history;

import io.dolim.quoting.instrument.OptionContract;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long lots stay with the pool until other trades take them away again: those that came first
 * leave first. What expires, or is still there at the end, was there for at least so long, and counts
 * as that (Kaplan and Meier, Nonparametric estimation from incomplete observations, 1958).
 */
final class Survival {

    private final SortedMap<OptionContract, Deque<Lots>> open = new TreeMap<>();
    private final List<Life> lives = new ArrayList<>();

    private static final class Lots {
        private final long sinceMs;
        private double coins;

        Lots(long sinceMs, double coins) {
            this.sinceMs = sinceMs;
            this.coins = coins;
        }
    }

    private record Life(long ms, double coins, boolean traded) {}

    /** The pool trades; what is against the position there takes from it, what is left begins anew. */
    void traded(OptionContract contract, double coins, long epochMs) {
        Deque<Lots> held = open.computeIfAbsent(contract, _ -> new ArrayDeque<>());
        double left = coins;
        while (left != 0 && !held.isEmpty() && held.getFirst().coins * left < 0) {
            Lots first = held.getFirst();
            double gone = Math.min(Math.abs(first.coins), Math.abs(left));
            lives.add(new Life(Math.max(epochMs - first.sinceMs, 0), gone, true));
            first.coins -= Math.signum(first.coins) * gone;
            left -= Math.signum(left) * gone;
            if (Math.abs(first.coins) < 1e-9) {
                held.removeFirst();
            }
        }
        if (Math.abs(left) >= 1e-9) {
            held.addLast(new Lots(epochMs, left));
        }
    }

    /** An option ends by itself. */
    void expired(OptionContract contract, long epochMs) {
        Deque<Lots> held = open.remove(contract);
        if (held != null) {
            held.forEach(lots -> lives.add(until(lots, epochMs)));
        }
    }

    private static Life until(Lots lots, long epochMs) {
        return new Life(Math.max(epochMs - lots.sinceMs, 0), Math.abs(lots.coins), false);
    }

    /** Coins that ever came to it. */
    double coins() {
        double sum = 0;
        for (Life life : lives) {
            sum += life.coins();
        }
        for (Deque<Lots> held : open.values()) {
            for (Lots lots : held) {
                sum += Math.abs(lots.coins);
            }
        }
        return sum;
    }

    /** After so many milliseconds half of the coins were taken away again; NaN when less than half were. */
    double halfLifeMs(long nowMs) {
        List<Life> all = new ArrayList<>(lives);
        open.values().forEach(held -> held.forEach(lots -> all.add(until(lots, nowMs))));
        // of equal ages those that were traded away come first
        all.sort(Comparator.comparingLong(Life::ms).thenComparing(life -> !life.traded()));
        double atRisk = 0;
        for (Life life : all) {
            atRisk += life.coins();
        }
        double left = 1;
        for (Life life : all) {
            if (life.traded()) {
                left *= 1 - life.coins() / atRisk;
                if (left <= 0.5 + 1e-12) {
                    return (double) life.ms();
                }
            }
            atRisk -= life.coins();
        }
        return Double.NaN;
    }
}
