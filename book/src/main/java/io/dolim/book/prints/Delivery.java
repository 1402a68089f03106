package io.dolim.book.prints;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.Underlying;
import java.math.BigDecimal;

/**
 * What an expiry was settled at.
 *
 * @param rule {@code twap-30m} or {@code operator}
 */
public record Delivery(
        Underlying underlying, Expiry expiry, BigDecimal priceUsdc, String rule, long epochMs) {}
