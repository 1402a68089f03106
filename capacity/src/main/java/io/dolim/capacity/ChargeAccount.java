package io.dolim.capacity;

import io.dolim.quoting.money.Usdc;

/**
 * One book's part of the charge account: capacity charges taken less discounts paid, plus a daily
 * budget, decaying into equity. The pool's account is the sum of its books' parts and bounds every
 * discount, so that no strategy extracts more across market views than was paid in or budgeted.
 *
 * <pre>  dB/dt = b - B ln2 / tau   between charges</pre>
 *
 * The equation is linear, so a sum of parts follows it too and a part may be negative.
 *
 * @param balance B at {@code asOfMs}
 * @param asOfMs wall clock of the last charge, milliseconds since 1970
 */
public record ChargeAccount(Usdc balance, long asOfMs) {

    /** An account that never held anything: it starts at zero when first charged. */
    public static final ChargeAccount EMPTY = new ChargeAccount(Usdc.ZERO, 0);

    /**
     * How accounts run.
     *
     * @param halfLifeMs tau, milliseconds
     * @param dailyBudget b, USDC a day for each book
     */
    public record Terms(long halfLifeMs, Usdc dailyBudget) {
        /** @throws IllegalArgumentException when the half-life is not positive or the budget negative */
        public Terms {
            if (halfLifeMs < 1000 || dailyBudget.signum() < 0) {
                throw new IllegalArgumentException(
                        "halfLifeMs="
                                + halfLifeMs
                                + " dailyBudget="
                                + dailyBudget
                                + " must be at least a second and not negative");
            }
        }
    }

    /**
     * The account after a charge was booked; a discount is negative. A clock that ran backwards adds
     * no time.
     */
    public ChargeAccount booked(Usdc charge, long nowMs, Terms terms) {
        return new ChargeAccount(at(nowMs, terms).plus(charge), Math.max(nowMs, asOfMs));
    }

    /** B at a later time, rounded down to a micro. */
    public Usdc at(long nowMs, Terms terms) {
        long elapsedMs = asOfMs == 0 ? 0 : Math.max(0, nowMs - asOfMs);
        return Decay.of(balance, elapsedMs, terms);
    }
}
