package io.dolim.quoting.surface;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * One expiry's fit in progress: its quotes and the smile so far, free of butterfly arbitrage at every
 * step.
 */
final class SliceFit {

    private static final double FLAT_UNCERTAINTY_VOL = 0.05;

    private static final int TRUST_ROUNDS = 2;

    /** The miss, as a share of the volatility, at which a quote counts half. */
    private static final double HALF_TRUST_MISS = 0.05;

    /** The least slope of a wing, in standard deviations at the money. */
    private static final double LEAST_WING = 0.01;

    /** Over which part of the quoted range a wing takes on its slope. */
    private static final double WING = 0.1;

    /** Over which part of it where that is too hard. */
    private static final double SHORT_WING = 0.3;

    /** Over which part of it the base alone is carried on. */
    private static final double WIDE_WING = 4.0;

    /** To this many standard deviations a wing keeps SVI's slope ... */
    private static final double STEADY_TO = 3.0;

    /** ... and from this many on only a share of it: far out, venues' marks flatten. */
    private static final double FLATTER_FROM = 6.0;

    private static final double FLATTER = 0.25;

    /** How much of a correction is kept where the search left a butterfly, in the order tried. */
    private static final double[] SHARES = {
        1.0, 0.99, 0.97, 0.94, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1
    };

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

    /** A slice that its quotes did not make: at least its at-the-money volatility is unknown. */
    SviSlice unknown(SviSmile borrowed, List<SviSmile> floors) {
        smile = borrowed;
        SviSlice slice = slice(floors, 0.0);
        return slice(floors, Math.max(slice.volAtLogMoneyness(0.0), uncertainty(slice)));
    }

    /** Whether a slice is too far from its quotes to be quoted. */
    static boolean isRough(SviSlice slice) {
        return !(slice.uncertaintyVol() <= SurfaceFit.ROUGHEST * slice.volAtLogMoneyness(0.0));
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
     * The base with the spline that carries its residuals. Where that has to miss quotes to be free of
     * butterflies, those it misses most are taken to be the wrong ones, and count less.
     */
    private void correct(RawSvi base) {
        SmileQuotes trusted = usable;
        for (int round = 0; round < TRUST_ROUNDS; round++) {
            ConstrainedSpline spline = new ConstrainedSpline(trusted, base);
            List<double[]> nearest = spline.nearest();
            correct(BaseSmile.real(base, quotes.scale), spline, nearest);
            if (nearest.size() == 1) {
                return;
            }
            trusted = usable.trusted(trust());
        }
    }

    private double[] trust() {
        double[] trust = usable.trust.clone();
        for (int i = 0; i < trust.length; i++) {
            double w = smile.totalVariance(usable.x[i] * quotes.scale);
            double miss = Math.sqrt(w / usable.y[i]) / quotes.scale - 1.0;
            trust[i] /= 1.0 + (miss / HALF_TRUST_MISS) * (miss / HALF_TRUST_MISS);
        }
        return trust;
    }

    /** The nearest spline that is free of butterflies, else a part of it, else the base alone. */
    private void correct(RawSvi real, ConstrainedSpline spline, List<double[]> nearest) {
        for (double share : SHARES) {
            for (double[] found : nearest) {
                if (shape(new SviSmile(real, spline.knots(found, share)))) {
                    return;
                }
            }
        }
        inner = new SviSmile(real, spline.knots(nearest.getFirst(), 0.0));
        rightWing = WingBend.Even.none(inner, true, WIDE_WING * range());
        leftWing = WingBend.Even.none(inner, false, WIDE_WING * range());
        smile = new SviSmile(real, List.of());
    }

    /** Takes this smile between the outermost quotes and gives it wings; false if it has a butterfly. */
    private boolean shape(SviSmile between) {
        if (!passes(between)) {
            return false;
        }
        inner = between;
        rightWing = wing(true, inner);
        SviSmile right = rightWing.on(inner, true);
        leftWing = wing(false, right);
        smile = leftWing.on(right, false);
        return true;
    }

    private boolean passes(SviSmile candidate) {
        return SmileCheck.passes(candidate, usable.fromK(), usable.toK());
    }

    private double range() {
        return usable.toK() - usable.fromK();
    }

    /** The first wing that brings no butterfly; straight on, at last. */
    private WingBend wing(boolean right, SviSmile other) {
        double slope = wingSlope(right);
        List<WingBend> wings = new ArrayList<>();
        for (int i = HARDNESSES.length - 1; i >= 0; i--) {
            wings.add(new WingBend.Hard(slope, HARDNESSES[i], HARD_STEP * range()));
        }
        wings.add(new WingBend.Even(slope, WING * range()));
        wings.add(new WingBend.Even(slope, SHORT_WING * range()));
        for (WingBend wing : wings) {
            if (passes(wing.on(other, right))) {
                return wing;
            }
        }
        return new WingBend.Straight(right ? inner.rightWing() : -inner.leftWing());
    }

    /** SVI's slope a little beyond the end, less of it the farther out the end is. */
    private double wingSlope(boolean right) {
        double own = WingBend.Even.none(inner, right, WING * range()).slope();
        double out = right ? usable.x[usable.size() - 1] : -usable.x[0];
        double far = (out - STEADY_TO) / (FLATTER_FROM - STEADY_TO);
        double share = 1.0 - (1.0 - FLATTER) * Math.max(0.0, Math.min(1.0, far));
        double most = SmileCheck.STEEPEST_WING - 0.05;
        return Math.max(LEAST_WING * quotes.scale, Math.min(most, share * own));
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
