package io.dolim.quoting.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.math.Elementary;
import io.dolim.quoting.pricing.ImpliedVolatility.Found;
import io.dolim.quoting.pricing.ImpliedVolatility.Reason;
import io.dolim.quoting.pricing.ImpliedVolatility.Refused;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ImpliedVolatilityTest {
    @Test
    void thirtyRowsOfTheReferenceAreMetWithinFourTimesTheAttainableError() {
        meets(ReferenceTable.resource("implied_vol_rows.csv"), 30);
    }

    @Test
    void allTwelveHundredRowsOfTheReferenceAreMetWithinFourTimesTheAttainableError() {
        meets(ReferenceTable.vectors("implied_vol_reference.csv"), 1200);
    }

    @Test
    void theVolatilityOfAPriceGivesThePriceBack() {
        long seed = 1971;
        SplittableRandom random = new SplittableRandom(seed);
        int found = 0;
        for (int i = 0; i < 20_000; i++) {
            OptionType type = random.nextBoolean() ? OptionType.CALL : OptionType.PUT;
            double forward = Math.scalb(random.nextDouble(1, 2), random.nextInt(-20, 20));
            double years = Math.scalb(random.nextDouble(1, 2), random.nextInt(-20, 4));
            double vol = Math.scalb(random.nextDouble(1, 2), random.nextInt(-8, 3));
            double strike =
                    forward * Elementary.exp(random.nextDouble(-6, 6) * vol * Math.sqrt(years));
            double discount = random.nextDouble(0.5, 1.1);
            double price = Black76.price(type, forward, strike, years, vol, discount);
            String at =
                    "seed=" + seed + " i=" + i + " " + type + " F=" + forward + " K=" + strike
                            + " T=" + years + " vol=" + vol;
            switch (ImpliedVolatility.of(type, forward, strike, years, price, discount)) {
                case Found(double implied) -> {
                    double again = Black76.price(type, forward, strike, years, implied, discount);
                    assertEquals(price, again, 1e-14 * Math.max(forward, strike), at);
                    found++;
                }
                case Refused(Reason reason, String detail) ->
                        assertTrue(
                                reason != Reason.PRICE_NOT_A_PRICE && reason != Reason.NO_TIME,
                                at + " " + detail);
            }
        }
        assertTrue(found > 15_000, "found=" + found);
    }

    @Test
    void atTheMoneyExactlyTheVolatilityIsFound() {
        for (double vol : new double[] {1e-8, 1e-4, 0.1, 0.5, 1, 3, 8}) {
            double price = Black76.price(OptionType.CALL, 100, 100, 1, vol, 1);
            Found found =
                    assertInstanceOf(
                            Found.class,
                            ImpliedVolatility.of(OptionType.CALL, 100, 100, 1, price, 1));
            double vega = Black76.greeks(OptionType.CALL, 100, 100, 1, vol, 1).vega();
            assertEquals(
                    vol,
                    found.volAnnual(),
                    4 * Math.ulp(vol) + 2 * Math.ulp(100.0) / vega,
                    "vol=" + vol);
        }
    }

    @Test
    void pricesWithoutAVolatilityAreRefusedWithTheReason() {
        refused(Reason.PRICE_NOT_A_PRICE, OptionType.CALL, 1, Double.NaN);
        refused(Reason.PRICE_NOT_A_PRICE, OptionType.CALL, 1, -1);
        refused(Reason.PRICE_NOT_A_PRICE, OptionType.CALL, 1, Double.POSITIVE_INFINITY);
        refused(Reason.NO_TIME, OptionType.CALL, 0, 21);
        refused(Reason.BELOW_INTRINSIC, OptionType.CALL, 1, 19.999);
        refused(Reason.NO_TIME_VALUE, OptionType.CALL, 1, 20);
        refused(Reason.NO_TIME_VALUE, OptionType.PUT, 1, 0);
        refused(Reason.NO_TIME_VALUE, OptionType.PUT, 1, Double.MIN_VALUE);
        refused(Reason.AT_OR_ABOVE_BOUND, OptionType.CALL, 1, 120);
        refused(Reason.AT_OR_ABOVE_BOUND, OptionType.PUT, 1, 100);
        refused(Reason.AT_OR_ABOVE_BOUND, OptionType.PUT, 1, Double.MAX_VALUE);
        assertThrows(
                IllegalArgumentException.class,
                () -> ImpliedVolatility.of(OptionType.PUT, Double.NaN, 1, 1, 0.1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> ImpliedVolatility.of(OptionType.PUT, 1, 1, -1, 0.1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> ImpliedVolatility.of(OptionType.PUT, 1, 1, 1, 0.1, 0));
    }

    private static void refused(Reason reason, OptionType type, double years, double price) {
        Refused refused =
                assertInstanceOf(
                        Refused.class,
                        ImpliedVolatility.of(type, 120, 100, years, price, 1),
                        "price=" + price);
        assertEquals(reason, refused.reason(), refused.detail());
    }

    private static void meets(ReferenceTable table, int rows) {
        assertEquals(rows, table.size());
        Map<String, Double> worst = new TreeMap<>();
        int wrong = 0;
        for (int i = 0; i < rows; i++) {
            double f = table.number(i, "F");
            double k = table.number(i, "K");
            double price = table.number(i, "price");
            boolean call = table.number(i, "cp") > 0;
            OptionType type = call ? OptionType.CALL : OptionType.PUT;
            ImpliedVolatility implied =
                    ImpliedVolatility.of(type, f, k, table.number(i, "T"), price, 1);
            double bound = call ? f : k;
            if (bound - price <= Math.ulp(bound)) {
                System.out.println(
                        "within an ulp of its bound: " + table.line(i) + " -> " + implied);
            }
            Found found = assertInstanceOf(Found.class, implied, table.line(i));
            BigDecimal exact = new BigDecimal(table.text(i, "sigma"));
            double error =
                    new BigDecimal(found.volAnnual())
                            .subtract(exact)
                            .divide(exact, MathContext.DECIMAL64)
                            .abs()
                            .doubleValue();
            double ratio = error / ((table.number(i, "rel_sensitivity") + 1) * 0x1.0p-53);
            worst.merge(table.text(i, "regime"), ratio, Math::max);
            if (ratio > 4) {
                wrong++;
                System.out.println("WRONG " + ratio + " " + table.line(i) + " got " + found);
            }
        }
        worst.forEach(
                (regime, ratio) ->
                        System.out.printf("%-8s %.3f times attainable%n", regime, ratio));
        int count = wrong;
        assertEquals(0, wrong, () -> count + " rows miss four times the attainable error");
    }
}
