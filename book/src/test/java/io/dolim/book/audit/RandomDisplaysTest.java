package io.dolim.book.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.dolim.capacity.CapacityParameters;
import io.dolim.capacity.CapacityView;
import io.dolim.capacity.Limits;
import io.dolim.capacity.Mode;
import io.dolim.capacity.RecordedPool;
import io.dolim.capacity.ViewInputs;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.InstrumentVectors;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.QuotableMarket;
import io.dolim.quoting.market.Uncertainty;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.DisplayedQuotes;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.quote.Quote;
import io.dolim.quoting.quote.QuoteRules;
import io.dolim.quoting.quote.Quoter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Q4 of what is shown at once, by the real price of capacity on pools drawn by a seed, long and short:
 * the brute force of the audit finds nothing that pays, and no package is cheaper than its legs can be
 * given back for. {@code -Ddolim.pools=N} draws more of them.
 */
@Tag("slow")
class RandomDisplaysTest {

    private static final int POOLS = Integer.getInteger("dolim.pools", 80);
    private static final long SEED = 17_000_000;
    private static final Underlying BTC = new Underlying("BTC");
    private static final ContractSpec SPEC =
            new ContractSpec(BTC, new BigDecimal("0.1"), new BigDecimal("5"), 1, 100_000);
    private static final long NOW_MS = 1_770_000_000_000L;
    private static final CapacityParameters PARAMETERS =
            CapacityParameters.of(ConfigFactory.load().getConfig("dolim.capacity"));
    private static final VectorPricer PRICER = PARAMETERS.pricer(new TreeSet<>(List.of(BTC)));
    private static final Quoter QUOTER = new Quoter(SPEC, QuoteRules.standard());

    private final SortedSet<OptionContract> chain = chain();

    @Test
    void nothingThatIsShownAtOncePaysATaker() {
        int twoSided = 0;
        int packages = 0;
        for (int i = 0; i < POOLS; i++) {
            long seed = SEED + i;
            SplittableRandom random = new SplittableRandom(seed);
            QuotableMarket market = new Carried(0.3 + 0.6 * random.nextDouble());
            CapacityView pool = pool(market, random);
            DisplayedQuotes shown = DisplayedQuotes.of(QUOTER, market, pool, chain, List.of());
            List<Shown> all = shown.rows().values().stream().map(Shown::of).toList();
            assertEquals(List.of(), ArbitrageSearch.in(market, all), () -> "seed=" + seed);
            for (Shown one : all) {
                twoSided += one.bidUsdc().isPresent() && one.askUsdc().isPresent() ? 1 : 0;
            }
            for (int n = 0; n < 10; n++) {
                packages += cannotBeGivenBackForMore(shown, anyPackage(random), seed) ? 1 : 0;
            }
        }
        assertTrue(
                twoSided > POOLS * chain.size() / 4 && packages > 5 * POOLS,
                "twoSided=" + twoSided + " packages=" + packages);
    }

    /** Whether it was quoted; what is bought in a package is not sold leg by leg for more. */
    private static boolean cannotBeGivenBackForMore(
            DisplayedQuotes shown, OptionPackage asked, long seed) {
        if (!(QUOTER.quote(shown.basis(), asked) instanceof Quote.Quoted quoted)) {
            return false;
        }
        BigDecimal cost = quoted.price().toDecimal();
        for (Leg leg : asked.legs()) {
            DisplayedQuotes.Row row = shown.row(leg.contract()).orElseThrow();
            Optional<DisplayedQuotes.Price> other = leg.lots() > 0 ? row.bid() : row.ask();
            if (other.isEmpty() && leg.lots() < 0) {
                return false;
            }
            BigDecimal each = other.map(DisplayedQuotes.Price::usdc).orElse(BigDecimal.ZERO);
            cost = cost.subtract(each.multiply(SPEC.coins(leg.lots())));
        }
        BigDecimal left = cost;
        assertTrue(left.signum() >= 0, () -> "seed=" + seed + " pays " + left + " " + quoted);
        return true;
    }

