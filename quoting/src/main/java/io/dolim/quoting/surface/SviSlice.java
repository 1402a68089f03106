package io.dolim.quoting.surface;

import io.dolim.quoting.math.Elementary;
import java.util.List;

/**
 * The smile of one expiry, never below the earlier expiries' smiles that are its floors: total
 * variance is the greatest of its own and theirs at equal log-moneyness. A Black price rises with
 * total variance, so the greatest of smiles has the greatest of their prices, and the greatest of
 * convex functions is convex: floors take calendar arbitrage away and bring no butterfly.
 *
 * <p>Consists of doubles and one long: equal parts give equal bits of every answer.
 *
 * @param expiryMs when it expires, milliseconds since 1970
 * @param yearsToExpiry T at the moment of fixing, ACT/365F; positive
 * @param forward F, settlement currency per unit of the underlying; positive
 * @param discount discount factor to expiry; positive
 * @param smile its own smile
 * @param floors earlier expiries' own smiles, usually none
 * @param uncertaintyVol root mean square distance of the quotes from the slice, in annual
 *     volatility as a decimal
 */
public record SviSlice(
        long expiryMs,
        double yearsToExpiry,
        double forward,
        double discount,
        SviSmile smile,
        List<SviSmile> floors,
        double uncertaintyVol)
        implements Smile {

    /** Refuses what is not positive and finite. */
    public SviSlice {
        positive("yearsToExpiry", yearsToExpiry);
        positive("forward", forward);
        positive("discount", discount);
        if (!(uncertaintyVol >= 0.0)) {
            throw new IllegalArgumentException("uncertaintyVol=" + uncertaintyVol);
        }
        floors = List.copyOf(floors);
    }

    /** Annual Black volatility of a strike, as a decimal. */
    public double volAnnual(double strike) {
        return volAtLogMoneyness(logMoneyness(strike));
    }

    /** Annual Black volatility at {@code k = ln(K/F)}, as a decimal. */
    public double volAtLogMoneyness(double k) {
        return Math.sqrt(totalVariance(k) / yearsToExpiry);
    }

    /** {@code ln(K/F)} of a strike. */
    public double logMoneyness(double strike) {
        return Elementary.log(positive("strike", strike) / forward);
    }

    @Override
    public double totalVariance(double k) {
        double w = smile.totalVariance(k);
        for (int i = 0; i < floors.size(); i++) {
            w = Math.max(w, floors.get(i).totalVariance(k));
        }
        return w;
    }

    /** {@link #totalVariance} of many, as {@link SmileLanes#totalVariances} has it. */
    void totalVariances(double[] k, int count, double[] w) {
        SmileLanes.totalVariances(smile, k, count, w);
        double[] floor = floors.isEmpty() ? w : new double[w.length];
        for (SviSmile each : floors) {
            SmileLanes.totalVariances(each, k, count, floor);
            for (int i = 0; i < count; i++) {
                w[i] = Math.max(w[i], floor[i]);
            }
        }
    }

    @Override
    public double slope(double k) {
        return highest(k).slope(k);
    }

    @Override
    public double curvature(double k) {
        return highest(k).curvature(k);
    }

    /** The own smile or the floor that decides at k. */
    SviSmile highest(double k) {
        SviSmile highest = smile;
        double w = smile.totalVariance(k);
        for (int i = 0; i < floors.size(); i++) {
            double floor = floors.get(i).totalVariance(k);
            if (floor > w) {
                highest = floors.get(i);
                w = floor;
            }
        }
        return highest;
    }

    private static double positive(String name, double value) {
        if (!(value > 0.0) || !Double.isFinite(value)) {
            throw new IllegalArgumentException(name + "=" + value + " must be positive and finite");
        }
        return value;
    }
}
