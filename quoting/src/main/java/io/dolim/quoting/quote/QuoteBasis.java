package io.dolim.quoting.quote;

import io.dolim.quoting.market.QuotableMarket;

/**
 * All that a quote is a function of, beside the rules: equal bases give equal quotes, on any thread.
 *
 * @param market where the options are marked
 * @param charge the price of capacity on the pool's inventory
 * @param bounds the price system of the displayed quotes
 */
public record QuoteBasis(QuotableMarket market, CapitalCharge charge, StaticBounds bounds) {}
