package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CoverRuleTest {

    private static final String DEC = "BTC_USDC-25DEC26-";
    private static final String JAN = "BTC_USDC-29JAN27-";

    @Test
    void aShortPutIsCoveredByItsStrike() {
        assertEquals(finite(50_000), CoverRule.of(lines(DEC + "50000-P", -1), List.of()));
    }

    @Test
    void aNakedShortCallIsUnbounded() {
        assertEquals(
                new CoverRule.Unbounded(
                        new CoverRule.Series(
                                OptionContract.parse(DEC + "50000-C").underlying(),
                                OptionContract.parse(DEC + "50000-C").expiry()),
                        BigDecimal.valueOf(2)),
                CoverRule.of(lines(DEC + "50000-C", -2), List.of()));
    }

    @Test
    void aCallSpreadIsCoveredByItsWidth() {
        assertEquals(
                finite(1_000),
                CoverRule.of(lines(DEC + "50000-C", -1, DEC + "51000-C", 1), List.of()));
        assertEquals(
                finite(0), CoverRule.of(lines(DEC + "50000-C", 1, DEC + "51000-C", -1), List.of()));
    }

    @Test
    void expiriesDoNotCoverEachOther() {
        assertTrue(
                CoverRule.of(lines(DEC + "50000-C", -1, JAN + "40000-C", 1), List.of())
                        instanceof CoverRule.Unbounded);
        assertEquals(
                finite(150),
                CoverRule.of(
                        lines(DEC + "100-P", -1, JAN + "50-P", -1, JAN + "10-C", 1), List.of()));
    }

    @Test
    void aPendingPurchaseCoversNothingYet() {
        assertTrue(
                CoverRule.of(lines(DEC + "50000-C", -1), List.of(lines(DEC + "50000-C", 1)))
                        instanceof CoverRule.Unbounded);
    }

    @Test
    void aFractionOfAMicroIsRoundedUp() {
        assertEquals(
                new CoverRule.Finite(new Usdc(1)),
                CoverRule.of(
                        List.of(
                                new CoverRule.Line(
                                        OptionContract.parse(DEC + "0d000001-P"),
                                        new BigDecimal("-0.5"))),
                        List.of()));
    }

    @Test
    void theCoverIsTheWorstOverAllPricesAndSubsetsOfPendings() {
        long seed = 4711L;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 500; round++) {
            List<CoverRule.Line> sure = random(random, 4);
            List<List<CoverRule.Line>> pendings = new ArrayList<>();
            int count = random.nextInt(4);
            for (int i = 0; i < count; i++) {
                pendings.add(random(random, 3));
            }
            String where = "seed=" + seed + " round=" + round;
            switch (CoverRule.of(sure, pendings)) {
                case CoverRule.Finite finite ->
                        assertEquals(
                                worst(sure, pendings, 60),
                                -finite.cover().toDecimal().doubleValue(),
                                1e-9,
                                where);
                case CoverRule.Unbounded unbounded ->
                        assertTrue(
                                worst(sure, pendings, 2_000_000) < worst(sure, pendings, 1_000_000),
                                where);
            }
        }
    }

    /** By brute force: each pending is taken where it hurts, at every half point up to {@code top}. */
    private static double worst(
            List<CoverRule.Line> sure, List<List<CoverRule.Line>> pendings, int top) {
        double least = 0;
        int step = Math.max(1, top / 60);
        for (int half = 0; half <= 2 * top; half += step) {
            BigDecimal price = BigDecimal.valueOf(half).divide(BigDecimal.valueOf(2));
            double worth = payoff(sure, price);
            for (List<CoverRule.Line> pending : pendings) {
                worth += Math.min(0, payoff(pending, price));
            }
            least = Math.min(least, worth);
        }
        return least;
    }

    private static double payoff(List<CoverRule.Line> lines, BigDecimal price) {
        double sum = 0;
        for (CoverRule.Line line : lines) {
            double intrinsic =
                    line.contract().type() == OptionType.CALL
                            ? Math.max(0, price.subtract(line.contract().strike()).doubleValue())
                            : Math.max(0, line.contract().strike().subtract(price).doubleValue());
            sum += intrinsic * line.coins().doubleValue();
        }
        return sum;
    }

    private static List<CoverRule.Line> random(SplittableRandom random, int most) {
        List<CoverRule.Line> lines = new ArrayList<>();
        int count = 1 + random.nextInt(most);
        for (int i = 0; i < count; i++) {
            String name = DEC + (1 + random.nextInt(50)) + (random.nextBoolean() ? "-C" : "-P");
            lines.add(
                    new CoverRule.Line(
                            OptionContract.parse(name), BigDecimal.valueOf(random.nextInt(-4, 6))));
        }
        return lines;
    }

    private static CoverRule.Cover finite(long usdc) {
        return new CoverRule.Finite(Usdc.ofWhole(usdc));
    }

    private static List<CoverRule.Line> lines(Object... namesAndCoins) {
        List<CoverRule.Line> lines = new ArrayList<>();
        for (int i = 0; i < namesAndCoins.length; i += 2) {
            lines.add(
                    new CoverRule.Line(
                            OptionContract.parse((String) namesAndCoins[i]),
                            BigDecimal.valueOf((Integer) namesAndCoins[i + 1])));
        }
        return lines;
    }
}
