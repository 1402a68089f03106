package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.capacity.vector.VectorParameters;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.pricing.Black76;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The grid of moves against prices that are made one by one. Markets are flat, a lot is 0.1 BTC. */
class RiskGridTest {

    private static final List<Double> SPOTS = List.of(-0.3, -0.1, 0.0, 0.2);
    private static final List<Double> VOLS = List.of(-0.5, 0.0, 1.0);
    private static final double SPOT = 65_000;
    private static final double VOL = 0.5;
    private static final double STEP = 1.0 / (1 << 20);

    /** At thirty days a shock is not scaled. */
    private static final OptionContract CALL = contract(30, "70000-C");

    private static final OptionContract PUT = contract(30, "60000-P");

    private final Pool pool = Pool.opened();
    private final ContractSpec spec = Pool.in(Pool.SPECS, Pool.BTC);
    private final RiskSurface surface = grid(SPOTS, VOLS).on(pool.view());

    @Test
    void everyCellIsThePriceAfterTheMoveLessThePriceNow() {
        SortedMap<OptionContract, Long> held = new TreeMap<>(Map.of(CALL, -300L, PUT, 120L));

        double[][] cells = surface.of(spec, held);

        double years = CALL.expiry().yearsFrom(Pool.START_MS);
        for (int vol = 0; vol < VOLS.size(); vol++) {
            for (int spot = 0; spot < SPOTS.size(); spot++) {
                double moved = SPOT * (1 + SPOTS.get(spot));
                double sigma = VOL * (1 + VOLS.get(vol) * scaled(years));
                double expected =
                        -30 * (call(moved, sigma, years) - call(SPOT, VOL, years))
                                + 12 * (put(moved, sigma, years) - put(SPOT, VOL, years));
                assertEquals(expected, cells[vol][spot], 420 * STEP + 1e-6, vol + " " + spot);
            }
        }
        assertEquals(0, cells[1][2], "nothing moves");
    }

    /** Power of the shock's term structure; the expiry is at 08:00, so not thirty days to the second. */
    private static double scaled(double years) {
        double base = 30 / (years * 365);
        return Math.pow(base, base >= 1 ? 0.30 : 0.13);
    }

    @Test
    void cellsAddHoweverPositionsAreGrouped() {
        double[][] together = surface.of(spec, new TreeMap<>(Map.of(CALL, 17L, PUT, -5L)));
        double[][] calls = surface.of(spec, new TreeMap<>(Map.of(CALL, 17L)));
        double[][] puts = surface.of(spec, new TreeMap<>(Map.of(PUT, -5L)));

        for (int vol = 0; vol < VOLS.size(); vol++) {
            for (int spot = 0; spot < SPOTS.size(); spot++) {
                assertEquals(together[vol][spot], calls[vol][spot] + puts[vol][spot]);
            }
        }
        assertArrayEquals(new double[VOLS.size()][SPOTS.size()], surface.of(spec, new TreeMap<>()));
    }

    @Test
    void aShortCallLosesWhenSpotOrVolatilityRises() {
        double[][] cells = surface.of(spec, new TreeMap<>(Map.of(CALL, -10L)));

        assertTrue(cells[1][3] < cells[1][2] && cells[1][2] < cells[1][0], "spot");
        assertTrue(cells[2][2] < cells[1][2] && cells[1][2] < cells[0][2], "volatility");
    }

    @Test
    void movesThatAreNoneTooManyOutOfRangeOrDisorderedAreRefused() {
        assertRefused(List.of(), VOLS);
        assertRefused(SPOTS, List.of());
        assertRefused(List.of(-0.96), VOLS);
        assertRefused(List.of(5.1), VOLS);
        assertRefused(List.of(0.1, 0.1), VOLS);
        assertRefused(List.of(0.1, 0.0), VOLS);
        assertRefused(List.of(Double.NaN), VOLS);
        assertRefused(SPOTS, List.of(-0.96));
        assertRefused(java.util.Collections.nCopies(42, 0.0), VOLS);
        List<Double> many =
                java.util.stream.IntStream.range(0, 42).mapToObj(i -> i / 10.0).toList();
        assertRefused(many, VOLS);
        assertRefused(SPOTS, many.subList(0, 22));
        grid(many.subList(0, 41), many.subList(0, 21));
    }

    private static void assertRefused(List<Double> spots, List<Double> vols) {
        assertThrows(IllegalArgumentException.class, () -> grid(spots, vols));
    }

    private static RiskGrid grid(List<Double> spots, List<Double> vols) {
        return new RiskGrid(
                spots,
                vols,
                VectorParameters.STANDARD,
                new TreeSet<Underlying>(List.of(Pool.BTC, Pool.ETH)));
    }

    private static OptionContract contract(int days, String what) {
        String expiry =
                Pool.option(Pool.BTC, days, 65_000, "C", 1)
                        .legs()
                        .getFirst()
                        .contract()
                        .expiry()
                        .toString();
        return OptionContract.parse("BTC_USDC-" + expiry + "-" + what);
    }

    private static double call(double spot, double vol, double years) {
        return Black76.price(OptionType.CALL, spot, 70_000, years, vol, 1);
    }

    private static double put(double spot, double vol, double years) {
        return Black76.price(OptionType.PUT, spot, 60_000, years, vol, 1);
    }
}
