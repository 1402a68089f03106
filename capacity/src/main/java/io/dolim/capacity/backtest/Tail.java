package io.dolim.capacity.backtest;

import java.util.SplittableRandom;

/** Losses beyond VaR with their probabilities, as a forecast had them; the rest of the distribution does not matter. */
public final class Tail {

    private final double[] losses;
    private final double[] cumulated;

    /**
     * A tail.
     *
     * @param losses beyond VaR
     * @param probabilities of each, of the whole distribution; together at most 1
     * @throws IllegalArgumentException when they are not as many, or not probabilities
     */
    public Tail(double[] losses, double[] probabilities) {
        if (losses.length != probabilities.length) {
            throw new IllegalArgumentException(
                    "losses=" + losses.length + " probabilities=" + probabilities.length);
        }
        this.losses = losses.clone();
        this.cumulated = new double[losses.length];
        double sum = 0;
        for (int i = 0; i < losses.length; i++) {
            if (!(probabilities[i] >= 0)) {
                throw new IllegalArgumentException("probability=" + probabilities[i]);
            }
            sum += probabilities[i];
            cumulated[i] = sum;
        }
        if (!(sum <= 1 + 1e-9)) {
            throw new IllegalArgumentException("probabilities add up to " + sum);
        }
    }

    /** Probability of a loss beyond VaR. */
    public double mass() {
        return cumulated.length == 0 ? 0 : cumulated[cumulated.length - 1];
    }

    /** A draw: a loss beyond VaR, or 0 when it stays within. */
    double drawn(SplittableRandom random) {
        double at = random.nextDouble();
        if (at >= mass()) {
            return 0;
        }
        int low = 0;
        int high = cumulated.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulated[middle] > at) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return losses[low];
    }
}
