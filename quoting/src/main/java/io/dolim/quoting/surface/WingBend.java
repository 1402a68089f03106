package io.dolim.quoting.surface;

import java.util.ArrayList;
import java.util.List;

/** How a smile goes on beyond its outermost quote: further knots, and straight after the last. */
sealed interface WingBend {

    /** The slope of total variance outward, after the bend. */
    double slope();

    /** The same smile with further knots on the right, after which it is straight. */
    SviSmile onRight(SviSmile inner);

    /** The smile with its right or left wing bent. */
    default SviSmile on(SviSmile inner, boolean right) {
        return right ? onRight(inner) : mirror(onRight(mirror(inner)));
    }

    /**
     * None: straight from the end on.
     *
     * @param slope of total variance outward at the end
     */
    record Straight(double slope) implements WingBend {

        @Override
        public SviSmile onRight(SviSmile inner) {
            return inner;
        }
    }

    /**
     * The slope of total variance changes evenly about the middle of a length.
     *
     * @param slope of total variance outward, after the bend; at least 0
     * @param length in log-moneyness; positive
     */
    record Even(double slope, double length) implements WingBend {

        /** What raw SVI would do over this length, the spline's own slope at the end added. */
        static Even none(SviSmile inner, boolean right, double length) {
            SviSmile smile = right ? inner : mirror(inner);
            double end = smile.correction().getLast().k();
            return new Even(own(smile) + smile.svi().slope(end + length), length);
        }

        @Override
        public SviSmile onRight(SviSmile inner) {
            Knot last = inner.correction().getLast();
            double change = slope - inner.svi().slope(last.k() + length) - own(inner);
            double half = 0.5 * length;
            Ending ending = new Ending(inner);
            ending.add(half, change / half);
            ending.add(half, 0.0);
            return ending.smile();
        }
    }

    /**
     * The slope falls as fast as a share of what the density allows: at a share of one the call price
     * would be a straight line in the strike.
     *
     * @param slope of total variance outward, at which the bend ends
     * @param share within (0, 1)
     * @param step between knots, in log-moneyness
     */
    record Hard(double slope, double share, double step) implements WingBend {

        private static final int MOST_KNOTS = 48;
        private static final double GROWTH = 1.08;

        @Override
        public SviSmile onRight(SviSmile inner) {
            RawSvi svi = inner.svi();
            Ending ending = new Ending(inner);
            double h = step;
            for (int i = 0; i < MOST_KNOTS; i++) {
                double k = ending.k() + h;
                double now = ending.totalSlope();
                double bent = ending.totalCurvature();
                double w = ending.totalVariance() + h * (now + 0.5 * h * bent);
                double ahead = Math.max(now + h * bent, 0.0);
                double bend = -share * Math.max(2.0 * Smile.durrleman(k, w, ahead, 0.0), 0.0);
                double last = (slope - now) / h - 0.5 * bent;
                ending.add(h, Math.max(bend, last) - svi.curvature(k));
                if (bend <= last) {
                    break;
                }
                h *= GROWTH;
            }
            ending.add(h, 0.0);
            return ending.smile();
        }
    }

    /** Knots added one by one to the right end of a smile. */
    final class Ending {

        private final RawSvi svi;
        private final List<Knot> knots;
        private double slope;

        Ending(SviSmile inner) {
            this.svi = inner.svi();
            this.knots = new ArrayList<>(inner.correction());
            this.slope = own(inner);
        }

        void add(double h, double curvature) {
            Knot last = knots.getLast();
            double value =
                    last.value() + slope * h + h * h / 6.0 * (2.0 * last.curvature() + curvature);
            slope += 0.5 * h * (last.curvature() + curvature);
            knots.add(new Knot(last.k() + h, value, curvature));
        }

        double k() {
            return knots.getLast().k();
        }

        double totalVariance() {
            return svi.totalVariance(k()) + knots.getLast().value();
        }

        double totalSlope() {
            return svi.slope(k()) + slope;
        }

        double totalCurvature() {
            return svi.curvature(k()) + knots.getLast().curvature();
        }

        SviSmile smile() {
            return new SviSmile(svi, knots);
        }
    }

    /** The spline's slope at its right end. */
    private static double own(SviSmile smile) {
        return smile.rightWing() - smile.svi().slope(smile.correction().getLast().k());
    }

    private static SviSmile mirror(SviSmile smile) {
        List<Knot> mirrored = new ArrayList<>(smile.correction().size());
        for (int i = smile.correction().size() - 1; i >= 0; i--) {
            Knot knot = smile.correction().get(i);
            mirrored.add(new Knot(-knot.k(), knot.value(), knot.curvature()));
        }
        RawSvi raw = smile.svi();
        RawSvi other = new RawSvi(raw.a(), raw.b(), -raw.rho(), -raw.m(), raw.sigma());
        return new SviSmile(other, mirrored);
    }
}
