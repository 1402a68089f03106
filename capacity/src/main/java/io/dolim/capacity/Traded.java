package io.dolim.capacity;

import io.dolim.capacity.vector.Exposure;
import io.dolim.quoting.money.Usdc;

/**
 * What a book traded in some time, valued under one view, on the pool's side.
 *
 * @param coins bought and sold together; never negative
 * @param deltaCoins net delta that the pool took
 * @param vegaUsdc net vega that the pool took, USDC for a volatility point
 * @param gainUsdc the cash that came in and what was taken at mark; negative when the trades have lost
 */
public record Traded(double coins, double deltaCoins, double vegaUsdc, double gainUsdc) {

    /** Nothing traded. */
    public static final Traded NONE = new Traded(0, 0, 0, 0);

    /** A change of the pool, and the cash it brought. */
    public static Traded of(double coins, Exposure change, Usdc cash) {
        return new Traded(
                coins, change.deltaCoins(), change.vegaUsdc(), cash.toDouble() + change.markUsdc());
    }

    /** Both together. */
    public Traded plus(Traded other) {
        return new Traded(
                coins + other.coins,
                deltaCoins + other.deltaCoins,
                vegaUsdc + other.vegaUsdc,
                gainUsdc + other.gainUsdc);
    }
}
