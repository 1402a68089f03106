package io.dolim.quoting.market;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.surface.VolSurface;
import java.util.OptionalDouble;

/**
 * The market of one underlying, frozen: a fitted surface and what moved since.
 *
 * <pre>  F(T) = F_fit(T) S / S_fit        vol at equal ln(K/F) stays; time to expiry runs from timeMs</pre>
 *
 * Consists of doubles and longs only: the same snapshot has the same bytes ({@link
 * MarketSnapshotBytes}) and gives the same prices everywhere.
 *
 * @param timeMs the moment it was frozen, milliseconds since 1970 on the feed's clock; not before the
 *     surface was fixed
 * @param spotUsdc S, the index, USDC per coin; positive
 * @param surface the last fit
 * @param spotAtFitUsdc the index when the surface was fixed; positive
 * @param uncertainty how far the feed's figures may be off
 * @param fundingAnnual as {@link PerpetualPremium} expects it; empty while it has too few samples
 */
public record MarketSnapshot(
        Underlying underlying,
        long timeMs,
        double spotUsdc,
        VolSurface surface,
        double spotAtFitUsdc,
        Uncertainty uncertainty,
        OptionalDouble fundingAnnual)
        implements QuotableMarket {

    /** @throws IllegalArgumentException when a price is not positive or the time is before the fit */
    public MarketSnapshot {
        requirePrice("spotUsdc", spotUsdc);
        requirePrice("spotAtFitUsdc", spotAtFitUsdc);
        if (!Double.isFinite(fundingAnnual.orElse(0.0))) {
            throw new IllegalArgumentException("fundingAnnual=" + fundingAnnual + " is no rate");
        }
        if (timeMs < surface.fixedAtMs()) {
            throw new IllegalArgumentException(
                    "timeMs=" + timeMs + " is before the fit at " + surface.fixedAtMs());
        }
    }

    /** One of whose funding nothing is known. */
    public MarketSnapshot(
            Underlying underlying,
            long timeMs,
            double spotUsdc,
            VolSurface surface,
            double spotAtFitUsdc,
            Uncertainty uncertainty) {
        this(
                underlying,
                timeMs,
                spotUsdc,
                surface,
                spotAtFitUsdc,
                uncertainty,
                OptionalDouble.empty());
    }

    @Override
    public double forwardUsdc(Expiry expiry) {
        return surface.forward(expiry.epochMs()) * (spotUsdc / spotAtFitUsdc);
    }

    /** Discount factor from the moment of the fit: hours of a rate are below the tick. */
    @Override
    public double discount(Expiry expiry) {
        return surface.discount(expiry.epochMs());
    }

    @Override
    public double volAnnual(Expiry expiry, double logMoneyness) {
        return surface.volAtLogMoneyness(expiry.epochMs(), logMoneyness);
    }

    @Override
    public void volsAnnual(Expiry expiry, double[] logMoneyness, int count, double[] vols) {
        surface.volsAtLogMoneyness(expiry.epochMs(), logMoneyness, count, vols);
    }

    @Override
    public double uncertaintyVol(Expiry expiry) {
        return surface.uncertaintyVol(expiry.epochMs());
    }

    private static void requirePrice(String name, double price) {
        if (!(price > 0.0 && price < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + "=" + price + " must be positive");
        }
    }
}
