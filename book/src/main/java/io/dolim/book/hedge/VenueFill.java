package io.dolim.book.hedge;

import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;

/**
 * A trade on the pool's account as the venue's own ledger tells it.
 *
 * @param sequence rises with every trade of this perpetual at this venue
 * @param tradeId the venue's name of it, unique at the venue
 * @param epochMs the venue's clock, milliseconds since 1970
 * @param label the order's; empty when the venue traded by itself, as in a liquidation
 * @param lots the pool bought when positive, sold when negative
 * @param priceUsdc USDC per coin
 * @param fee paid when positive
 */
public record VenueFill(
        long sequence,
        String tradeId,
        long epochMs,
        String label,
        long lots,
        BigDecimal priceUsdc,
        Usdc fee) {}
