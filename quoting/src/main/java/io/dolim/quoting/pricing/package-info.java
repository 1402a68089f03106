/** Black-76 prices, greeks and implied volatility, one option at a time and in blocks, with the same bits either way. */
@NullMarked
package io.dolim.quoting.pricing;

import org.jspecify.annotations.NullMarked;
