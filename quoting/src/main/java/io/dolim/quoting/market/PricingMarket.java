package io.dolim.quoting.market;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.surface.VolSurface;
import java.util.OptionalDouble;

/**
 * The market of one underlying, frozen at one moment: all that prices an option. Immutable and safe
 * to read from any thread.
 */
public interface PricingMarket {

    /** Whose market. */
    Underlying underlying();

    /** The moment it was frozen, milliseconds since 1970, on the feed's clock. */
    long timeMs();

    /** The index, USDC per coin; positive. */
    double spotUsdc();

    /** Forward to an expiry, USDC per coin; positive. */
    double forwardUsdc(Expiry expiry);

    /** Discount factor to an expiry; positive. */
    double discount(Expiry expiry);

    /**
     * Black volatility, annual, as a decimal, of an expiry at a log-moneyness {@code k = ln(K/F)}.
     * Total variance is {@code volAnnual^2} times {@code expiry.yearsFrom(timeMs())}.
     */
    double volAnnual(Expiry expiry, double logMoneyness);

    /**
     * {@link #volAnnual} at many log-moneynesses, with the same bits.
     *
     * @param logMoneyness the first {@code count} finite, none above the one before it; {@link
     *     VolSurface#ROOM} more places
     * @param vols takes the volatilities; as many places, of which those beyond {@code count} become
     *     meaningless
     */
    default void volsAnnual(Expiry expiry, double[] logMoneyness, int count, double[] vols) {
        for (int i = 0; i < count; i++) {
            vols[i] = volAnnual(expiry, logMoneyness[i]);
        }
    }

    /**
     * Funding that a long perpetual is expected to pay, share of notional a year; signed, not capped.
     * Empty when too little is known: the configured figure holds then.
     */
    default OptionalDouble fundingAnnual() {
        return OptionalDouble.empty();
    }
}
