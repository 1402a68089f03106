package io.dolim.book.prints;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What trading makes of an instrument. Prices are those of trades by themselves; volumes count legs of
 * packages too.
 *
 * @param lastUsdc the last price, however old; per coin
 * @param lowUsdc of the last 24 hours
 * @param highUsdc of the last 24 hours
 * @param changePercent of the last 24 hours, from their first price to their last
 * @param volumeCoins traded in the last 24 hours
 * @param volumeUsdc what was paid for it
 * @param openCoins held long, by takers and the pool
 */
public record DayFigures(
        Optional<BigDecimal> lastUsdc,
        Optional<BigDecimal> lowUsdc,
        Optional<BigDecimal> highUsdc,
        Optional<Double> changePercent,
        BigDecimal volumeCoins,
        BigDecimal volumeUsdc,
        BigDecimal openCoins) {

    /** Of an instrument that nobody has traded. */
    public static final DayFigures NONE =
            new DayFigures(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    BigDecimal.ZERO,
                    BigDecimal.ZERO,
                    BigDecimal.ZERO);
}
