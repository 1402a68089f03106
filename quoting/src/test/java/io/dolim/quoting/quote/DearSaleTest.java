package io.dolim.quoting.quote;

import static io.dolim.quoting.quote.Quoting.QUOTER;
import static io.dolim.quoting.quote.Quoting.SPEC;
import static io.dolim.quoting.quote.Quoting.basis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Sales that cost the pool more than the option is worth: no part of a charge is waived. */
class DearSaleTest {

    private static final FlatMarket MARKET = FlatMarket.of(60_000.0, 0.5);
    private static final OptionContract CALL = FlatMarket.contract(30, 75_000, OptionType.CALL);
    private static final OptionPackage SALE = OptionPackage.of(new Leg(CALL, -100));
    private static final Quoter BEFORE = new Quoter(SPEC, QuoteRules.standard(), 2);

    @Test
    void whatAddsRiskForMoreThanItIsWorthIsRefusedWithTheFigures() {
        double value = value();
        double hedge = quoted(BEFORE, 0, SALE).lines().hedgeCost().toDouble();
        double charge = value - hedge + 0.01;

        Quote.Refused refused =
                assertInstanceOf(Quote.Refused.class, quote(QUOTER, charge, false, SALE));

        assertEquals(QuoteRefusal.NO_CAPACITY, refused.reason());
        assertEquals("costs_exceed_value", refused.rule());
        assertEquals(Set.of("value", "hedge_cost", "capital_charge"), refused.numbers().keySet());
        assertEquals(value, number(refused, "value"), 1e-5);
        assertEquals(hedge, number(refused, "hedge_cost"), 1e-5);
        assertEquals(charge, number(refused, "capital_charge"));
    }

    @Test
    void spreadAndFeeAreWaivedAndNoMore() {
        double hedge = quoted(BEFORE, 0, SALE).lines().hedgeCost().toDouble();

        Quote.Quoted sold = quoted(QUOTER, value() - hedge - 0.01, SALE);

        assertEquals(Usdc.ZERO, sold.price());
        double taken = sold.lines().spread().plus(sold.lines().fee()).toDouble();
        assertEquals(0.01, taken, 1e-5);
    }

    @Test
    void versionTwoTookItForNothing() {
        Quote.Quoted sold = quoted(BEFORE, value() + 500, SALE);

        assertEquals(Usdc.ZERO, sold.price());
        assertTrue(sold.lines().spread().toDouble() < -500, sold::toString);
    }

    @Test
    void whatReducesRiskIsTakenForNothingWhateverItsHedgeCosts() {
        Quote quote = QUOTER.quote(basis(MARKET, new Fixed(0, true, 4_000_000)), SALE);

        Quote.Quoted sold = assertInstanceOf(Quote.Quoted.class, quote, quote::toString);
        assertEquals(Usdc.ZERO, sold.price());
        assertTrue(sold.lines().hedgeCost().toDouble() > value(), sold::toString);
        assertEquals(
                "costs_exceed_value",
                assertInstanceOf(
                                Quote.Refused.class,
                                QUOTER.quote(basis(MARKET, new Fixed(0, false, 4_000_000)), SALE))
                        .rule());
    }

    @Test
    void whoBuysOrSellsAPackagePaysWhatItCosts() {
        OptionPackage two =
                new OptionPackage(
                        List.of(
                                new Leg(CALL, -100),
                                new Leg(FlatMarket.contract(30, 80_000, OptionType.CALL), -1)));
        for (OptionPackage asked : List.of(SALE.reversed(), two)) {
            double charge = 2 * value();
            Quote.Quoted now = quoted(QUOTER, charge, asked);
            assertEquals(quoted(BEFORE, charge, asked), now);
            assertTrue(now.price().signum() > 0, now::toString);
        }
    }

    @Test
    void noPriceIsLessThanMarkHedgeAndCharge() {
        SplittableRandom random = new SplittableRandom(5);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            OptionPackage asked = Quoting.randomPackage(random, Quoting.chain());
            Fixed charge = new Fixed(random.nextDouble(-50, 200), false, 0);
            switch (QUOTER.quote(basis(MARKET, charge), asked)) {
                case Quote.Quoted quoted -> {
                    QuoteLines lines = quoted.lines();
                    Usdc standing =
                            lines.mark().plus(lines.hedgeCost()).plus(lines.capitalCharge());
                    // each line is rounded up to a micro
                    assertTrue(quoted.price().minus(standing).micros() >= -3, quoted::toString);
                }
                case Quote.Refused none -> {
                    refused++;
                    assertEquals("costs_exceed_value", none.rule());
                }
            }
        }
        assertTrue(refused > 50 && refused < 1_000, "refused=" + refused);
    }

    @Test
    void aVersionThatCannotBePricedAgainIsRefused() {
        for (int version : new int[] {1, 4}) {
            IllegalArgumentException refused =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> new Quoter(SPEC, QuoteRules.standard(), version));
            assertEquals("pricing_version=" + version + " must be 2 to 3", refused.getMessage());
        }
    }

    private static double number(Quote.Refused refused, String name) {
        return refused.numbers().getOrDefault(name, Double.NaN);
    }

    private static double value() {
        return -QUOTER.markUsdc(MARKET, SALE);
    }

    private static Quote quote(
            Quoter quoter, double charge, boolean reducing, OptionPackage asked) {
        return quoter.quote(basis(MARKET, new Fixed(charge, reducing, 0)), asked);
    }

    private static Quote.Quoted quoted(Quoter quoter, double charge, OptionPackage asked) {
        return assertInstanceOf(Quote.Quoted.class, quote(quoter, charge, false, asked));
    }

    /** A pool that asks the same for everything. */
    private record Fixed(double usdc, boolean reducing, double unhedged) implements CapitalCharge {

        @Override
        public Answer of(OptionPackage asked) {
            return new Charged(usdc, 1, reducing);
        }

        @Override
        public double strain() {
            return 0;
        }

        @Override
        public double unhedgedDeltaCoins(Underlying underlying) {
            return unhedged;
        }

        @Override
        public long viewNumber() {
            return 1;
        }

        @Override
        public long revision() {
            return 1;
        }
    }
}