    private OptionPackage anyPackage(SplittableRandom random) {
        List<OptionContract> all = List.copyOf(chain);
        SortedMap<OptionContract, Long> legs = new TreeMap<>();
        for (int i = 2 + random.nextInt(3); i > 0; i--) {
            legs.put(all.get(random.nextInt(all.size())), random.nextBoolean() ? 1L : -1L);
        }
        return new OptionPackage(
                legs.entrySet().stream().map(e -> new Leg(e.getKey(), e.getValue())).toList());
    }

    /** Up to eight positions of up to 100 coins, either way, or all of one way. */
    private CapacityView pool(QuotableMarket market, SplittableRandom random) {
        VectorPricer pricer = new Remembering();
        int way = random.nextInt(3) - 1;
        List<OptionContract> all = List.copyOf(chain);
        BookVectors held = pricer.none();
        for (int i = random.nextInt(9); i > 0; i--) {
            long lots = random.nextLong(-1_000, 1_001);
            held =
                    held.plus(
                            pricer.of(market, SPEC, all.get(random.nextInt(all.size()))),
                            way == 0 ? lots : way * Math.abs(lots));
        }
        double capital = 1e6 * (5 + random.nextInt(20));
        SortedMap<Underlying, Double> delta = new TreeMap<>();
        delta.put(BTC, held.exposure(BTC).deltaCoins());
        return new RecordedPool(PARAMETERS, new TreeMap<>(Map.of(BTC, SPEC)), wide())
                .view(
                        pricer,
                        new RecordedPool.Frozen(
                                new ViewInputs(
                                        1,
                                        pricer.scenarios().version(),
                                        capital,
                                        delta,
                                        2,
                                        0.25,
                                        capital),
                                new TreeMap<>(Map.of(BTC, market)),
                                random.nextDouble()),
                        new RecordedPool.Held(
                                new TreeMap<>(Map.of(BTC, held)),
                                Usdc.nearest(capital),
                                new TreeMap<>(Map.of(BTC, 1L)),
                                Usdc.ofWhole(random.nextBoolean() ? 1_000_000 : 500)),
                        Mode.OPEN);
    }

    private static Limits wide() {
        return PARAMETERS
                .limits()
                .with("gamma_share", 10)
                .with("vega_share", 1)
                .with("short_notional_share", 100)
                .with("concentration_share", 1)
                .with("rac_floor_share", 1e-9)
                .with("unhedged_delta_coins.BTC", 4_000_000);
    }

    private static SortedSet<OptionContract> chain() {
        TreeSet<OptionContract> chain = new TreeSet<>();
        for (int days : new int[] {2, 9, 30, 90}) {
            Expiry expiry = Expiry.ofEpochMs(NOW_MS + days * 86_400_000L);
            for (int strike = 40_000; strike <= 100_000; strike += 7_500) {
                for (OptionType type : OptionType.values()) {
                    chain.add(new OptionContract(BTC, expiry, BigDecimal.valueOf(strike), type));
                }
            }
        }
        return chain;
    }

    /** Vectors of one market, by contract. */
    private record Remembering(Map<OptionContract, InstrumentVectors> known)
            implements VectorPricer {

        Remembering() {
            this(new TreeMap<>());
        }

        @Override
        public io.dolim.capacity.scenario.ScenarioSet scenarios() {
            return PRICER.scenarios();
        }

        @Override
        public InstrumentVectors of(
                io.dolim.quoting.market.PricingMarket market,
                ContractSpec spec,
                OptionContract contract) {
            return known.computeIfAbsent(contract, _ -> PRICER.of(market, spec, contract));
        }
    }

    /** One volatility; forwards carry in proportion to spot. */
    private record Carried(double vol) implements QuotableMarket {

        @Override
        public Underlying underlying() {
            return BTC;
        }

        @Override
        public long timeMs() {
            return NOW_MS;
        }

        @Override
        public double spotUsdc() {
            return 65_000;
        }

        @Override
        public double forwardUsdc(Expiry expiry) {
            return 65_000 * (1 + 0.05 * expiry.yearsFrom(NOW_MS));
        }

        @Override
        public double discount(Expiry expiry) {
            return 1;
        }

        @Override
        public double volAnnual(Expiry expiry, double logMoneyness) {
            return vol;
        }

        @Override
        public Uncertainty uncertainty() {
            return Uncertainty.NONE;
        }

        @Override
        public double uncertaintyVol(Expiry expiry) {
            return 0;
        }
    }
}
