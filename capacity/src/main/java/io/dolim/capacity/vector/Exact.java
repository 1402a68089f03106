package io.dolim.capacity.vector;

/**
 * Doubles that add without rounding: multiples of one step, small enough for 53 bits. Sums of them
 * do not depend on order, so increments, rebuilds and message order give equal bits.
 */
final class Exact {

    /** Step of amounts, 2^-20 USDC. */
    static final double STEP_USDC = 0x1p-20;

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
