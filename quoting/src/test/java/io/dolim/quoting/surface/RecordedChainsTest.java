package io.dolim.quoting.surface;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.surface.DeribitChains.Chain;
import io.dolim.quoting.surface.DeribitChains.Expiry;
import io.dolim.quoting.surface.SurfaceFit.Fitted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Recorded Deribit chains, fitted on every second strike and judged on the strikes between. */
@Tag("slow")
class RecordedChainsTest {

    private static final double[] BUCKETS = {0, 1, 2, 7, 30, 90, 1_000};

    /** The error of an expiry on the strikes that were not fitted, in volatility points. */
    private record Score(String name, double days, double rmse) {}

    @Test
    void marksBetweenTheFittedStrikesAreMet() {
        List<Score> scores = new ArrayList<>();
        for (Chain chain : DeribitChains.all()) {
            VolSurface surface = fit(chain, 2);
            for (Expiry expiry : chain.expiries()) {
                if (expiry.strikes().size() > 1) {
                    scores.add(score(chain, expiry, surface));
                }
            }
        }
        print(scores);
        List<Score> beyondADay = scores.stream().filter(score -> score.days() > 1.0).toList();
        assertAll(
                () -> assertEquals(1_056, beyondADay.size()),
                () -> assertTrue(quantile(beyondADay, 0.5) <= 1.0, "median"),
                // what is reached: 2.5 at the very worst is the aim, and surface.md says what
                // misses it
                () -> assertTrue(quantile(beyondADay, 0.992) <= 2.5, "all but seven expiries"),
                () -> assertTrue(quantile(beyondADay, 1.0) <= 3.2, "worst"));
    }

    @Test
    void noFittedSurfaceAdmitsStaticArbitrage() {
        for (Chain chain : DeribitChains.all()) {
            for (int every = 1; every <= 2; every++) {
                hold(chain.name(), fit(chain, every));
            }
        }
    }

    @Test
    void noExpiryBetweenTwoSlicesHasAButterfly() {
        int pairs = 0;
        int blended = 0;
        long spentNs = 0;
        int wouldDip = 0;
        for (Chain chain : DeribitChains.all()) {
            VolSurface surface = fit(chain, 1);
            VolSurface linear = new VolSurface(surface.fixedAtMs(), surface.slices());
            long startNs = System.nanoTime();
            assertEquals(surface, VolSurface.blended(surface.fixedAtMs(), surface.slices()));
            spentNs += System.nanoTime() - startNs;
            for (int i = 1; i < surface.slices().size(); i++) {
                double blend = surface.blends().get(i - 1);
                pairs++;
                blended += blend > 0.0 ? 1 : 0;
                wouldDip += StrikeTriples.between(linear, i).isEmpty() ? 0 : 1;
                assertEquals(
                        List.of(), StrikeTriples.between(surface, i), chain.name() + " pair " + i);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "between slices: %d pairs, %d blended in %d us; linear in time %d dip%n",
                pairs,
                blended,
                spentNs / 1_000,
                wouldDip);
        assertTrue(wouldDip > 0, "the chains no longer need a blend");
    }

    private static void hold(String name, VolSurface surface) {
        for (int i = 0; i < surface.slices().size(); i++) {
            SviSlice slice = surface.slices().get(i);
            String at = name + " slice " + i;
            double reach = 12.0 * Math.sqrt(slice.totalVariance(0.0));
            assertEquals(List.of(), Butterfly.in(slice, -4.0, 4.0, 1_601), at);
            assertEquals(List.of(), Butterfly.in(slice, -reach, reach, 1_601), at);
            if (i > 0) {
                SviSlice before = surface.slices().get(i - 1);
                for (int j = -1_600; j <= 1_600; j++) {
                    double k = j / 400.0;
                    assertTrue(slice.totalVariance(k) >= before.totalVariance(k), at + " k=" + k);
                }
            }
        }
    }

    private static VolSurface fit(Chain chain, int every) {
        return assertInstanceOf(
                        Fitted.class,
                        SurfaceFit.fit(chain.timeMs(), chain.quotes(every)),
                        chain.name())
                .surface();
    }

    private static Score score(Chain chain, Expiry expiry, VolSurface surface) {
        double sum = 0.0;
        int n = 0;
        for (int i = 1; i < expiry.strikes().size(); i += 2) {
            double vol = surface.volAnnual(expiry.expiryMs(), expiry.strikes().get(i));
            double error = 100.0 * (vol - expiry.vols().get(i));
            sum += error * error;
            n++;
        }
        double days = DeribitChains.days(chain, expiry);
        return new Score(chain.name(), days, Math.sqrt(sum / n));
    }

    private static double quantile(List<Score> scores, double q) {
        double[] sorted = scores.stream().mapToDouble(Score::rmse).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1, q * sorted.length)];
    }

    private static void print(List<Score> scores) {
        System.out.println("days to expiry | expiries | median | p90 | p99 | worst | above 2.5");
        for (int b = 0; b + 1 < BUCKETS.length; b++) {
            double from = BUCKETS[b];
            double to = BUCKETS[b + 1];
            line(
                    scores.stream().filter(s -> s.days() > from && s.days() <= to).toList(),
                    from + " to " + to);
        }
        List<Score> beyondADay = scores.stream().filter(score -> score.days() > 1.0).toList();
        line(beyondADay, "over 1");
        beyondADay.stream()
                .sorted(Comparator.comparingDouble(Score::rmse).reversed())
                .limit(10)
                .forEach(System.out::println);
    }

    private static void line(List<Score> scores, String name) {
        System.out.printf(
                Locale.ROOT,
                "%14s | %8d | %6.3f | %6.3f | %6.3f | %6.3f | %d%n",
                name,
                scores.size(),
                quantile(scores, 0.5),
                quantile(scores, 0.9),
                quantile(scores, 0.99),
                quantile(scores, 1.0),
                scores.stream().filter(score -> score.rmse() > 2.5).count());
    }
}
