package io.dolim.quoting.market;

import io.dolim.quoting.instrument.OptionType;
import java.math.BigDecimal;
import java.util.OptionalDouble;

/**
 * What a feed shows for one option of a chain. Nothing is checked here: {@code FeedGuard} judges it,
 * and must be able to see the nonsense it refuses.
 *
 * @param strike USDC per coin
 * @param forwardUsdc the forward these volatilities were read against, USDC per coin; within one
 *     chain it may differ by row, as recorded rows were taken over some seconds
 * @param bidUsdc best bid, USDC per coin; empty when nobody bids
 * @param askUsdc best ask, USDC per coin; empty when nobody offers
 * @param bidVol Black volatility of the bid, annual, decimal; empty when the feed gives none
 * @param askVol Black volatility of the ask, annual, decimal; empty when the feed gives none
 * @param markVol Black volatility of the venue's mark, annual, decimal (0.5 is 50 %)
 */
public record OptionQuote(
        BigDecimal strike,
        OptionType type,
        double forwardUsdc,
        OptionalDouble bidUsdc,
        OptionalDouble askUsdc,
        OptionalDouble bidVol,
        OptionalDouble askVol,
        double markVol) {}
