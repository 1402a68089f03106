package io.dolim.quoting.surface;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * One expiry's fit in progress: its quotes and the smile so far, free of butterfly arbitrage at every
 * step.
 */
final class SliceFit {

    private static final int ROUNDS = 40;
    private static final double FLAT_UNCERTAINTY_VOL = 0.05;

    /** The least slope of a wing, in standard deviations at the money. */
    private static final double LEAST_WING = 0.01;

    /** Over which part of the quoted range SVI's wing is carried on beyond the quotes. */
    private static final double WING = 0.1;

    /** Over which part of it a wing that falls, or is too steep, is bent. */
    private static final double SHORT_WING = 0.3;

    /** Over which part of it the base alone is carried on. */
    private static final double WIDE_WING = 4.0;

    /** How many points on either side of a butterfly lose weight, in the order tried. */
    private static final int[] REACHES = {1, 2};

    /** By what lost weights are multiplied when they are given back, in the order tried. */
    private static final double[] RESTORED = {1e3, 10.0, 10.0, 3.0};

    /** How much of a correction is kept when weights alone did not remove a butterfly. */
    private static final double[] SHARES = {0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1};

    /** What is left of a wing's slope, in the order tried. */
    private static final double[] WING_SHARES = {
        0.9, 0.75, 0.6, 0.45, 0.3, 0.2, 0.1, 0.05, 0.02, 0.005, 0.0
    };

    /** Over which part of the quoted range a wing is bent, in the order tried. */
    private static final double[] WING_LENGTHS = {1.0, 0.3, 0.1, 0.03};

    /** How hard a wing is bent where that was not enough, in the order tried. */
    private static final double[] HARDNESSES = {0.5, 0.7, 0.85, 0.95};

    /** The first step of such a bend, in parts of the quoted range. */
    private static final double HARD_STEP = 0.01;

    final SmileQuotes quotes;
    final SmileQuotes usable;
    private SviSmile inner;
    private SviSmile looser;
    private WingBend rightWing;
    private WingBend leftWing;
    private SviSmile smile;

    SliceFit(SmileQuotes quotes) {
        this.quotes = quotes;
        boolean enough = quotes.size() >= BaseSmile.LEAST_QUOTES;
        this.usable = enough ? quotes.without(BaseSmile.outliers(quotes)) : quotes;
        double scale = quotes.scale;
        this.smile = SviSmile.flat(BaseSmile.median(usable.y) * scale * scale);
        this.inner = smile;
        this.looser = smile;
        this.rightWing = new WingBend.Even(0.0, scale);
        this.leftWing = rightWing;
        if (!flat()) {
            correct(BaseSmile.fit(usable));
        }
    }

    SviSmile smile() {
        return smile;
    }

    boolean flat() {
        return usable.size() < BaseSmile.LEAST_QUOTES;
    }

    /** The slice above these floors, and how far the quotes are from it. */
    SviSlice slice(List<SviSmile> floors) {
        SviSlice slice = slice(floors, 0.0);
        return slice(floors, uncertainty(slice));
    }

    /**
     * Bends the right or left wing by the first bend that {@code fits} accepts and that brings no
     * butterfly.
     *
     * @return whether there is one; otherwise the smile stays as it is
     */
    boolean bend(boolean right, Predicate<SviSmile> fits) {
        SviSmile other = right ? leftWing.on(inner, false) : rightWing.on(inner, true);
        double range = usable.toK() - usable.fromK();
        for (WingBend wing : bends(right ? rightWing : leftWing, range)) {
            SviSmile bent = wing.on(other, right);
            if (fits.test(bent) && SmileCheck.passes(bent, usable.fromK(), usable.toK())) {
                rightWing = right ? wing : rightWing;
                leftWing = right ? leftWing : wing;
                smile = bent;
                return true;
            }
        }
        return false;
    }

    /** Takes the smile whose wings have more room, farther from the quotes, where there is one. */
    boolean loosen() {
        if (inner.equals(looser)) {
            return false;
        }
        shape(looser);
        return true;
    }

    private List<WingBend> bends(WingBend natural, double range) {
        double least = LEAST_WING * quotes.scale;
        List<WingBend> bends = new ArrayList<>();
        for (double share : WING_SHARES) {
            for (double length : WING_LENGTHS) {
                bends.add(new WingBend.Even(share * natural.slope(), length * range));
            }
        }
        for (double hardness : HARDNESSES) {
            bends.add(new WingBend.Hard(2.0 * least, hardness, HARD_STEP * range));
        }
        return bends;
    }

