package io.dolim.book.prints;

import io.dolim.quoting.instrument.OptionContract;
import java.math.BigDecimal;

/**
 * An instrument that turned into cash.
 *
 * @param indexUsdc what its expiry was settled at
 * @param coins that were held long
 */
public record Settled(
        OptionContract contract, BigDecimal indexUsdc, BigDecimal coins, long epochMs) {}
