package io.dolim.quoting.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.DayCount;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Made-up chains with rough marks: their smiles use up all the density that the fit leaves them. */
class BetweenTest {

    private static final long NOW = 1_770_000_000_000L;
    private static final long DAY = DayCount.MILLIS_PER_DAY;
    private static final double FORWARD = 65_000.0;
    private static final int SEEDS = 6;

    @Test
    void noExpiryBetweenRoughChainsHasAButterfly() {
        int wouldDip = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            VolSurface surface = fitted(seed);
            VolSurface linear = new VolSurface(NOW, surface.slices());
            assertEquals(List.of(), StrikeTriples.between(surface, 1), "seed=" + seed);
            wouldDip += StrikeTriples.between(linear, 1).isEmpty() ? 0 : 1;
        }
        assertTrue(wouldDip > 0, "linear in time dips in none");
    }

    @Test
    void aBlendedPairMeetsItsSlicesAndNeverFallsInTime() {
        VolSurface surface = blended();
        SviSlice near = surface.slices().getFirst();
        SviSlice far = surface.slices().getLast();
        double s = Math.sqrt(near.totalVariance(0.0));
        for (double x = -9.0; x <= 9.0; x += 0.25) {
            double before = near.totalVariance(x * s);
            double end = far.totalVariance(x * s);
            assertEquals(
                    before,
                    surface.totalVariance(near.expiryMs() + 1, x * s),
                    1e-4 * end,
                    "x=" + x);
            assertEquals(
                    end, surface.totalVariance(far.expiryMs() - 1, x * s), 1e-4 * end, "x=" + x);
            for (long at = near.expiryMs(); at <= far.expiryMs(); at += DAY / 8) {
                double w = surface.totalVariance(at, x * s);
                assertTrue(w >= before * (1.0 - 1e-12), "x=" + x + " at=" + at);
                before = w;
            }
        }
    }

    @Test
    void atTheMoneyVarianceStaysNearlyLinearInTime() {
        VolSurface surface = blended();
        VolSurface linear = new VolSurface(NOW, surface.slices());
        for (int hours = 24; hours < 96; hours++) {
            long at = NOW + hours * DAY / 24;
            double w = linear.totalVariance(at, 0.0);
            assertEquals(w, surface.totalVariance(at, 0.0), 1e-3 * w);
        }
    }

    @Test
    void aPriceTooSmallToTellLeavesVarianceLinear() {
        Between wing = new Between(flat(2, 1e-8), flat(4, 2e-8));
        assertEquals(1.5e-8, wing.totalVariance(3.0, 0.5, 1.0), 1e-20);
    }

    private static SviSlice flat(int days, double w) {
        long expiry = NOW + days * DAY;
        return new SviSlice(
                expiry,
                DayCount.years(NOW, expiry),
                FORWARD,
                1.0,
                SviSmile.flat(w),
                List.of(),
                0.005);
    }

    private static VolSurface blended() {
        VolSurface surface = fitted(1);
        assertTrue(surface.blends().getFirst() > 0.1, "this chain needs no blend");
        return surface;
    }

    private static VolSurface fitted(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return assertInstanceOf(
                        SurfaceFit.Fitted.class,
                        SurfaceFit.fit(
                                NOW, List.of(chain(1, 700.0, random), chain(4, 1_050.0, random))))
                .surface();
    }

    private static ExpiryQuotes chain(int days, double apart, SplittableRandom random) {
        List<OptionQuote> quotes = new ArrayList<>();
        for (int i = -14; i <= 14; i++) {
            double vol = 0.45 + 0.004 * i * i + 0.03 * random.nextDouble();
            quotes.add(OptionQuote.ofMark(FORWARD + apart * i, vol));
        }
        return new ExpiryQuotes(NOW + days * DAY, FORWARD, 1.0, quotes);
    }
}
