package io.dolim.quoting.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount of USDC, exact to its six decimals.
 *
 * <p>Arithmetic throws on overflow; at 9.2e12 USDC that is a broken invariant, not a big trade.
 *
 * @param micros millionths of a USDC; may be negative
 */
public record Usdc(long micros) implements Comparable<Usdc> {

    /** Nothing. */
    public static final Usdc ZERO = new Usdc(0);

    private static final int DECIMALS = 6;
    private static final double MICROS = 1e6;
    private static final double LARGEST = 9e12;

    /** @throws IllegalArgumentException when the amount has more than six decimals or is too large */
    public static Usdc of(BigDecimal amount) {
        try {
            return new Usdc(amount.setScale(DECIMALS).unscaledValue().longValueExact());
        } catch (ArithmeticException tooFine) {
            throw new IllegalArgumentException(
                    "amount=" + amount + " must be USDC with at most six decimals, below 9.2e12",
                    tooFine);
        }
    }

    /** A whole number of USDC. */
    public static Usdc ofWhole(long usdc) {
        return new Usdc(Math.multiplyExact(usdc, 1_000_000L));
    }

    /**
     * The door from risk's numbers to money: what a taker owes, rounded up to whole ticks, so that the
     * pool never loses by rounding. A negative amount is what he receives, rounded towards less.
     *
     * @param amountUsdc signed, the taker pays when positive
     * @param tick the step, positive
     * @throws IllegalArgumentException when the amount is NaN, infinite or beyond 9e12
     */
    public static Usdc dueFromTaker(double amountUsdc, Usdc tick) {
        if (!(Math.abs(amountUsdc) <= LARGEST)) {
            throw new IllegalArgumentException("amountUsdc=" + amountUsdc + " must be within 9e12");
        }
        BigDecimal steps =
                new BigDecimal(amountUsdc).divide(tick.toDecimal(), 0, RoundingMode.CEILING);
        return new Usdc(Math.multiplyExact(steps.longValueExact(), tick.micros));
    }

    /** The nearest micro-USDC to a risk figure, for display lines whose rounding a later line takes up. */
    public static Usdc nearest(double amountUsdc) {
        if (!(Math.abs(amountUsdc) <= LARGEST)) {
            throw new IllegalArgumentException("amountUsdc=" + amountUsdc + " must be within 9e12");
        }
        return new Usdc((long) Math.rint(amountUsdc * MICROS));
    }

    /** Sum. */
    public Usdc plus(Usdc other) {
        return new Usdc(Math.addExact(micros, other.micros));
    }

    /** Difference. */
    public Usdc minus(Usdc other) {
        return new Usdc(Math.subtractExact(micros, other.micros));
    }

    /** The same amount owed the other way. */
    public Usdc negated() {
        return new Usdc(Math.negateExact(micros));
    }

    /** -1, 0 or 1. */
    public int signum() {
        return Long.signum(micros);
    }

    /** The amount as a decimal of scale six. */
    public BigDecimal toDecimal() {
        return BigDecimal.valueOf(micros, DECIMALS);
    }

    /** The amount for risk arithmetic, USDC; never booked again. */
    public double toDouble() {
        return micros / MICROS;
    }

    @Override
    public int compareTo(Usdc other) {
        return Long.compare(micros, other.micros);
    }

    @Override
    public String toString() {
        return toDecimal().toPlainString();
    }
}
