package io.dolim.quoting.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dolim.quoting.instrument.DayCount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SmileLanesTest {

    private static final int COUNT = 941;
    private static final long FIXED_MS = 1_770_019_200_000L;
    private static final long DAY_MS = 86_400_000L;

    @Test
    void lanesReadOfEverySmileTheBitsOfTheScalarPath() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 300; round++) {
            VolSurface surface = surface(random);
            double[] k = falling(random, surface);
            double[] vols = new double[COUNT + VolSurface.ROOM];
            for (long days : new long[] {3, 5, 7, 9, 14, 20}) {
                long expiryMs = FIXED_MS + days * DAY_MS;

                surface.volsAtLogMoneyness(expiryMs, k, COUNT, vols);

                for (int i = 0; i < COUNT; i++) {
                    double one = surface.volAtLogMoneyness(expiryMs, k[i]);
                    assertEquals(
                            Double.doubleToRawLongBits(one),
                            Double.doubleToRawLongBits(vols[i]),
                            "days=" + days + " k=" + k[i] + " " + one + " not " + vols[i]);
                }
            }
        }
    }

    @Test
    void numbersThatRiseOrAreNoneAreRefused() {
        VolSurface surface = surface(new SplittableRandom(6));
        long expiryMs = FIXED_MS + 7 * DAY_MS;
        for (double wrong : new double[] {0.5, Double.NaN, Double.POSITIVE_INFINITY}) {
            for (int at : new int[] {1, 13, COUNT - 1}) {
                double[] k = new double[COUNT + VolSurface.ROOM];
                k[at] = wrong;
                double[] vols = new double[k.length];
                IllegalArgumentException refused =
                        assertThrows(
                                IllegalArgumentException.class,
                                () -> surface.volsAtLogMoneyness(expiryMs, k, COUNT, vols));
                assertEquals(
                        "k[" + at + "]=" + wrong + " must be finite and not rise",
                        refused.getMessage());
            }
        }
    }

    @Test
    void anArrayWithoutRoomIsRefused() {
        VolSurface surface = surface(new SplittableRandom(7));
        double[] tight = new double[COUNT];
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        surface.volsAtLogMoneyness(
                                FIXED_MS + 7 * DAY_MS,
                                tight,
                                COUNT,
                                new double[COUNT + VolSurface.ROOM]));
    }

    /** From far out on one side to far out on the other, knots themselves and equal ones among them. */
    private static double[] falling(SplittableRandom random, VolSurface surface) {
        List<Double> all = new ArrayList<>();
        for (SviSlice slice : surface.slices()) {
            slice.smile().correction().forEach(knot -> all.add(knot.k()));
        }
        while (all.size() < COUNT) {
            all.add(random.nextDouble(-1.2, 1.2));
            all.add(all.getLast());
        }
        double[] sorted = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double[] k = new double[COUNT + VolSurface.ROOM];
        Arrays.fill(k, Double.NaN);
        for (int i = 0; i < COUNT; i++) {
            k[i] = sorted[sorted.length - 1 - i];
        }
        return k;
    }

    private static VolSurface surface(SplittableRandom random) {
        List<SviSlice> slices = new ArrayList<>();
        for (int days : new int[] {5, 7, 14}) {
            double years = DayCount.years(FIXED_MS, FIXED_MS + days * DAY_MS);
            slices.add(
                    new SviSlice(
                            FIXED_MS + days * DAY_MS,
                            years,
                            65_000,
                            1,
                            smile(random, years),
                            random.nextBoolean() ? List.of() : List.of(smile(random, years)),
                            0.004));
        }
        return new VolSurface(FIXED_MS, slices);
    }

    private static SviSmile smile(SplittableRandom random, double years) {
        double level = 0.25 * years;
        RawSvi svi =
                new RawSvi(
                        level,
                        random.nextDouble(0, level),
                        random.nextDouble(-0.9, 0.9),
                        random.nextDouble(-0.1, 0.1),
                        random.nextDouble(0.05, 0.5));
        int knots = random.nextInt(0, 40);
        List<Knot> correction = new ArrayList<>();
        double k = -0.8;
        for (int i = 0; i < knots && knots > 1; i++) {
            boolean end = i == 0 || i == knots - 1;
            correction.add(
                    new Knot(
                            k,
                            random.nextDouble(-0.1, 0.1) * level,
                            end ? 0 : random.nextDouble(-1, 1) * level));
            k += random.nextDouble(0.001, 0.08);
        }
        return new SviSmile(svi, correction);
    }
}
