package io.dolim.quoting.surface;

import java.util.ArrayList;
import java.util.List;

/**
 * The slice of an expiry whose own quotes make none: the next expiry's smile, scaled to its own
 * at-the-money variance as far as that neither falls from one expiry to the next nor rises above the
 * next one's; after the last expiry, the last one's, raised evenly. Its uncertainty says that nothing
 * is known: it prices what is held and quotes nothing.
 *
 * <p>No butterfly: Durrleman's function of {@code a w} is concave in {@code a} and not negative at 0
 * and 1, and the greatest of smiles has none that they have not. No calendar arbitrage: {@code a} is at
 * most 1, the floors are the earlier slice's own smile and floors.
 */
final class Borrowed {

    private Borrowed() {}

    /**
     * The slice of a rough expiry.
     *
     * @param before the slice before it, borrowed or not; none if it is the first
     * @param after the first slice after it that is not borrowed; none if it is behind the last
     */
    static SviSlice slice(SliceFit fit, List<SviSlice> before, List<SviSlice> after) {
        double own = fit.quotes.scale * fit.quotes.scale;
        List<SviSmile> floors = new ArrayList<>();
        for (SviSlice earlier : before) {
            floors.add(earlier.smile());
            floors.addAll(earlier.floors());
        }
        SviSmile smile;
        if (after.isEmpty()) {
            SviSmile last = before.getFirst().smile();
            SviSmile raised = raised(last, Math.max(0.0, own - last.totalVariance(0.0)));
            boolean passes = SmileCheck.passes(raised, fit.quotes.fromK(), fit.quotes.toK());
            smile = passes ? raised : last;
        } else {
            SviSmile next = after.getFirst().smile();
            smile = scaled(next, Math.min(1.0, own / next.totalVariance(0.0)));
        }
        return fit.unknown(smile, floors);
    }

    private static SviSmile scaled(SviSmile smile, double share) {
        RawSvi svi = smile.svi();
        List<Knot> knots = new ArrayList<>();
        for (Knot knot : smile.correction()) {
            knots.add(new Knot(knot.k(), share * knot.value(), share * knot.curvature()));
        }
        return new SviSmile(
                new RawSvi(share * svi.a(), share * svi.b(), svi.rho(), svi.m(), svi.sigma()),
                knots);
    }

    private static SviSmile raised(SviSmile smile, double by) {
        RawSvi svi = smile.svi();
        return new SviSmile(
                new RawSvi(svi.a() + by, svi.b(), svi.rho(), svi.m(), svi.sigma()),
                smile.correction());
    }
}
