package io.dolim.quoting.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.DayCount;
import io.dolim.quoting.math.Elementary;
import io.dolim.quoting.surface.SurfaceFit.Fitted;
import io.dolim.quoting.surface.SurfaceFit.Reason;
import io.dolim.quoting.surface.SurfaceFit.Refused;
import io.dolim.quoting.surface.SurfaceFit.Report;
import io.dolim.quoting.surface.SurfaceFit.Treatment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SurfaceFitTest {

    private static final long NOW = 1_770_000_000_000L;
    private static final long DAY = DayCount.MILLIS_PER_DAY;
    private static final double FORWARD = 65_000.0;
    private static final RawSvi NEAR = new RawSvi(0.0030, 0.030, -0.25, 0.010, 0.07);
    private static final RawSvi FAR = new RawSvi(0.0100, 0.070, -0.15, 0.030, 0.22);

    @Test
    void smilesThatAreSviAreFoundAgain() {
        Fitted fitted = fitted(chain(8, NEAR, 25), chain(40, FAR, 25));
        for (double strike = 45_000.0; strike < 95_000.0; strike += 777.0) {
            near(NEAR, 8, fitted, strike);
            near(FAR, 40, fitted, strike);
        }
        assertTrue(fitted.reports().stream().allMatch(report -> report.rmseVol() < 1e-4));
    }

    @Test
    void neitherTheOrderOfQuotesNorAnEarlierFitChangesABit() {
        List<ExpiryQuotes> chains = List.of(chain(8, NEAR, 25), chain(40, FAR, 25));
        Fitted first = fitted(chains);
        fitted(chain(3, NEAR, 9));
        List<ExpiryQuotes> shuffled = new ArrayList<>();
        for (ExpiryQuotes chain : chains.reversed()) {
            List<OptionQuote> quotes = new ArrayList<>(chain.quotes());
            Collections.reverse(quotes);
            shuffled.add(new ExpiryQuotes(chain.expiryMs(), FORWARD, 1.0, quotes));
        }
        assertEquals(first, fitted(shuffled));
    }

    @Test
    void oneBadQuoteDoesNotWreckTheSmile() {
        long seed = 20260122L;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            ExpiryQuotes clean = chain(8, NEAR, 21);
            int bad = random.nextInt(clean.quotes().size());
            double factor =
                    random.nextBoolean()
                            ? 1.5 + 8.0 * random.nextDouble()
                            : 0.5 * random.nextDouble();
            List<OptionQuote> quotes = new ArrayList<>(clean.quotes());
            OptionQuote quote = quotes.get(bad);
            quotes.set(
                    bad,
                    OptionQuote.ofMark(quote.strike(), factor * quote.markVol().orElseThrow()));
            Fitted fitted = fitted(new ExpiryQuotes(clean.expiryMs(), FORWARD, 1.0, quotes));
            for (OptionQuote other : clean.quotes()) {
                double error =
                        fitted.surface().volAnnual(clean.expiryMs(), other.strike())
                                - other.markVol().orElseThrow();
                assertTrue(
                        Math.abs(error) < 0.02,
                        "seed="
                                + seed
                                + " i="
                                + i
                                + " bad="
                                + bad
                                + " factor="
                                + factor
                                + " strike="
                                + other.strike()
                                + " error="
                                + error);
            }
        }
    }

    @Test
    void quotesWithAButterflyGiveASmileWithout() {
        RawSvi vogt = new RawSvi(-0.0410, 0.1331, 0.3060, 0.3586, 0.4153);
        List<OptionQuote> quotes = new ArrayList<>();
        for (double k = -1.5; k <= 1.5; k += 0.05) {
            quotes.add(OptionQuote.ofMark(FORWARD * Math.exp(k), Math.sqrt(vogt.totalVariance(k))));
        }
        Fitted fitted = fitted(new ExpiryQuotes(NOW + 365 * DAY, FORWARD, 1.0, quotes));
        SviSlice slice = fitted.surface().slices().getFirst();
        assertTrue(Butterfly.in(slice, -4.0, 4.0, 8001).isEmpty());
        assertTrue(slice.uncertaintyVol() < 0.02, "rmse " + slice.uncertaintyVol());
    }

    @Test
    void expiriesThatCrossAreHeldApart() {
        RawSvi high = new RawSvi(0.012, 0.070, -0.15, 0.030, 0.22);
        Fitted fitted = fitted(chain(38, high, 25), chain(40, FAR, 25));
        SviSlice first = fitted.surface().slices().get(0);
        SviSlice second = fitted.surface().slices().get(1);
        for (double k = -4.0; k <= 4.0; k += 0.001) {
            assertTrue(second.totalVariance(k) >= first.totalVariance(k), "k=" + k);
        }
        assertTrue(Butterfly.in(second, -4.0, 4.0, 8001).isEmpty());
        assertTrue(fitted.reports().get(1).rmseVol() > 0.01, "the quotes' distance is told");
    }

    @Test
    void fewQuotesMakeOneVolatilityOfWideUncertainty() {
        Fitted fitted = fitted(chain(1, NEAR, 4), chain(40, FAR, 25));
        Report report = fitted.reports().getFirst();
        assertEquals(Treatment.FLAT, report.treatment());
        assertTrue(report.rmseVol() >= 0.05);
        long expiry = report.expiryMs();
        assertEquals(
                fitted.surface().volAnnual(expiry, 50_000.0),
                fitted.surface().volAnnual(expiry, 80_000.0));
    }

    @Test
    void anExpiryOfHoursIsFitted() {
        long expiry = NOW + DAY / 8;
        double years = DayCount.years(NOW, expiry);
        List<OptionQuote> quotes = new ArrayList<>();
        for (int i = -6; i <= 6; i++) {
            double k = 0.004 * i;
            quotes.add(OptionQuote.ofMark(FORWARD * Math.exp(k), 0.45 + 90.0 * k * k - 1.5 * k));
        }
        Fitted fitted = fitted(new ExpiryQuotes(expiry, FORWARD, 1.0, quotes));
        for (OptionQuote quote : quotes) {
            assertEquals(
                    quote.markVol().orElseThrow(),
                    fitted.surface().volAnnual(expiry, quote.strike()),
                    0.002);
        }
        assertTrue(Butterfly.in(fitted.surface().slices().getFirst(), -0.5, 0.5, 8001).isEmpty());
        assertTrue(years < 0.001);
    }

    @Test
    void tightQuotesCountMoreThanWideOnes() {
        List<OptionQuote> quotes = new ArrayList<>();
        for (int i = -8; i <= 8; i++) {
            double k = 0.02 * i;
            boolean wide = Math.floorMod(i, 2) == 1;
            double vol = wide ? 0.62 : 0.60;
            double half = wide ? 0.10 : 0.001;
            quotes.add(OptionQuote.ofSides(FORWARD * Math.exp(k), vol - half, vol + half));
        }
        Fitted fitted = fitted(new ExpiryQuotes(NOW + 8 * DAY, FORWARD, 1.0, quotes));
        assertEquals(0.60, fitted.surface().slices().getFirst().volAtLogMoneyness(0.0), 0.004);
    }

    @Test
    void whatIsNotAQuoteIsSetAside() {
        ExpiryQuotes clean = chain(8, NEAR, 25);
        List<OptionQuote> quotes = new ArrayList<>(clean.quotes());
        quotes.add(OptionQuote.ofMark(60_100.0, Double.NaN));
        quotes.add(OptionQuote.ofMark(60_200.0, -0.5));
        quotes.add(OptionQuote.ofMark(60_300.0, Double.POSITIVE_INFINITY));
        quotes.add(OptionQuote.ofMark(Double.NaN, 0.5));
        quotes.add(OptionQuote.ofMark(-60_000.0, 0.5));
        quotes.add(OptionQuote.ofSides(60_400.0, 0.7, 0.6));
        ExpiryQuotes soiled = new ExpiryQuotes(clean.expiryMs(), FORWARD, 1.0, quotes);
        assertEquals(fitted(clean).surface(), fitted(soiled).surface());
    }

    @Test
    void deadExpiriesAreLeftOutAndSaidSo() {
        Fitted fitted = fitted(chain(0, NEAR, 25), chain(-1, NEAR, 25), chain(40, FAR, 25));
        assertEquals(
                List.of(Treatment.LEFT_OUT, Treatment.LEFT_OUT, Treatment.SMILE),
                fitted.reports().stream().map(Report::treatment).toList());
        assertEquals(1, fitted.surface().slices().size());
    }

    @Test
    void refusalsNameTheRule() {
        assertEquals(Reason.NO_QUOTES, refused(List.of()).reason());
        assertEquals(
                Reason.NO_QUOTES,
                refused(List.of(new ExpiryQuotes(NOW + DAY, FORWARD, 1.0, List.of()))).reason());
        ExpiryQuotes good = chain(8, NEAR, 9);
        for (double bad : new double[] {0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY}) {
            ExpiryQuotes forward = new ExpiryQuotes(good.expiryMs(), bad, 1.0, good.quotes());
            assertEquals(Reason.BAD_FORWARD, refused(List.of(forward)).reason());
            ExpiryQuotes discount = new ExpiryQuotes(good.expiryMs(), FORWARD, bad, good.quotes());
            assertEquals(Reason.BAD_FORWARD, refused(List.of(discount)).reason());
        }
        assertEquals(Reason.DUPLICATE_EXPIRY, refused(List.of(good, good)).reason());
        assertEquals(Reason.TOO_MANY, refused(Collections.nCopies(65, good)).reason());
        ExpiryQuotes many =
                new ExpiryQuotes(
                        good.expiryMs(),
                        FORWARD,
                        1.0,
                        Collections.nCopies(1_025, good.quotes().getFirst()));
        assertEquals(Reason.TOO_MANY, refused(List.of(many)).reason());
    }

    @Test
    void anExpiryThatContradictsAnEarlierOneIsPricedButUnknown() {
        RawSvi high = new RawSvi(0.3, 0.070, -0.15, 0.030, 0.22);
        Fitted fitted = fitted(chain(38, high, 25), chain(40, FAR, 25));
        assertEquals(
                List.of(Treatment.SMILE, Treatment.BORROWED),
                fitted.reports().stream().map(Report::treatment).toList());
        SviSlice borrowed = fitted.surface().slices().get(1);
        assertTrue(borrowed.uncertaintyVol() >= borrowed.volAtLogMoneyness(0.0));
        free(fitted.surface(), "contradicting");
    }

    @Test
    void aRoughExpiryTwentyMinutesBeforeItsEndLeavesTheOthersTheirSurface() {
        Fitted without = fitted(chain(1, NEAR, 25), chain(8, NEAR, 25), chain(40, FAR, 25));
        Fitted fitted =
                fitted(
                        roughChain(NOW + 20 * 60_000L, new SplittableRandom(1), 3.0),
                        chain(1, NEAR, 25),
                        chain(8, NEAR, 25),
                        chain(40, FAR, 25));
        assertEquals(Treatment.BORROWED, fitted.reports().getFirst().treatment());
        List<SviSlice> slices = fitted.surface().slices();
        assertEquals(without.surface().slices(), slices.subList(1, slices.size()));
        SviSlice closing = slices.getFirst();
        assertTrue(closing.uncertaintyVol() >= closing.volAtLogMoneyness(0.0));
        assertTrue(fitted.surface().volAnnual(closing.expiryMs(), FORWARD) > 0.1);
        free(fitted.surface(), "closing");
    }

    @Test
    void aRoughExpiryAmongOthersIsUnknownAloneAndWithoutArbitrage() {
        long seed = 20260207L;
        SplittableRandom random = new SplittableRandom(seed);
        int borrowed = 0;
        for (int i = 0; i < 40; i++) {
            int rough = random.nextInt(4);
            int[] days = {1, 8, 20, 40};
            List<ExpiryQuotes> chains = new ArrayList<>();
            for (int j = 0; j < days.length; j++) {
                chains.add(
                        j == rough
                                ? roughChain(NOW + days[j] * DAY, random, 2.0)
                                : chain(days[j], new RawSvi[] {NEAR, NEAR, FAR, FAR}[j], 25));
            }
            Fitted fitted = fitted(chains);
            assertEquals(4, fitted.surface().slices().size());
            for (int j = 0; j < days.length; j++) {
                boolean isOwn = fitted.reports().get(j).treatment() == Treatment.SMILE;
                assertTrue(isOwn || j == rough, "seed=" + seed + " i=" + i + " j=" + j);
                borrowed += isOwn ? 0 : 1;
            }
            free(fitted.surface(), "seed=" + seed + " i=" + i);
        }
        assertTrue(borrowed > 20, "borrowed " + borrowed);
    }

    @Test
    void nothingButRoughExpiriesAreRefusedWithNumbers() {
        SplittableRandom random = new SplittableRandom(5);
        Refused refused =
                refused(
                        List.of(
                                roughChain(NOW + DAY, random, 3.0),
                                roughChain(NOW + 8 * DAY, random, 3.0)));
        assertEquals(Reason.ROUGH, refused.reason());
        assertTrue(refused.numbers().getOrDefault("rmseVol", 0.0) > 0.25);
    }

    /** Volatilities between 30 % and that times {@code 1 + spread}, without any order. */
    private static ExpiryQuotes roughChain(long expiry, SplittableRandom random, double spread) {
        List<OptionQuote> quotes = new ArrayList<>();
        for (int i = -6; i <= 6; i++) {
            double vol = 0.3 * (1.0 + spread * random.nextDouble());
            quotes.add(OptionQuote.ofMark(FORWARD + 500.0 * i, vol));
        }
        return new ExpiryQuotes(expiry, FORWARD, 1.0, quotes);
    }

    private static void free(VolSurface surface, String of) {
        for (int i = 0; i < surface.slices().size(); i++) {
            SviSlice slice = surface.slices().get(i);
            assertEquals(List.of(), Butterfly.in(slice, -4.0, 4.0, 1_601), of + " slice " + i);
            assertEquals(List.of(), Butterfly.in(slice, -0.1, 0.1, 1_601), of + " slice " + i);
            for (int j = -1_600; i > 0 && j <= 1_600; j++) {
                double k = j / 400.0;
                assertTrue(
                        slice.totalVariance(k) >= surface.slices().get(i - 1).totalVariance(k),
                        of + " slice " + i + " k=" + k);
            }
        }
    }

    @Test
    void theBitsOfAFitAreTheseOnEveryMachine() {
        ExpiryQuotes smooth = chain(40, FAR, 25);
        List<OptionQuote> quotes = new ArrayList<>();
        for (int i = -8; i <= 12; i++) {
            double vol = 0.5 + 0.004 * i * i + 0.01 * Math.floorMod(7 * i, 5);
            quotes.add(OptionQuote.ofMark(64_000.0 + 1_500.0 * i, vol));
        }
        ExpiryQuotes rough = new ExpiryQuotes(NOW + 8 * DAY, FORWARD, 1.0, quotes);
        VolSurface surface = fitted(smooth, rough).surface();
        long bits = 0L;
        for (int day = 1; day < 60; day++) {
            for (double strike = 30_000.0; strike < 120_000.0; strike += 1_234.5) {
                double vol = surface.volAnnual(NOW + day * DAY, strike);
                bits = 31L * bits + Double.doubleToLongBits(vol);
            }
        }
        assertEquals("57fc486eeccb5e41", Long.toHexString(bits));
    }

    private static void near(RawSvi smile, int days, Fitted fitted, double strike) {
        long expiry = NOW + days * DAY;
        double k = Math.log(strike / FORWARD);
        double vol = Math.sqrt(smile.totalVariance(k) / DayCount.years(NOW, expiry));
        assertEquals(vol, fitted.surface().volAnnual(expiry, strike), 5e-4, "strike " + strike);
    }

    private static ExpiryQuotes chain(int days, RawSvi smile, int strikes) {
        long expiry = NOW + days * DAY;
        double years = DayCount.years(NOW, expiry);
        List<OptionQuote> quotes = new ArrayList<>();
        for (int i = 0; i < strikes; i++) {
            double strike = 43_000.0 + 54_000.0 * i / (strikes - 1);
            double w = smile.totalVariance(Elementary.log(strike / FORWARD));
            quotes.add(OptionQuote.ofMark(strike, years > 0.0 ? Math.sqrt(w / years) : 0.5));
        }
        return new ExpiryQuotes(expiry, FORWARD, 1.0, quotes);
    }

    private static Fitted fitted(ExpiryQuotes... chains) {
        return fitted(List.of(chains));
    }

    private static Fitted fitted(List<ExpiryQuotes> chains) {
        return assertInstanceOf(Fitted.class, SurfaceFit.fit(NOW, chains));
    }

    private static Refused refused(List<ExpiryQuotes> chains) {
        return assertInstanceOf(Refused.class, SurfaceFit.fit(NOW, chains));
    }
}
