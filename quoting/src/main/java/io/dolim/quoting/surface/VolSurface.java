package io.dolim.quoting.surface;

import io.dolim.quoting.instrument.DayCount;
import io.dolim.quoting.math.Elementary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Volatility of one underlying for any strike and any later expiry, fixed at one moment. Between
 * expiries total variance is linear in calendar time (ACT/365F) at equal log-moneyness, where that
 * would be a butterfly with some of the neighbours' prices blended in ({@link Between}); before the
 * first, volatility is that of the first; after the last, variance grows at the last's at-the-money
 * rate, equally at all k. Each of the three leaves no calendar arbitrage where the slices have none.
 *
 * @param fixedAtMs the moment of the quotes, milliseconds since 1970
 * @param slices at least one, in rising expiry, all after {@code fixedAtMs}
 * @param blends by slice but the last: the share of its and the next one's prices in those between
 *     them, 0 to 1
 */
public record VolSurface(long fixedAtMs, List<SviSlice> slices, List<Double> blends) {

    /** Refuses an empty list, slices out of order, and times that are not those of the expiries. */
    public VolSurface {
        slices = List.copyOf(slices);
        blends = List.copyOf(blends);
        if (slices.isEmpty()) {
            throw new IllegalArgumentException("a surface needs at least one slice");
        }
        long before = fixedAtMs;
        for (SviSlice slice : slices) {
            if (slice.expiryMs() <= before) {
                throw new IllegalArgumentException(
                        "expiryMs=" + slice.expiryMs() + " not after " + before);
            }
            if (slice.yearsToExpiry() != DayCount.years(fixedAtMs, slice.expiryMs())) {
                throw new IllegalArgumentException("yearsToExpiry=" + slice.yearsToExpiry());
            }
            before = slice.expiryMs();
        }
        if (blends.size() != slices.size() - 1) {
            throw new IllegalArgumentException(
                    "blends=" + blends.size() + " for slices=" + slices.size());
        }
        for (double blend : blends) {
            if (!(blend >= 0.0 && blend <= 1.0)) {
                throw new IllegalArgumentException("blend=" + blend + " not in [0, 1]");
            }
        }
    }

    /** With total variance linear in time between all slices: free of calendars, no more. */
    public VolSurface(long fixedAtMs, List<SviSlice> slices) {
        this(fixedAtMs, slices, Collections.nCopies(Math.max(0, slices.size() - 1), 0.0));
    }

    /** With what it takes to have no butterfly between slices that have none. */
    static VolSurface blended(long fixedAtMs, List<SviSlice> slices) {
        List<Double> blends = new ArrayList<>();
        for (int i = 1; i < slices.size(); i++) {
            blends.add(new Between(slices.get(i - 1), slices.get(i)).leastBlend());
        }
        return new VolSurface(fixedAtMs, slices, blends);
    }

    /**
     * The same smiles at equal log-moneyness on other forwards. Static arbitrage is decided at equal
     * log-moneyness: none comes with them.
     *
     * @param forwards by slice, in its order
     */
    public VolSurface onForwards(List<Double> forwards) {
        if (forwards.size() != slices.size()) {
            throw new IllegalArgumentException(
                    "forwards=" + forwards.size() + " for slices=" + slices.size());
        }
        List<SviSlice> moved = new ArrayList<>();
        for (int i = 0; i < slices.size(); i++) {
            SviSlice slice = slices.get(i);
            moved.add(
                    new SviSlice(
                            slice.expiryMs(),
                            slice.yearsToExpiry(),
                            forwards.get(i),
                            slice.discount(),
                            slice.smile(),
                            slice.floors(),
                            slice.uncertaintyVol()));
        }
        return new VolSurface(fixedAtMs, moved, blends);
    }

    /** Annual Black volatility of a strike for an expiry at {@code expiryMs}, as a decimal. */
    public double volAnnual(long expiryMs, double strike) {
        return volAtLogMoneyness(expiryMs, logMoneyness(expiryMs, strike));
    }

    /** Annual Black volatility at {@code k = ln(K/F)}, as a decimal. */
    public double volAtLogMoneyness(long expiryMs, double k) {
        return Math.sqrt(totalVariance(expiryMs, k) / years(expiryMs));
    }

    /** How much longer than the numbers asked for the arrays of {@link #volsAtLogMoneyness} must be. */
    public static final int ROOM = SmileLanes.ROOM;

