package io.dolim.book.hedge;

import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How the linear perpetual of an underlying trades: settled in USDC, quantities in coins.
 *
 * @param coinsPerLot coins in one lot, the smallest step of quantity, as in 0.001
 * @param tickUsdc smallest step of a price, USDC per coin
 */
public record PerpetualSpec(Underlying underlying, BigDecimal coinsPerLot, BigDecimal tickUsdc) {

    /** @throws IllegalArgumentException when a step is not positive or a tick of a lot is not whole micro-USDC */
    public PerpetualSpec {
        if (coinsPerLot.signum() <= 0 || tickUsdc.signum() <= 0) {
            throw new IllegalArgumentException(
                    "coinsPerLot=" + coinsPerLot + " tickUsdc=" + tickUsdc + " must be positive");
        }
        Usdc.of(coinsPerLot.multiply(tickUsdc));
    }

    /** Deribit's name of it, as in {@code BTC_USDC-PERPETUAL}. */
    public String instrument() {
        return underlying + "_USDC-PERPETUAL";
    }

    /** Coins in a number of lots, exactly. */
    public BigDecimal coins(long lots) {
        return coinsPerLot.multiply(BigDecimal.valueOf(lots));
    }

    /**
     * What so many lots cost at a price, exactly; negative when they are sold.
     *
     * @throws IllegalArgumentException when the price is not on the tick
     */
    public Usdc costUsdc(long lots, BigDecimal priceUsdc) {
        return Usdc.of(coins(lots).multiply(priceUsdc));
    }

    /** The fewest whole lots that are a quantity of coins or more, signed as it. */
    public long lotsFor(double coins) {
        return new BigDecimal(coins).divide(coinsPerLot, 0, RoundingMode.UP).longValueExact();
    }

    /** A price on the tick: rounded up for a buyer's limit, down for a seller's. */
    public BigDecimal limit(double priceUsdc, boolean buys) {
        return new BigDecimal(priceUsdc)
                .divide(tickUsdc, 0, buys ? RoundingMode.CEILING : RoundingMode.FLOOR)
                .multiply(tickUsdc);
    }
}
