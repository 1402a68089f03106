package io.dolim.quoting.surface;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A fitted surface on the steps of {@link SmileGrid}, so that a journal tells it in a third of the
 * bytes. What is in force is the rounded one: it is exact in the journal.
 *
 * <p>Knots move to whole steps and take on value and curvature of the smile there, so that no slope
 * jumps by more than the steps. Equal smiles stay equal, and so floors stay floors. Looked through
 * again for butterflies and calendars: rounding moves densities by less than a millionth, but a fit
 * that cannot be told in steps, or that loses its margin, stays as it is.
 */
public final class RoundedSurface {

    /** What Durrleman's function must exceed: half of a fit's margin. */
    private static final double LEAST_DENSITY = 0.5 * SmileCheck.MARGIN;

    /** Forwards are told to a share of 2^-30: 0.00006 USDC of 65,000. */
    private static final int FORWARD_DIGITS = 30;

    private static final double UNCERTAINTY_STEP = 0x1p-24;

    private RoundedSurface() {}

    /** The surface in whole steps; as it is where that would not hold. */
    public static VolSurface of(VolSurface fitted) {
        List<SviSlice> slices = new ArrayList<>();
        for (SviSlice slice : fitted.slices()) {
            Optional<SviSlice> rounded = slice(slice);
            if (rounded.isEmpty()) {
                return fitted;
            }
            slices.add(rounded.get());
        }
        VolSurface rounded = new VolSurface(fitted.fixedAtMs(), slices, fitted.blends());
        return holds(slices) ? rounded : fitted;
    }

    private static Optional<SviSlice> slice(SviSlice slice) {
        Optional<SviSmile> smile = smile(slice.smile());
        List<SviSmile> floors = new ArrayList<>();
        for (SviSmile floor : slice.floors()) {
            smile(floor).ifPresent(floors::add);
        }
        return floors.size() < slice.floors().size()
                ? Optional.empty()
                : smile.map(own -> slice(slice, own, floors));
    }

    private static SviSlice slice(SviSlice slice, SviSmile smile, List<SviSmile> floors) {
        return new SviSlice(
                slice.expiryMs(),
                slice.yearsToExpiry(),
                forward(slice.forward()),
                slice.discount(),
                smile,
                floors,
                Math.ceil(slice.uncertaintyVol() / UNCERTAINTY_STEP) * UNCERTAINTY_STEP);
    }

    private static double forward(double forward) {
        double step = Math.scalb(1.0, Math.getExponent(forward) - FORWARD_DIGITS);
        return Math.rint(forward / step) * step;
    }

    private static Optional<SviSmile> smile(SviSmile smile) {
        SmileGrid grid = SmileGrid.of(smile);
        RawSvi svi = smile.svi();
        double rho = grid.nearest(SmileGrid.Unit.PURE, svi.rho());
        double sigma = grid.nearest(SmileGrid.Unit.MONEYNESS, svi.sigma());
        if (!(Math.abs(rho) < 1.0 && sigma > 0.0)) {
            return Optional.empty();
        }
        RawSvi base =
                new RawSvi(
                        grid.nearest(SmileGrid.Unit.VARIANCE, svi.a()),
                        grid.nearest(SmileGrid.Unit.SLOPE, svi.b()),
                        rho,
                        grid.nearest(SmileGrid.Unit.MONEYNESS, svi.m()),
                        sigma);
        return knots(smile, base, grid).map(knots -> new SviSmile(base, knots));
    }

    /** Knots that carry what the whole smile has over the rounded base; empty when two would meet. */
    private static Optional<List<Knot>> knots(SviSmile smile, RawSvi base, SmileGrid grid) {
        List<Knot> all = smile.correction();
        List<Knot> knots = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            boolean isEnd = i == 0 || i == all.size() - 1;
            double is = all.get(i).k();
            double k = isEnd ? grid.outward(is) : grid.nearest(SmileGrid.Unit.MONEYNESS, is);
            if (!knots.isEmpty() && !(knots.getLast().k() < k)) {
                return Optional.empty();
            }
            double value = smile.totalVariance(k) - base.totalVariance(k);
            double curvature = isEnd ? 0.0 : smile.curvature(k) - base.curvature(k);
            knots.add(
                    new Knot(
                            k,
                            grid.nearest(SmileGrid.Unit.VARIANCE, value),
                            grid.nearest(SmileGrid.Unit.PURE, curvature)));
        }
        return Optional.of(knots);
    }

    private static boolean holds(List<SviSlice> slices) {
        for (int i = 0; i < slices.size(); i++) {
            SviSlice slice = slices.get(i);
            if (!SmileCheck.isFree(slice.smile(), LEAST_DENSITY)
                    || (i > 0 && crosses(slices.get(i - 1), slice))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the later slice falls below the earlier one at a knot of either, between two, or far out. */
    private static boolean crosses(SviSlice earlier, SviSlice later) {
        List<Double> looked = new ArrayList<>(List.of(0.0));
        for (SviSlice slice : List.of(earlier, later)) {
            List<Knot> knots = slice.smile().correction();
            for (int i = 0; i < knots.size(); i++) {
                double k = knots.get(i).k();
                looked.add(k);
                looked.add(i == 0 ? k - 1.0 : 0.5 * (knots.get(i - 1).k() + k));
            }
            looked.add(knots.isEmpty() ? 1.0 : knots.getLast().k() + 1.0);
        }
        looked.add(SmileCheck.FARTHEST);
        looked.add(-SmileCheck.FARTHEST);
        return looked.stream().anyMatch(k -> later.totalVariance(k) < earlier.totalVariance(k));
    }
}
