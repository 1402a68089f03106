package io.dolim.deploy.bench;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How far two figures rise and fall together, whatever the shape: Pearson's correlation of their ranks
 * (Spearman), where equal figures share the mean of their ranks.
 */
final class RankCorrelation {

    private RankCorrelation() {}

    /**
     * From -1 to 1; NaN when one of the figures never changes.
     *
     * @throws IllegalArgumentException when there are not as many of one as of the other, or one is NaN
     */
    static double of(List<Double> one, List<Double> other) {
        if (one.size() != other.size()) {
            throw new IllegalArgumentException(
                    "figures=" + one.size() + " and " + other.size() + " must be as many");
        }
        double[] x = ranks(one);
        double[] y = ranks(other);
        double mean = (one.size() + 1) / 2.0;
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - mean) * (y[i] - mean);
            xx += (x[i] - mean) * (x[i] - mean);
            yy += (y[i] - mean) * (y[i] - mean);
        }
        return xy / Math.sqrt(xx * yy);
    }

    /** From 1; equal figures have the mean of the ranks that they take. */
    private static double[] ranks(List<Double> figures) {
        Integer[] order = new Integer[figures.size()];
        for (int i = 0; i < order.length; i++) {
            if (Double.isNaN(figures.get(i))) {
                throw new IllegalArgumentException("figure " + i + " is NaN");
            }
            order[i] = i;
        }
        Arrays.sort(order, Comparator.comparingDouble(figures::get));
        double[] ranks = new double[order.length];
        int first = 0;
        while (first < order.length) {
            int after = first + 1;
            while (after < order.length
                    && figures.get(order[after]).doubleValue()
                            == figures.get(order[first]).doubleValue()) {
                after++;
            }
            for (int i = first; i < after; i++) {
                ranks[order[i]] = (first + 1 + after) / 2.0;
            }
            first = after;
        }
        return ranks;
    }
}
