/**
 * The volatility surface: smiles in total variance, their freedom from static arbitrage, and the fit
 * to a chain's quotes. Formulas, units and sources stand in {@code quoting/doc/surface.md}.
 */
@NullMarked
package io.dolim.quoting.surface;

import org.jspecify.annotations.NullMarked;
