package io.dolim.book.prints;

import java.math.BigDecimal;

/**
 * A stretch of an instrument's trades by themselves, or of an index.
 *
 * @param beginMs first moment of it, milliseconds since 1970
 * @param volumeCoins 0 where nothing was traded: then the prices are the close before
 * @param costUsdc what was paid for it
 */
public record Candle(
        long beginMs,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal volumeCoins,
        BigDecimal costUsdc) {

    /** One in which nothing happened at this price. */
    static Candle flat(long beginMs, BigDecimal price) {
        return first(beginMs, price, BigDecimal.ZERO, BigDecimal.ZERO);
    }

    static Candle first(long beginMs, BigDecimal price, BigDecimal coins, BigDecimal paid) {
        return new Candle(beginMs, price, price, price, price, coins, paid);
    }

    Candle with(BigDecimal price, BigDecimal coins, BigDecimal paid) {
        return new Candle(
                beginMs,
                open,
                high.max(price),
                low.min(price),
                price,
                volumeCoins.add(coins),
                costUsdc.add(paid));
    }
}
