package io.dolim.capacity.vector;

import static io.dolim.quoting.math.ElementaryLanes.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Doubles that add without rounding: multiples of one step, small enough for 53 bits. Sums of them
 * do not depend on order, so increments, rebuilds and message order give equal bits.
 */
final class Exact {

    /** Step of amounts, 2^-20 USDC. */
    static final double STEP_USDC = 0x1p-20;

    private static final double STEPS_OF_USDC = 0x1p20;

    private static final int LANES = SPECIES.length();

    /** Step of quantities of coins, 2^-30. */
    static final double STEP_COINS = 0x1p-30;

    /** Largest amount that is kept, USDC: half of 2^53 steps. */
    static final double LARGEST_USDC = 0x1p32;

    /** Largest quantity that is kept, coins. */
    static final double LARGEST_COINS = 0x1p22;

    private Exact() {}

    /** The nearest multiple of 2^-20 USDC, half to even. */
    static double usdc(String name, double amount) {
        return nearest(name, amount, STEP_USDC, LARGEST_USDC);
    }

    /** The nearest multiple of 2^-30 coins, half to even. */
    static double coins(String name, double amount) {
        return nearest(name, amount, STEP_COINS, LARGEST_COINS);
    }

    /** {@link #usdc} of each, in place; nothing is rounded when one is out of range. */
    static void round(String name, double[] amounts) {
        if (!within(amounts, LARGEST_USDC)) {
            for (double amount : amounts) {
                double _ = usdc(name, amount);
            }
        }
        for (int i = 0; i < amounts.length; i++) {
            amounts[i] = Math.rint(amounts[i] * STEPS_OF_USDC) * STEP_USDC + 0.0;
        }
    }

    /** {@code sums + lots * perLot}, exact. @throws ArithmeticException beyond what adds exactly */
    static double[] plus(double[] sums, long lots, double[] perLot, double largest) {
        double[] added = new double[sums.length];
        double[] result = new double[sums.length];
        for (int i = 0; i < result.length; i++) {
            added[i] = lots * perLot[i];
            result[i] = sums[i] + added[i];
        }
        if (!within(added, largest) || !within(result, largest)) {
            for (int i = 0; i < result.length; i++) {
                double _ = plus(sums[i], lots, perLot[i], largest);
            }
        }
        return result;
    }

    private static boolean within(double[] amounts, double largest) {
        boolean all = true;
        int i = 0;
        for (; i <= amounts.length - LANES; i += LANES) {
            all &=
                    DoubleVector.fromArray(SPECIES, amounts, i)
                            .abs()
                            .compare(VectorOperators.LE, largest)
                            .allTrue();
        }
        for (; i < amounts.length; i++) {
            all &= Math.abs(amounts[i]) <= largest;
        }
        return all;
    }

    private static double nearest(String name, double amount, double step, double largest) {
        if (!(Math.abs(amount) <= largest)) {
            throw new IllegalArgumentException(name + "=" + amount + " must be within " + largest);
        }
        return Math.rint(amount / step) * step + 0.0;
    }

    /** {@code sum + lots * perLot}, exact. @throws ArithmeticException beyond what adds exactly */
    static double plus(double sum, long lots, double perLot, double largest) {
        return within(sum + within(lots * perLot, largest), largest);
    }

    /** The number itself. @throws ArithmeticException beyond what adds exactly, and on NaN */
    static double within(double amount, double largest) {
        if (!(Math.abs(amount) <= largest)) {
            throw new ArithmeticException("amount=" + amount + " must be within " + largest);
        }
        return amount;
    }
}
