package io.dolim.book.hedge;

import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;

/**
 * The trade that brings an underlying's net delta to where its policy wants it, and why.
 *
 * @param id rises by one within the underlying, from 1; also the job's that it becomes
 * @param epochMs when it was raised, on the feed's clock: that of the tick that caused it
 * @param lots of the perpetual to buy, to sell when negative
 * @param limitUsdc worst price, USDC per coin
 * @param budget most that executing it may cost: slippage, venue's fees and reward
 * @param urgency 0 at the band's edge, 1 a half-width beyond it or more
 * @param netCoins net delta that it starts from, what is on its way included
 * @param band that was left
 * @param inputs what was read
 */
public record HedgeSignal(
        long id,
        long epochMs,
        long lots,
        BigDecimal limitUsdc,
        Usdc budget,
        double urgency,
        double netCoins,
        Band band,
        HedgeInputs inputs) {}
