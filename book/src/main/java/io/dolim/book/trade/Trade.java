package io.dolim.book.trade;

import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.quote.QuoteLines;

/**
 * A fill, as it is answered to the taker, the first time and every time after.
 *
 * @param body hash of the request that led to it
 * @param quoteId the quote it filled
 * @param legs the taker's directions
 * @param lines the price, itemised; their sum is what the taker paid
 * @param epochMs when it was decided, the Book's wall clock
 */
public record Trade(
        TradeId id,
        AccountId account,
        ClientOrderId orderId,
        BodyHash body,
        String quoteId,
        OptionPackage legs,
        QuoteLines lines,
        long epochMs) {

    /** What the taker paid in all; negative: received. */
    public Usdc price() {
        return lines.total();
    }
}
