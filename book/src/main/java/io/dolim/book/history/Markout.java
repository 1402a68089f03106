package io.dolim.book.history;

import io.dolim.book.trade.TradeId;
import io.dolim.quoting.money.Usdc;

/**
 * What a trade came to for the pool some time after it.
 *
 * @param notionalUsdc coins of all legs times spot
 * @param charge capital charge in its price
 * @param spread spread in its price
 * @param gainUsdc price without fee, less what the package was worth later
 * @param hedgedUsdc the same with the package's delta hedged at the trade
 */
record Markout(
        TradeId trade,
        double notionalUsdc,
        Usdc charge,
        Usdc spread,
        double gainUsdc,
        double hedgedUsdc) {

    /** The charge in hundredths of a per cent of notional: what trades are ranked by. */
    double chargeBp() {
        return 1e4 * charge.toDouble() / notionalUsdc;
    }
}
