package io.dolim.quoting.surface;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps neighbouring slices from crossing: total variance at equal log-moneyness may not fall from
 * one expiry to the next. A wing that only extrapolates is bent below the later smile where such a
 * bend is found; whatever still crosses becomes a floor of the later slice.
 */
final class Calendar {

    private static final int GRID = 321;
    private static final double WING_GROWTH = 1.25;

    /** A smile this near below another, as a share, is made its floor as well. */
    private static final double NEAR = 0.05;

    private final List<SliceFit> fits;
    private final double[] grid;

    /** The fits of one surface in rising expiry. */
    Calendar(List<SliceFit> fits) {
        this.fits = fits;
        this.grid = grid(fits);
    }

    /** The slices, none below an earlier one. */
    List<SviSlice> slices() {
        for (int i = fits.size() - 2; i >= 0; i--) {
            bend(i, true);
            bend(i, false);
        }
        List<SviSlice> slices = new ArrayList<>();
        for (int i = 0; i < fits.size(); i++) {
            slices.add(fits.get(i).slice(floors(i)));
        }
        return slices;
    }

    /** Bends a wing, from the last quote outward, below the later smile where it can. */
    private void bend(int i, boolean right) {
        SliceFit fit = fits.get(i);
        if (fit.flat()) {
            return;
        }
        SliceFit later = fits.get(i + 1);
        double end = right ? fit.usable.toK() : fit.usable.fromK();
        double farEnd = right ? later.usable.toK() : later.usable.fromK();
        double infinity = right ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        if (!below(fit.smile(), later.smile(), end, infinity)
                && !fit.bend(right, bent -> below(bent, later.smile(), end, infinity))
                && !later.flat()) {
            fit.bend(right, bent -> below(bent, later.smile(), end, farEnd));
        }
    }

    /** Whether one smile lies below the other beyond the first k and up to the second. */
    private boolean below(SviSmile near, SviSmile far, double from, double to) {
        double low = Math.min(from, to);
        double high = Math.max(from, to);
        for (double k : grid) {
            boolean inside = k != from && k >= low && k <= high;
            if (inside && !(far.totalVariance(k) >= near.totalVariance(k))) {
                return false;
            }
        }
        return true;
    }

    private List<SviSmile> floors(int i) {
        SviSmile own = fits.get(i).smile();
        List<SviSmile> floors = new ArrayList<>();
        for (int j = 0; j < i; j++) {
            SviSmile earlier = fits.get(j).smile();
            if (reaches(earlier, own)) {
                floors.add(earlier);
            }
        }
        return floors;
    }

    private boolean reaches(SviSmile earlier, SviSmile own) {
        if (earlier.rightWing() > own.rightWing() || earlier.leftWing() < own.leftWing()) {
            return true;
        }
        for (double k : grid) {
            if (earlier.totalVariance(k) * (1.0 + NEAR) >= own.totalVariance(k)) {
                return true;
            }
        }
        return false;
    }

    /** Whether total variance of the later slice is nowhere on the grid below the earlier one. */
    boolean holds(SviSlice earlier, SviSlice later) {
        for (double k : grid) {
            if (!(later.totalVariance(k) >= earlier.totalVariance(k))) {
                return false;
            }
        }
        return true;
    }

    /** Evenly over what is quoted and a third more, then ever sparser to the farthest k. */
    private static double[] grid(List<SliceFit> fits) {
        double widest = 0.2;
        for (SliceFit fit : fits) {
            if (!fit.flat()) {
                double reach = Math.max(-fit.usable.fromK(), fit.usable.toK());
                widest = Math.max(widest, 1.3 * reach);
            }
        }
        widest = Math.min(widest, SmileCheck.FARTHEST);
        int wings = 0;
        for (double k = widest * WING_GROWTH; k < SmileCheck.FARTHEST; k *= WING_GROWTH) {
            wings++;
        }
        double[] grid = new double[GRID + 2 * wings];
        for (int i = 0; i < GRID; i++) {
            grid[wings + i] = widest * (2 * i - (GRID - 1)) / (GRID - 1);
        }
        double k = widest;
        for (int i = 1; i <= wings; i++) {
            k *= WING_GROWTH;
            grid[wings - i] = -k;
            grid[wings + GRID - 1 + i] = k;
        }
        return grid;
    }
}
