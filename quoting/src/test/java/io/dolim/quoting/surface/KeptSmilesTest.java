package io.dolim.quoting.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.DayCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeptSmilesTest {

    private static final long NOW = 1_770_000_000_000L;
    private static final long DAY = 86_400_000L;
    private static final KeptSmiles KEEP = new KeptSmiles(0.0005, 60_000);
    private static final List<Integer> DAYS = List.of(2, 30, 180);

    @Test
    void aBoundIsOfEqualPriceForEveryExpiryAndNeverOff() {
        assertEquals(0.0005, KEEP.bound(30 / 365.0), 1e-15);
        assertEquals(0.001, KEEP.bound(7.5 / 365), 1e-15);
        assertEquals(KEEP.bound(1 / 365.0), KEEP.bound(0.01 / 365));
        for (double off : new double[] {0, -1, Double.NaN, 0.011}) {
            assertThrows(IllegalArgumentException.class, () -> new KeptSmiles(off, 1));
        }
        assertThrows(IllegalArgumentException.class, () -> new KeptSmiles(0.001, 0));
    }

    @Test
    void smilesThatExplainAChainStayOnItsForwards() {
        VolSurface inForce = fit(NOW, 65_000, 0, 0);
        VolSurface fresh = fit(NOW + 1_000, 65_010, 0.0001, 0);
        VolSurface kept = KEEP.kept(inForce, fresh, chain(65_010, 0.0001, 0)).orElseThrow();
        assertEquals(inForce.fixedAtMs(), kept.fixedAtMs());
        for (int i = 0; i < kept.slices().size(); i++) {
            assertEquals(fresh.slices().get(i).forward(), kept.slices().get(i).forward());
            assertEquals(inForce.slices().get(i).smile(), kept.slices().get(i).smile());
        }
    }

    @Test
    void whatMovesBeyondTheBoundGivesWayAtOnce() {
        VolSurface inForce = fit(NOW, 65_000, 0, 0);
        // the bound of the farthest expiry is the smallest: 0.0005 sqrt(30 / 180)
        for (double move : new double[] {0.0015, -0.0015}) {
            assertEquals(Optional.empty(), kept(inForce, NOW + 1, move, 0), "all by " + move);
        }
        for (double tilt : new double[] {0.004, -0.004}) {
            assertEquals(Optional.empty(), kept(inForce, NOW + 1, 0, tilt), "tilted by " + tilt);
        }
        assertTrue(kept(inForce, NOW + 60_000, 0, 0).isPresent());
        assertEquals(Optional.empty(), kept(inForce, NOW + 60_001, 0, 0), "too old");
        assertEquals(Optional.empty(), kept(inForce, NOW - 1, 0, 0), "of the future");
    }

    @Test
    void anotherSetOfExpiriesOrAnotherUncertaintyGivesWay() {
        VolSurface inForce = fit(NOW, 65_000, 0, 0);
        List<ExpiryQuotes> chain = chain(65_000, 0, 0);
        VolSurface fewer =
                new VolSurface(NOW + 1, at(NOW + 1, inForce.slices().subList(0, 2), 0.0));
        assertEquals(Optional.empty(), KEEP.kept(inForce, fewer, chain));
        VolSurface unsure = new VolSurface(NOW + 1, at(NOW + 1, inForce.slices(), 0.01));
        assertEquals(Optional.empty(), KEEP.kept(inForce, unsure, chain));
        VolSurface same = new VolSurface(NOW + 1, at(NOW + 1, inForce.slices(), 0.0));
        assertTrue(KEEP.kept(inForce, same, chain).isPresent());
    }

    /** A day's volatility in steps of a second: marks never leave the bound, and most chains share smiles. */
    @Test
    void marksStayWithinTheBoundOfAFitOverManyChains() {
        SplittableRandom chance = new SplittableRandom(1);
        VolSurface inForce = fit(NOW, 65_000, 0, 0);
        double moved = 0;
        int refits = 0;
        for (int second = 1; second <= 200; second++) {
            moved += 1e-4 * (chance.nextDouble() - 0.5);
            double spot = 65_000 * (1 + 1e-4 * (chance.nextDouble() - 0.5));
            VolSurface fresh = fit(NOW + 1_000L * second, spot, moved, 0);
            Optional<VolSurface> kept = KEEP.kept(inForce, fresh, chain(spot, moved, 0));
            inForce = kept.orElse(fresh);
            refits += kept.isPresent() ? 0 : 1;
            for (ExpiryQuotes expiry : chain(spot, moved, 0)) {
                double bound = KEEP.bound(DayCount.years(fresh.fixedAtMs(), expiry.expiryMs()));
                for (OptionQuote quote : expiry.quotes()) {
                    assertEquals(
                            fresh.volAnnual(expiry.expiryMs(), quote.strike()),
                            inForce.volAnnual(expiry.expiryMs(), quote.strike()),
                            bound);
                }
            }
        }
        assertTrue(refits >= 3 && refits <= 60, "refits " + refits);
    }

    private static Optional<VolSurface> kept(
            VolSurface inForce, long atMs, double level, double tilt) {
        return KEEP.kept(inForce, fit(atMs, 65_000, level, tilt), chain(65_000, level, tilt));
    }

    private static List<SviSlice> at(long fixedAtMs, List<SviSlice> slices, double unsure) {
        List<SviSlice> moved = new ArrayList<>();
        for (SviSlice slice : slices) {
            moved.add(
                    new SviSlice(
                            slice.expiryMs(),
                            DayCount.years(fixedAtMs, slice.expiryMs()),
                            slice.forward(),
                            slice.discount(),
                            slice.smile(),
                            slice.floors(),
                            slice.uncertaintyVol() + unsure));
        }
        return moved;
    }

    private static VolSurface fit(long atMs, double spot, double level, double tilt) {
        SurfaceFit.Fitted fitted =
                assertInstanceOf(
                        SurfaceFit.Fitted.class, SurfaceFit.fit(atMs, chain(spot, level, tilt)));
        return RoundedSurface.of(fitted.surface());
    }

    private static List<ExpiryQuotes> chain(double spot, double level, double tilt) {
        List<ExpiryQuotes> chain = new ArrayList<>();
        for (int days : DAYS) {
            double forward = spot * (1 + 0.05 * days / 365);
            double deviation = 0.5 * Math.sqrt(days / 365.0);
            List<OptionQuote> quotes = new ArrayList<>();
            for (int i = -6; i <= 6; i++) {
                double x = 0.4 * i;
                double vol = 0.5 + level + tilt * x / 2.4 + 0.02 * x * x / 4 - 0.01 * x;
                // strikes stay where they are listed: at these deviations of a spot of 65,000
                double strike = 65_000 * Math.exp(x * deviation);
                quotes.add(OptionQuote.of(strike, vol - 0.004, vol + 0.004, vol));
            }
            chain.add(new ExpiryQuotes(NOW + days * DAY, forward, 1.0, quotes));
        }
        return chain;
    }
}
