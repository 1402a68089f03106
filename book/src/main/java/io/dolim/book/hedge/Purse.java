package io.dolim.book.hedge;

import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The hedging buffer's purse: fills evenly with time up to its most, is spent by what hedges cost, and may
 * fall below nothing by one of them.
 *
 * @param balance at {@code asOfMs}
 * @param asOfMs the feed's clock; 0 before it was ever spent
 */
public record Purse(Usdc balance, long asOfMs) {

    /** Never spent from: full. */
    public static final Purse UNTOUCHED = new Purse(Usdc.ZERO, 0);

    private static final BigDecimal DAY_MS = BigDecimal.valueOf(86_400_000L);

    /** What is in it at a moment, rounded down to a micro. */
    public Usdc at(long nowMs, HedgeTerms.Buffer buffer) {
        if (asOfMs == 0) {
            return buffer.most();
        }
        BigDecimal refill =
                buffer.perDay()
                        .toDecimal()
                        .multiply(BigDecimal.valueOf(Math.max(0, nowMs - asOfMs)))
                        .divide(DAY_MS, 6, RoundingMode.FLOOR);
        Usdc filled = balance.plus(Usdc.of(refill));
        return filled.compareTo(buffer.most()) < 0 ? filled : buffer.most();
    }

    Purse spent(Usdc cost, long nowMs, HedgeTerms.Buffer buffer) {
        return new Purse(at(nowMs, buffer).minus(cost), Math.max(nowMs, asOfMs));
    }
}
