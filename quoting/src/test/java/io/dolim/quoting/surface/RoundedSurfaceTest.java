package io.dolim.quoting.surface;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.surface.DeribitChains.Chain;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Recorded chains, fitted and rounded: what it costs in volatility and in arbitrage, which is nothing. */
@Tag("slow")
class RoundedSurfaceTest {

    /** A share of the volatility, out to eight deviations. */
    private static final double NOTHING = 1e-5;

    @Test
    void roundingMovesNoVolatilityAndBringsNoArbitrage() {
        int whole = 0;
        List<VolSurface> all = new ArrayList<>();
        for (Chain chain : DeribitChains.all()) {
            if (SurfaceFit.fit(chain.timeMs(), chain.quotes(1)) instanceof SurfaceFit.Fitted fit) {
                VolSurface rounded = RoundedSurface.of(fit.surface());
                all.add(rounded);
                whole += rounded.equals(fit.surface()) ? 0 : 1;
                near(chain.name(), fit.surface(), rounded);
                free(chain.name(), rounded);
                assertEquals(rounded, RoundedSurface.of(rounded), "rounded once is rounded");
            }
        }
        System.out.println("rounded " + whole + " of " + all.size());
        assertTrue(whole >= 0.9 * all.size(), whole + " of " + all.size() + " are told in steps");
    }

    private static void near(String name, VolSurface fitted, VolSurface rounded) {
        for (int i = 0; i < fitted.slices().size(); i++) {
            SviSlice was = fitted.slices().get(i);
            SviSlice is = rounded.slices().get(i);
            double deviation = Math.sqrt(was.totalVariance(0.0));
            for (int j = -80; j <= 80; j++) {
                double k = 0.1 * j * deviation;
                assertEquals(
                        was.volAtLogMoneyness(k),
                        is.volAtLogMoneyness(k),
                        NOTHING * was.volAtLogMoneyness(k),
                        name + " at " + 0.1 * j + " deviations of slice " + i);
            }
            assertEquals(1.0, is.forward() / was.forward(), 0x1p-31);
            assertTrue(is.uncertaintyVol() >= was.uncertaintyVol());
        }
    }

    private static void free(String name, VolSurface surface) {
        for (int i = 0; i < surface.slices().size(); i++) {
            SviSlice slice = surface.slices().get(i);
            double reach = 10 * Math.sqrt(slice.totalVariance(0.0));
            assertEquals(List.of(), Butterfly.in(slice, -reach, reach, 4_001), name);
            for (int j = -400; i > 0 && j <= 400; j++) {
                double k = reach * j / 400;
                double before = surface.slices().get(i - 1).totalVariance(k);
                assertTrue(slice.totalVariance(k) >= before, name + " at " + k);
            }
        }
    }

    @Test
    void aSmileThatHasNoStepsStaysAsItIs() {
        long fixed = 1_770_000_000_000L;
        long expiry = fixed + 86_400_000L;
        double years = io.dolim.quoting.instrument.DayCount.years(fixed, expiry);
        RawSvi tiny = new RawSvi(4e-4, 0.01, 0.1, 0.0, 1e-9);
        VolSurface surface =
                new VolSurface(
                        fixed,
                        List.of(
                                new SviSlice(
                                        expiry,
                                        years,
                                        65_000.123,
                                        1.0,
                                        new SviSmile(tiny, List.of()),
                                        List.of(),
                                        0.0)));
        assertAll(() -> assertEquals(surface, RoundedSurface.of(surface)));
    }
}
