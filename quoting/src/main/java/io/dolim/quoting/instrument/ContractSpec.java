package io.dolim.quoting.instrument;

import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;

/**
 * How the options of an underlying trade. A lot is the smallest step of quantity; the engine counts
 * in whole lots.
 *
 * @param coinsPerLot coins in one lot, as in 0.01
 * @param tickUsdc smallest step of a displayed price, USDC per coin
 * @param minLots smallest quantity of a leg, lots
 * @param maxLots largest quantity of a leg, lots
 */
public record ContractSpec(
        Underlying underlying,
        BigDecimal coinsPerLot,
        BigDecimal tickUsdc,
        long minLots,
        long maxLots) {

    /** @throws IllegalArgumentException when a size is not positive or a tick of a lot is not whole micro-USDC */
    public ContractSpec {
        if (coinsPerLot.signum() <= 0 || tickUsdc.signum() <= 0) {
            throw new IllegalArgumentException(
                    "coinsPerLot=" + coinsPerLot + " tickUsdc=" + tickUsdc + " must be positive");
        }
        if (minLots < 1 || maxLots < minLots) {
            throw new IllegalArgumentException(
                    "minLots=" + minLots + " maxLots=" + maxLots + " must satisfy 1 <= min <= max");
        }
        Usdc.of(coinsPerLot.multiply(tickUsdc));
    }

    /** Lots in a quantity of coins. @throws IllegalArgumentException when it is not a whole number of lots */
    public long lots(BigDecimal coins) {
        try {
            return coins.divide(coinsPerLot).longValueExact();
        } catch (ArithmeticException notWhole) {
            throw new IllegalArgumentException(
                    "amount="
                            + coins.toPlainString()
                            + " must be a multiple of "
                            + coinsPerLot.toPlainString(),
                    notWhole);
        }
    }

    /** Coins in a number of lots, exactly. */
    public BigDecimal coins(long lots) {
        return coinsPerLot.multiply(BigDecimal.valueOf(lots));
    }

    /** The smallest step of the price of so many lots, USDC: tick times coins. */
    public Usdc tickOf(long lots) {
        return Usdc.of(coins(Math.absExact(lots)).multiply(tickUsdc));
    }
}
