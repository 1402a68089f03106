package io.dolim.capacity;

import io.dolim.quoting.instrument.Underlying;
import java.util.List;
import java.util.Optional;

/**
 * The four figures of the market-maker protection, used or allowed; sizes, never negative.
 *
 * @param quantityCoins traded, whichever way
 * @param deltaCoins net, either way
 * @param vegaUsdc net, either way, USDC for a volatility point
 * @param lossUsdc what the trades have lost at the mark of now
 */
public record WindowUse(double quantityCoins, double deltaCoins, double vegaUsdc, double lossUsdc) {

    /** A limit that is exceeded. */
    record Excess(String limit, double used, double allowed) {}

    /**
     * What was written, with what is pending at its worst: whichever subset of it will be written, no
     * figure is larger.
     */
    static WindowUse of(Traded written, List<Traded> pending) {
        double coins = written.coins();
        double loss = -written.gainUsdc();
        Sides delta = new Sides(written.deltaCoins(), written.deltaCoins());
        Sides vega = new Sides(written.vegaUsdc(), written.vegaUsdc());
        for (Traded one : pending) {
            coins += one.coins();
            loss += Math.max(0, -one.gainUsdc());
            delta = delta.with(one.deltaCoins());
            vega = vega.with(one.vegaUsdc());
        }
        return new WindowUse(coins, delta.size(), vega.size(), Math.max(loss, 0));
    }

    /** What is allowed, with shares of K, USDC; of spent capital a share is nothing. */
    static WindowUse allowed(Limits limits, Underlying underlying, double capitalUsdc) {
        double capital = Math.max(capitalUsdc, 0);
        return new WindowUse(
                limits.value(Limits.MMP_QUANTITY, underlying),
                limits.value(Limits.MMP_DELTA, underlying),
                limits.value(Limits.MMP_VEGA) * capital,
                limits.value(Limits.MMP_LOSS) * capital);
    }

    /** The first limit that this exceeds; a figure that is not a number exceeds any. */
    Optional<Excess> beyond(WindowUse allowed, Underlying underlying) {
        return excess(Limits.MMP_QUANTITY + underlying, quantityCoins, allowed.quantityCoins)
                .or(() -> excess(Limits.MMP_DELTA + underlying, deltaCoins, allowed.deltaCoins))
                .or(() -> excess(Limits.MMP_VEGA, vegaUsdc, allowed.vegaUsdc))
                .or(() -> excess(Limits.MMP_LOSS, lossUsdc, allowed.lossUsdc));
    }

    private static Optional<Excess> excess(String limit, double used, double allowed) {
        return used <= allowed ? Optional.empty() : Optional.of(new Excess(limit, used, allowed));
    }

    /** The least and the greatest that any subset makes of a net figure. */
    private record Sides(double low, double high) {

        Sides with(double change) {
            return new Sides(low + Math.min(0, change), high + Math.max(0, change));
        }

        double size() {
            return Math.max(Math.abs(low), Math.abs(high));
        }
    }
}