    /**
     * {@link #volAtLogMoneyness} at many log-moneynesses, with the same bits.
     *
     * @param k the first {@code count} finite, none above the one before it; {@link #ROOM} more places
     * @param vols takes the volatilities; as many places, of which those beyond {@code count} become
     *     meaningless
     * @throws IllegalArgumentException when the numbers rise or are no numbers
     */
    public void volsAtLogMoneyness(long expiryMs, double[] k, int count, double[] vols) {
        if (count < 0 || k.length < count + ROOM || vols.length < count + ROOM) {
            throw new IllegalArgumentException(
                    "count=%d of k=%d and vols=%d must leave %d"
                            .formatted(count, k.length, vols.length, ROOM));
        }
        SmileLanes.requireFalling(k, count);
        int after = firstNotBefore(expiryMs);
        if (after < slices.size() && slices.get(after).expiryMs() == expiryMs) {
            slices.get(after).totalVariances(k, count, vols);
            SmileLanes.volsAnnual(vols, count, years(expiryMs));
        } else {
            for (int i = 0; i < count; i++) {
                vols[i] = volAtLogMoneyness(expiryMs, k[i]);
            }
        }
    }

    /** {@code ln(K/F)} of a strike for an expiry at {@code expiryMs}. */
    public double logMoneyness(long expiryMs, double strike) {
        if (!(strike > 0.0) || !Double.isFinite(strike)) {
            throw new IllegalArgumentException("strike=" + strike + " must be positive and finite");
        }
        return Elementary.log(strike / forward(expiryMs));
    }

    /** Total variance from the fixing to {@code expiryMs} at {@code k = ln(K/F)}. */
    public double totalVariance(long expiryMs, double k) {
        double years = years(expiryMs);
        if (!Double.isFinite(k)) {
            throw new IllegalArgumentException("k=" + k + " must be finite");
        }
        int after = firstNotBefore(expiryMs);
        if (after == slices.size()) {
            SviSlice last = slices.getLast();
            double rate = last.totalVariance(0.0) / last.yearsToExpiry();
            return last.totalVariance(k) + rate * (years - last.yearsToExpiry());
        }
        SviSlice right = slices.get(after);
        if (right.expiryMs() == expiryMs) {
            return right.totalVariance(k);
        }
        if (after == 0) {
            return right.totalVariance(k) * (years / right.yearsToExpiry());
        }
        SviSlice left = slices.get(after - 1);
        double share = share(left, right, expiryMs);
        return new Between(left, right).totalVariance(k, share, blends.get(after - 1));
    }

    /** Forward to {@code expiryMs}: geometric between slices, the nearest slice's outside them. */
    public double forward(long expiryMs) {
        years(expiryMs);
        int after = firstNotBefore(expiryMs);
        if (after < slices.size() && slices.get(after).expiryMs() == expiryMs) {
            return slices.get(after).forward();
        }
        if (after == 0 || after == slices.size()) {
            return slices.get(Math.min(after, slices.size() - 1)).forward();
        }
        SviSlice left = slices.get(after - 1);
        SviSlice right = slices.get(after);
        double share = share(left, right, expiryMs);
        return left.forward()
                * Elementary.exp(share * Elementary.log(right.forward() / left.forward()));
    }

    /**
     * Discount factor to {@code expiryMs}: geometric between slices and, outside them, at the flat
     * rate of the nearest slice.
     */
    public double discount(long expiryMs) {
        double years = years(expiryMs);
        int after = firstNotBefore(expiryMs);
        if (after < slices.size() && slices.get(after).expiryMs() == expiryMs) {
            return slices.get(after).discount();
        }
        if (after == 0 || after == slices.size()) {
            SviSlice nearest = slices.get(Math.min(after, slices.size() - 1));
            return Elementary.exp(
                    Elementary.log(nearest.discount()) * (years / nearest.yearsToExpiry()));
        }
        SviSlice left = slices.get(after - 1);
        SviSlice right = slices.get(after);
        double share = share(left, right, expiryMs);
        return left.discount()
                * Elementary.exp(share * Elementary.log(right.discount() / left.discount()));
    }

    /**
     * How far quotes lie from the surface at this expiry, annual volatility as a decimal: the
     * slice's, or the larger of both neighbours'.
     */
    public double uncertaintyVol(long expiryMs) {
        years(expiryMs);
        int after = firstNotBefore(expiryMs);
        if (after == slices.size()) {
            return slices.getLast().uncertaintyVol();
        }
        SviSlice right = slices.get(after);
        if (after == 0 || right.expiryMs() == expiryMs) {
            return right.uncertaintyVol();
        }
        return Math.max(slices.get(after - 1).uncertaintyVol(), right.uncertaintyVol());
    }

    private double years(long expiryMs) {
        if (expiryMs <= fixedAtMs) {
            throw new IllegalArgumentException(
                    "expiryMs=" + expiryMs + " not after fixedAtMs=" + fixedAtMs);
        }
        return DayCount.years(fixedAtMs, expiryMs);
    }

    private static double share(SviSlice left, SviSlice right, long expiryMs) {
        return (double) (expiryMs - left.expiryMs())
                / (double) (right.expiryMs() - left.expiryMs());
    }

    /** The index of the first slice that does not expire before, the number of slices if none. */
    private int firstNotBefore(long expiryMs) {
        int i = 0;
        while (i < slices.size() && slices.get(i).expiryMs() < expiryMs) {
            i++;
        }
        return i;
    }
}
