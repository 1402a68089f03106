package io.dolim.quoting.quote;

import static io.dolim.quoting.quote.Quoting.QUOTER;
import static io.dolim.quoting.quote.Quoting.SPEC;
import static io.dolim.quoting.quote.Quoting.basis;
import static io.dolim.quoting.quote.Quoting.price;
import static io.dolim.quoting.quote.Quoting.quoted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.QuotableMarket;
import io.dolim.quoting.market.Uncertainty;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QuoterTest {

    private static final FlatMarket MARKET = FlatMarket.of(60_000.0, 0.5);

    private static final OptionContract CALL = FlatMarket.contract(30, 60_000, OptionType.CALL);

    private static final OptionContract PUT = FlatMarket.contract(30, 60_000, OptionType.PUT);

    @Test
    void theLinesOfAFlatPoolsQuoteAreTheRulesOnes() {
        FlatMarket noCarry =
                new FlatMarket(FlatMarket.NOON, 60_000.0, 0.5, 0.0, 0.0, Uncertainty.NONE);
        Quote.Quoted quote = quoted(QUOTER, basis(noCarry, ConvexPool.flat()), buy(CALL, 100));
        double years = CALL.expiry().yearsFrom(noCarry.timeMs());
        double halfWidth = 0.5 * 0.5 * Math.sqrt(years);
        // Brenner and Subrahmanyam (1988): an at-the-money call is 0.4 S sigma sqrt(T), to second
        // order
        assertEquals(0.39894 * 60_000 * 2 * halfWidth, quote.lines().mark().toDouble(), 12.0);
        double points = 0.005 * Math.sqrt(30.0 / (years * 365.0));
        double delta = quote.greeks().deltaCoins();
        double freeOption = 0.4 * delta * 0.5 * 60_000 * Math.sqrt(2_000 / (365.0 * 86_400_000.0));
        assertEquals(
                quote.greeks().vegaUsdc() * points + freeOption,
                quote.lines().spread().toDouble(),
                2e-6);
        assertEquals(
                60_000 * (delta * 0.0005 + 0.5 * 2e-6 * delta * delta),
                quote.lines().hedgeCost().toDouble(),
                2e-6);
        assertEquals(Usdc.ZERO, quote.lines().capitalCharge());
        assertEquals(Usdc.ofWhole(18), quote.lines().fee());
        assertTrue(quote.lines().tick().micros() >= 0);
        assertTrue(quote.lines().tick().compareTo(SPEC.tickOf(100)) < 0);
    }

    @Test
    void aPriceIsWholeTicksAndItsLinesAddUp() {
        SplittableRandom random = new SplittableRandom(11);
        int offered = 0;
        for (int i = 0; i < 500; i++) {
            OptionPackage asked = Quoting.randomPackage(random, Quoting.chain());
            Optional<Quote.Quoted> some = Quoting.offered(basis(MARKET, pool(i)), asked);
            if (some.isEmpty()) {
                continue;
            }
            offered++;
            Quote.Quoted quote = some.get();
            assertEquals(0, quote.price().micros() % QUOTER.tickOf(asked).micros(), "i=" + i);
            assertEquals(quote.lines().total(), quote.price());
            boolean floored = asked.legs().size() == 1 && asked.legs().getFirst().lots() < 0;
            assertTrue(floored || quote.lines().spread().signum() >= 0, "i=" + i);
            assertTrue(quote.lines().fee().signum() >= 0, "i=" + i);
        }
        assertTrue(offered > 450, "offered=" + offered);
    }

    @Test
    void sellingBackOnOneViewNeverProfits() {
        SplittableRandom random = new SplittableRandom(12);
        int offered = 0;
        for (int i = 0; i < 1_000; i++) {
            OptionPackage asked = Quoting.randomPackage(random, Quoting.chain());
            QuoteBasis basis = basis(MARKET, pool(i));
            Optional<Quote.Quoted> there = Quoting.offered(basis, asked);
            Optional<Quote.Quoted> back = Quoting.offered(basis, asked.reversed());
            if (there.isPresent() && back.isPresent()) {
                offered++;
                Usdc roundTrip = there.get().price().plus(back.get().price());
                assertTrue(roundTrip.signum() >= 0, "i=" + i + " round trip=" + roundTrip);
            }
        }
        assertTrue(offered > 800, "offered=" + offered);
    }

    @Test
    void noPackageCostsLessThanItCanBeWorth() {
        SplittableRandom random = new SplittableRandom(13);
        int offered = 0;
        for (int i = 0; i < 500; i++) {
            OptionPackage asked = Quoting.randomPackage(random, Quoting.chain());
            Optional<Quote.Quoted> quote = Quoting.offered(basis(MARKET, pool(i)), asked);
            if (quote.isPresent()) {
                offered++;
                double price = quote.get().price().toDouble();
                assertTrue(
                        price >= worstAtExpiry(asked) + QUOTER.tickOf(asked).toDouble() - 1e-6,
                        "i=" + i + " " + asked + " price=" + price);
            }
        }
        assertTrue(offered > 450, "offered=" + offered);
    }

    @Test
    void aDiscountEndsAtIntrinsicAndATick() {
        CapitalCharge generous = new ConvexPool(3, 1e4, 0.0, 0.0);
        for (OptionContract contract : Quoting.chain()) {
            for (int sign : new int[] {1, -1}) {
                Optional<Quote.Quoted> quote =
                        Quoting.offered(
                                basis(MARKET, generous), OptionPackage.of(new Leg(contract, sign)));
                if (quote.isEmpty()) {
                    continue;
                }
                double price = quote.get().price().toDouble();
                double forward = MARKET.forwardUsdc(contract.expiry());
                double discount = MARKET.discount(contract.expiry());
                double strike = contract.strike().doubleValue();
                double intrinsic =
                        discount * Math.max(0.0, contract.type().sign() * (forward - strike));
                double most = discount * (contract.type() == OptionType.CALL ? forward : strike);
                double unit = price / 0.01;
                assertTrue(
                        sign > 0 ? unit >= Math.max(intrinsic, 0.5) - 1e-9 : -unit <= most + 1e-9,
                        contract + " " + sign + " " + unit);
            }
        }
    }

    @Test
    void anOptionIsNeverBoughtBelowNothing() {
        OptionContract worthless = FlatMarket.contract(1, 150_000, OptionType.CALL);
        assertEquals(Usdc.ZERO, price(basis(MARKET, ConvexPool.flat()), buy(worthless, -50)));
    }

    @Test
    void anExpiryStopsQuotingHalfAnHourBeforeItsEnd() {
        long closing = CALL.expiry().epochMs() - 1_800_000L;
        assertInstanceOf(Quote.Quoted.class, quoteAt(closing - 1));
        assertEquals(
                new Quote.Refused(
                        buy(CALL, 1),
                        QuoteRefusal.EXPIRY_CLOSING,
                        "expiry_closing",
                        new TreeMap<>(Map.of("closing_ms", 1_800_000.0, "left_ms", 1_800_000.0))),
                quoteAt(closing));
        assertEquals(
                QuoteRefusal.EXPIRED,
                assertInstanceOf(Quote.Refused.class, quoteAt(CALL.expiry().epochMs())).reason());
    }

    @Test
    void sizesAndUnderlyingsOutsideTheContractAreRefused() {
        QuoteBasis basis = basis(MARKET, ConvexPool.flat());
        assertEquals(QuoteRefusal.INVALID_SIZE, refused(basis, buy(CALL, 1_000_001)).reason());
        OptionContract foreign =
                new OptionContract(
                        new Underlying("ETH"),
                        CALL.expiry(),
                        new BigDecimal(3000),
                        OptionType.CALL);
        assertEquals(QuoteRefusal.FOREIGN_UNDERLYING, refused(basis, buy(foreign, 1)).reason());
    }

    @Test
    void aFigureThatIsNoNumberIsRefusedByName() {
        Quote.Refused refused =
                refused(basis(MARKET, new ConvexPool(1, Double.NaN, 0.0, 0.0)), buy(CALL, 1));
        assertEquals(QuoteRefusal.UNPRICEABLE, refused.reason());
        assertEquals(Double.NaN, refused.numbers().get("capital_charge"));
        assertEquals(
                QuoteRefusal.UNPRICEABLE,
                refused(basis(MARKET, new ConvexPool(1, 0.0, 1.5, 0.0)), buy(CALL, 1)).reason());
    }

    @Test
    void anExpiryThatIsHardlyKnownHasNoPrice() {
        double vol = MARKET.volAnnual(CALL.expiry(), 0.0);
        for (double unknown : new double[] {0.51 * vol, vol, Double.NaN}) {
            QuoteBasis rough = basis(new Unsure(MARKET, unknown), ConvexPool.flat());
            Quote.Refused refused = refused(rough, buy(CALL, 1));
            assertEquals(QuoteRefusal.UNPRICEABLE, refused.reason());
            assertEquals("rough_surface", refused.rule());
            assertEquals(unknown, refused.numbers().get("uncertainty_vol"));
        }
        QuoteBasis wide = basis(new Unsure(MARKET, 0.49 * vol), ConvexPool.flat());
        assertInstanceOf(Quote.Quoted.class, QUOTER.quote(wide, buy(CALL, 1)));
    }

    /** The same market, less well known. */
    private record Unsure(FlatMarket market, double unknown) implements QuotableMarket {

        @Override
        public Underlying underlying() {
            return market.underlying();
        }

        @Override
        public long timeMs() {
            return market.timeMs();
        }

        @Override
        public double spotUsdc() {
            return market.spotUsdc();
        }

        @Override
        public double forwardUsdc(Expiry expiry) {
            return market.forwardUsdc(expiry);
        }

        @Override
        public double discount(Expiry expiry) {
            return market.discount(expiry);
        }

        @Override
        public double volAnnual(Expiry expiry, double logMoneyness) {
            return market.volAnnual(expiry, logMoneyness);
        }

        @Override
        public Uncertainty uncertainty() {
            return market.uncertainty();
        }

        @Override
        public double uncertaintyVol(Expiry expiry) {
            return unknown;
        }
    }

    @Test
    void whatCapacityRefusesKeepsItsRule() {
        CapitalCharge closed =
                new CapitalCharge() {
                    @Override
                    public Answer of(OptionPackage asked) {
                        return new Unavailable(
                                "rac_below_floor", new TreeMap<>(Map.of("rac", -1.0)));
                    }

                    @Override
                    public double strain() {
                        return 1.0;
                    }

                    @Override
                    public double unhedgedDeltaCoins(Underlying underlying) {
                        return 0.0;
                    }

                    @Override
                    public long viewNumber() {
                        return 1;
                    }

                    @Override
                    public long revision() {
                        return 1;
                    }
                };
        assertEquals(
                new Quote.Refused(
                        buy(CALL, 1),
                        QuoteRefusal.NO_CAPACITY,
                        "rac_below_floor",
                        new TreeMap<>(Map.of("rac", -1.0))),
                QUOTER.quote(basis(MARKET, closed), buy(CALL, 1)));
    }

    @Test
    void strainWidensOnlyTheRisingPart() {
        Usdc calm = spread(basis(MARKET, new ConvexPool(1, 1e-9, 0.0, 0.0)), buy(CALL, 100));
        Usdc strained = spread(basis(MARKET, new ConvexPool(1, 1e-9, 1.0, 0.0)), buy(CALL, 100));
        CapitalCharge.Charged charged = (CapitalCharge.Charged) pool(1).of(buy(CALL, 100));
        Quote.Quoted quote = quoted(QUOTER, basis(MARKET, pool(1)), buy(CALL, 100));
        double points =
                0.005 * Math.sqrt(30.0 / (CALL.expiry().yearsFrom(MARKET.timeMs()) * 365.0));
        assertEquals(
                3.0 * charged.risingShare() * points * quote.greeks().vegaUsdc(),
                strained.minus(calm).toDouble(),
                2e-6);
    }

    @Test
    void theGuardsFactorAndDisagreeingSourcesWiden() {
        Usdc calm = spread(basis(MARKET, ConvexPool.flat()), buy(CALL, 100));
        Usdc doubled = spread(basis(unsure(0.0, 2.0), ConvexPool.flat()), buy(CALL, 100));
        assertEquals(2.0, doubled.toDouble() / calm.toDouble(), 1e-6);
        Usdc apart = spread(basis(unsure(0.001, 1.0), ConvexPool.flat()), buy(CALL, 100));
        double delta =
                quoted(QUOTER, basis(MARKET, ConvexPool.flat()), buy(CALL, 100))
                        .greeks()
                        .deltaCoins();
        assertEquals(60.0 * delta, apart.minus(calm).toDouble(), 1e-5);
    }

    @Test
    void aCalendarIsNeverFreeAndNoPackageIsWiderThanItsLegs() {
        OptionContract later = FlatMarket.contract(45, 60_000, OptionType.CALL);
        OptionPackage calendar =
                new OptionPackage(List.of(new Leg(CALL, -100), new Leg(later, 82)));
        QuoteBasis basis = basis(MARKET, ConvexPool.flat());
        double alone = spread(basis, buy(CALL, 100)).toDouble();
        assertTrue(spread(basis, calendar).toDouble() > alone);
        SplittableRandom random = new SplittableRandom(14);
        for (int i = 0; i < 300; i++) {
            OptionPackage asked = Quoting.randomPackage(random, Quoting.chain());
            double legs = 0.0;
            for (Leg leg : asked.legs()) {
                legs += spreadOfRules(OptionPackage.of(leg));
            }
            assertTrue(spreadOfRules(asked) <= legs + 1e-9, "i=" + i);
        }
    }

    @Test
    void theFeeIsAShareOfNotionalAndAtMostAShareOfTheMark() {
        OptionContract far = FlatMarket.contract(30, 85_000, OptionType.CALL);
        Quote.Quoted cheap = quoted(QUOTER, basis(MARKET, ConvexPool.flat()), buy(far, 100));
        assertEquals(0.125 * cheap.lines().mark().toDouble(), cheap.lines().fee().toDouble(), 2e-6);
        Quote.Quoted dear = quoted(QUOTER, basis(MARKET, ConvexPool.flat()), buy(PUT, -100));
        assertEquals(18.0, dear.lines().fee().toDouble(), 0.0);
    }

    private static OptionPackage buy(OptionContract contract, long lots) {
        return OptionPackage.of(new Leg(contract, lots));
    }

    private static ConvexPool pool(long seed) {
        return new ConvexPool(seed, seed % 7 * 0.3, (seed % 5) / 5.0, seed % 11 - 5.0);
    }

    private static FlatMarket unsure(double spotRelative, double factor) {
        return new FlatMarket(
                FlatMarket.NOON, 60_000.0, 0.5, 0.05, 0.04, new Uncertainty(spotRelative, factor));
    }

    private static Quote quoteAt(long timeMs) {
        FlatMarket then = new FlatMarket(timeMs, 60_000.0, 0.5, 0.0, 0.0, Uncertainty.NONE);
        return QUOTER.quote(basis(then, ConvexPool.flat()), buy(CALL, 1));
    }

    private static Quote.Refused refused(QuoteBasis basis, OptionPackage asked) {
        return assertInstanceOf(Quote.Refused.class, QUOTER.quote(basis, asked));
    }

    private static Usdc spread(QuoteBasis basis, OptionPackage asked) {
        return quoted(QUOTER, basis, asked).lines().spread();
    }

    private static double spreadOfRules(OptionPackage asked) {
        List<LegValue> legs =
                asked.legs().stream()
                        .map(
                                leg ->
                                        LegValue.of(
                                                MARKET,
                                                leg.contract(),
                                                SPEC.coins(leg.lots()).doubleValue()))
                        .toList();
        return new SpreadLine(QuoteRules.standard()).usdc(MARKET, legs, 0.5, 0.5);
    }

    /** Present value of the least the package can pay, by walking over a grid of prices. */
    private static double worstAtExpiry(OptionPackage asked) {
        boolean oneExpiry =
                asked.legs().stream().map(leg -> leg.contract().expiry()).distinct().count() == 1;
        double worst = Double.POSITIVE_INFINITY;
        for (long price = 0;
                oneExpiry && price <= 10_000_000;
                price += price < 100_000 ? 500 : 100_000) {
            double payoff = 0.0;
            for (Leg leg : asked.legs()) {
                payoff +=
                        SPEC.coins(leg.lots()).doubleValue()
                                * leg.contract().payoff(BigDecimal.valueOf(price)).doubleValue();
            }
            worst = Math.min(worst, payoff);
        }
        double discount = MARKET.discount(asked.legs().getFirst().contract().expiry());
        return oneExpiry ? discount * worst : Double.NEGATIVE_INFINITY;
    }
}