    /**
     * The base with the spline that carries its residuals. Points that take part in a butterfly lose
     * weight until there is none, and are given back what does no harm; failing that, only part of the
     * spline is kept, or nothing.
     */
    private void correct(RawSvi base) {
        RawSvi real = BaseSmile.real(base, quotes.scale);
        double least = Double.POSITIVE_INFINITY;
        SviSmile best = inner;
        Knots knots = new Knots(usable, base);
        for (int reach : REACHES) {
            knots = new Knots(usable, base);
            if (relieved(knots, real, reach)) {
                looser = inner;
                restore(knots, real);
                double error = uncertainty(slice(List.of(), 0.0));
                if (error < least) {
                    least = error;
                    best = inner;
                }
                if (!knots.changed()) {
                    return;
                }
            }
        }
        if (least < Double.POSITIVE_INFINITY) {
            shape(best);
        } else {
            mix(knots, real);
            looser = inner;
        }
    }

    private boolean relieved(Knots knots, RawSvi real, int reach) {
        for (int round = 0; round < ROUNDS; round++) {
            shape(new SviSmile(real, knots.spline(1.0)));
            List<Double> violations = SmileCheck.violations(smile, usable.fromK(), usable.toK());
            if (violations.isEmpty()) {
                return true;
            }
            knots.relieve(violations, reach);
        }
        return false;
    }

    /** Point by point, as much weight back as brings no butterfly back. */
    private void restore(Knots knots, RawSvi real) {
        for (double share : RESTORED) {
            for (int i = 0; i < knots.size(); i++) {
                double before = knots.trust(i);
                if (!knots.restore(i, share)) {
                    continue;
                }
                SviSmile kept = inner;
                shape(new SviSmile(real, knots.spline(1.0)));
                if (!SmileCheck.insideHolds(smile)
                        || !SmileCheck.passes(smile, usable.fromK(), usable.toK())) {
                    knots.trust(i, before);
                    shape(kept);
                }
            }
        }
    }

    private void mix(Knots knots, RawSvi real) {
        for (double share : SHARES) {
            shape(new SviSmile(real, knots.spline(share)));
            if (SmileCheck.passes(smile, usable.fromK(), usable.toK())) {
                return;
            }
        }
        inner = new SviSmile(real, knots.spline(0.0));
        rightWing = wing(true, WIDE_WING);
        leftWing = wing(false, WIDE_WING);
        smile = new SviSmile(real, List.of());
    }

    /** Takes this smile between the outermost quotes and gives it wings. */
    private void shape(SviSmile between) {
        inner = between;
        rightWing = wing(true, WING);
        leftWing = wing(false, WING);
        smile = leftWing.on(rightWing.on(inner, true), false);
    }

    /** SVI's own wing, unless it falls outward or rises too steeply. */
    private WingBend wing(boolean right, double length) {
        double range = usable.toK() - usable.fromK();
        WingBend natural = WingBend.Even.none(inner, right, length * range);
        double most = SmileCheck.STEEPEST_WING - 0.05;
        double slope = Math.max(LEAST_WING * quotes.scale, Math.min(most, natural.slope()));
        return slope == natural.slope() ? natural : new WingBend.Even(slope, SHORT_WING * range);
    }

    private SviSlice slice(List<SviSmile> floors, double uncertainty) {
        return new SviSlice(
                quotes.expiryMs,
                quotes.years,
                quotes.forward,
                quotes.discount,
                smile,
                floors,
                uncertainty);
    }

    /** Root mean square of fitted less quoted volatility; wide where there is no smile to fit. */
    private double uncertainty(SviSlice fitted) {
        double sum = 0.0;
        for (int i = 0; i < usable.size(); i++) {
            double w = fitted.totalVariance(usable.x[i] * quotes.scale);
            double quoted = Math.sqrt(usable.y[i]) * quotes.scale;
            double e = (Math.sqrt(w) - quoted) / Math.sqrt(quotes.years);
            sum += e * e;
        }
        double rms = Math.sqrt(sum / usable.size());
        return flat() ? Math.max(FLAT_UNCERTAINTY_VOL, rms) : rms;
    }
}
