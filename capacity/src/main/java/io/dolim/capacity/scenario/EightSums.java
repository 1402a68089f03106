package io.dolim.capacity.scenario;

import java.util.function.IntToDoubleFunction;

/**
 * The one order in which rounded numbers are summed: eight partial sums by index modulo 8, joined by
 * one tree. Any vector width that divides eight gives the same bits.
 */
public final class EightSums {

    private EightSums() {}

    /** The sum of {@code term(0) ... term(n - 1)}. */
    public static double of(int n, IntToDoubleFunction term) {
        double[] partial = new double[8];
        for (int i = 0; i < n; i++) {
            partial[i & 7] += term.applyAsDouble(i);
        }
        return join(partial);
    }

    /** Joins eight partial sums: ((0+4)+(2+6)) + ((1+5)+(3+7)). */
    public static double join(double[] partial) {
        return ((partial[0] + partial[4]) + (partial[2] + partial[6]))
                + ((partial[1] + partial[5]) + (partial[3] + partial[7]));
    }
}
