package io.dolim.quoting.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Gatheral and Jacquier, arXiv:1204.0646, examples 3.1 and 5.1. */
class VogtSmileTest {

    private static final RawSvi VOGT = new RawSvi(-0.0410, 0.1331, 0.3060, 0.3586, 0.4153);

    @Test
    void theReferenceRowsAreReproduced() {
        for (double[] row : Rows.ofResource("vogt.csv")) {
            assertEquals(row[1], VOGT.totalVariance(row[0]), 1e-15);
            assertEquals(row[2], VOGT.slope(row[0]), 1e-15);
            assertEquals(row[3], VOGT.curvature(row[0]), 1e-15);
            assertEquals(row[4], Math.sqrt(VOGT.totalVariance(row[0])), 1e-15);
            assertEquals(row[5], VOGT.durrleman(row[0]), 2e-14);
        }
    }

    @Test
    void theButterflyIsFoundWhereItIs() {
        List<Butterfly> found = Butterfly.in(VOGT, -1.5, 1.5, 301);
        assertEquals(1, found.size());
        assertEquals(0.6424078778693807, found.getFirst().fromK(), 1e-12);
        assertEquals(1.2569129919321274, found.getFirst().toK(), 1e-12);
        assertEquals(0.8792625416220671, found.getFirst().worstK(), 1e-2);
        assertEquals(-0.03286357343362301, found.getFirst().worst(), 1e-5);
    }

    @Test
    void theJumpWingsAreThePapers() {
        SviJumpWings wings = SviJumpWings.of(VOGT, 1.0);
        assertEquals(0.017426252555159123, wings.v(), 1e-16);
        assertEquals(-0.17521114080912506, wings.psi(), 1e-15);
        assertEquals(0.6997381041168085, wings.p(), 1e-14);
        assertEquals(1.316798218986386, wings.c(), 1e-14);
        assertEquals(0.011624903235477876, wings.vMinimum(), 1e-16);
    }

    @Test
    void theGuaranteedRepairIsThePapersAndHasNoButterfly() {
        SviJumpWings repaired = SviJumpWings.of(VOGT, 1.0).withoutButterfly();
        assertEquals(0.3493158224985584, repaired.c(), 1e-14);
        assertEquals(0.015481824840731191, repaired.vMinimum(), 1e-16);
        assertTrue(Butterfly.in(repaired.raw(), -3.0, 3.0, 1201).isEmpty());
        assertEquals(VOGT.totalVariance(0.0), repaired.raw().totalVariance(0.0), 1e-15);
        assertEquals(VOGT.slope(0.0), repaired.raw().slope(0.0), 1e-14);
    }

    @Test
    void thePapersBestRepairHasNoButterfly() {
        SviJumpWings wings = SviJumpWings.of(VOGT, 1.0);
        SviJumpWings best =
                new SviJumpWings(wings.v(), wings.psi(), wings.p(), 0.8564763, 0.0116249, 1.0);
        assertTrue(Butterfly.in(best.raw(), -3.0, 3.0, 1201).isEmpty());
    }

    @Test
    void rawAndJumpWingsAreInverse() {
        RawSvi back = SviJumpWings.of(VOGT, 0.25).raw();
        assertEquals(VOGT.a(), back.a(), 1e-14);
        assertEquals(VOGT.b(), back.b(), 1e-15);
        assertEquals(VOGT.rho(), back.rho(), 1e-14);
        assertEquals(VOGT.m(), back.m(), 1e-13);
        assertEquals(VOGT.sigma(), back.sigma(), 1e-13);
    }
}
