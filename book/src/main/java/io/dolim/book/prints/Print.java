package io.dolim.book.prints;

import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.TradeId;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;

/**
 * One leg of a trade, as it is published.
 *
 * @param leg its place in the package, from 1
 * @param legs of the package; 1 when it was traded alone
 * @param account the taker's; told to nobody else
 * @param lots the taker's, signed: positive bought
 * @param coins quantity, positive
 * @param priceUsdc per coin, all lines of the quote in it; a leg of a package has its share, {@link LegPrices}
 * @param tick against the instrument's last price before it
 * @param markUsdc per coin, on the surface that priced it
 * @param ivAnnual Black volatility of its price, decimal; 0 where no volatility gives it
 * @param indexUsdc the index that priced it, USDC per coin; 0 where its inputs are not recorded
 * @param fee its share of the trade's fee
 * @param epochMs when it was decided, the Book's clock
 */
public record Print(
        TradeId trade,
        int leg,
        int legs,
        AccountId account,
        ClientOrderId orderId,
        OptionContract contract,
        long lots,
        BigDecimal coins,
        BigDecimal priceUsdc,
        Tick tick,
        double markUsdc,
        double ivAnnual,
        double indexUsdc,
        Usdc fee,
        long epochMs) {

    /** How a price stands to the one before. */
    public enum Tick {
        /** Higher. */
        PLUS,
        /** The same, and the one that differed was lower. Also the first of all. */
        ZERO_PLUS,
        /** Lower. */
        MINUS,
        /** The same, and the one that differed was higher. */
        ZERO_MINUS
    }

    /** Whether it was traded by itself: only then its price is one that somebody agreed to. */
    public boolean isAlone() {
        return legs == 1;
    }

    /** Whether the taker bought. */
    public boolean isBought() {
        return lots > 0;
    }
}
