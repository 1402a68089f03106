package io.dolim.capacity;

import com.typesafe.config.ConfigFactory;
import io.dolim.capacity.scenario.SetVersion;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.DayCount;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.market.Uncertainty;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.surface.RawSvi;
import io.dolim.quoting.surface.SviSlice;
import io.dolim.quoting.surface.SviSmile;
import io.dolim.quoting.surface.VolSurface;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A whole pool made from a seed: two markets with skewed smiles, a book in each, ten million of
 * capital. Its settings are its own, so that another default does not change it.
 */
final class GoldenPool {

    static final CapacityParameters PARAMETERS =
            CapacityParameters.of(
                    ConfigFactory.parseString(Samples.resource("golden-tape/settings.conf"))
                            .withFallback(ConfigFactory.defaultReferenceUnresolved())
                            .resolve()
                            .getConfig("dolim.capacity"));
    static final Underlying BTC = new Underlying("BTC");
    static final Underlying ETH = new Underlying("ETH");
    static final SortedMap<Underlying, ContractSpec> SPECS =
            new TreeMap<>(Map.of(BTC, spec(BTC, "0.01", "5"), ETH, spec(ETH, "0.1", "0.5")));

    private static final long SEED = 931;
    private static final long FIXED_MS = 1_770_019_200_000L;
    private static final long SINCE_FIT_MS = 7_321_000L;
    private static final long DAY_MS = 86_400_000L;
    private static final int[] FITTED_DAYS = {1, 8, 29, 85};
    private static final double CASH_SHARE = 0.995;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final SortedMap<Underlying, MarketSnapshot> markets = new TreeMap<>();
    private final SortedMap<OptionContract, Long> positions = new TreeMap<>();
    private final SortedMap<Underlying, BookVectors> books = new TreeMap<>();
    private final VectorPricer pricer;

    /** @param set name of the scenario set */
    GoldenPool(String set) {
        this(fresh(set));
    }

    GoldenPool(VectorPricer over) {
        pricer = new VectorCache(over);
        markets.put(BTC, market(BTC, 65_000, 0.5));
        markets.put(ETH, market(ETH, 2_500, 0.65));
        for (Underlying underlying : SPECS.keySet()) {
            books.put(underlying, pricer.none());
            for (int i = 0; i < 30; i++) {
                positions.put(contract(underlying), random.nextLong(-300, 250));
            }
        }
        positions.forEach(
                (contract, lots) ->
                        books.computeIfPresent(
                                contract.underlying(),
                                (underlying, book) ->
                                        book.plus(
                                                pricer.of(
                                                        Pool.in(markets, underlying),
                                                        Pool.in(SPECS, underlying),
                                                        contract),
                                                lots)));
    }

    SortedMap<OptionContract, Long> positions() {
        return Collections.unmodifiableSortedMap(positions);
    }

    MarketSnapshot market(Underlying underlying) {
        return Pool.in(markets, underlying);
    }

    /** A pricer that remembers nothing. */
    static VectorPricer fresh(String set) {
        return PARAMETERS.pricer(SetVersion.parse(set), new TreeSet<>(SPECS.keySet()));
    }

    VectorPricer pricer() {
        return pricer;
    }

    /** The pool as it would be published, its potential of this aversion. */
    CapacityView view(int riskAversion) {
        SortedMap<Underlying, Double> unhedged = new TreeMap<>();
        double mark = 0;
        for (Underlying underlying : SPECS.keySet()) {
            BookVectors book = Pool.in(books, underlying);
            unhedged.put(underlying, book.exposure(underlying).deltaCoins());
            mark += book.markUsdc();
        }
        Usdc cash = Usdc.ofWhole(10_000_000);
        ViewInputs inputs =
                new ViewInputs(
                        7,
                        pricer.scenarios().version(),
                        mark + CASH_SHARE * cash.toDouble(),
                        unhedged,
                        riskAversion,
                        0.25,
                        cash.toDouble());
        SortedMap<Underlying, PricingMarket> frozen = new TreeMap<>(markets);
        return new RecordedPool(PARAMETERS, SPECS, PARAMETERS.limits())
                .view(
                        pricer,
                        new RecordedPool.Frozen(inputs, frozen, 0.35),
                        new RecordedPool.Held(
                                books,
                                cash,
                                new TreeMap<>(Map.of(BTC, 30L, ETH, 30L)),
                                Usdc.ofWhole(900)),
                        Mode.OPEN);
    }

    /** Packages of one to four legs; two thirds of contracts that the pool holds, some far too large for it. */
    List<OptionPackage> packages(int count) {
        List<OptionContract> held = List.copyOf(positions.keySet());
        List<OptionPackage> packages = new ArrayList<>();
        while (packages.size() < count) {
            Underlying underlying = packages.size() % 2 == 0 ? BTC : ETH;
            SortedMap<OptionContract, Long> legs = new TreeMap<>();
            int most = random.nextInt(1, 5);
            for (int leg = 0; leg < most; leg++) {
                OptionContract contract = contract(underlying);
                if (packages.size() % 3 != 0) {
                    contract = held.get(random.nextInt(held.size()));
                }
                if (contract.underlying().equals(underlying)) {
                    long lots = random.nextLong(1, 400) * (packages.size() % 7 == 0 ? 100 : 1);
                    legs.put(contract, random.nextBoolean() ? lots : -lots);
                }
            }
            if (!legs.isEmpty()) {
                packages.add(
                        new OptionPackage(
                                legs.entrySet().stream()
                                        .map(leg -> new Leg(leg.getKey(), leg.getValue()))
                                        .toList()));
            }
        }
        return packages;
    }

    /** Also expiries of a few hours, between the fitted ones and beyond the last. */
    private OptionContract contract(Underlying underlying) {
        int[] days = {0, 1, 2, 5, 8, 20, 29, 60, 85, 200};
        Expiry expiry =
                Expiry.ofEpochMs(FIXED_MS + days[random.nextInt(days.length)] * DAY_MS + DAY_MS);
        long step = underlying.equals(BTC) ? 2_500 : 100;
        return new OptionContract(
                underlying,
                expiry,
                BigDecimal.valueOf(step * random.nextLong(14, 42)),
                random.nextBoolean() ? OptionType.CALL : OptionType.PUT);
    }

    private MarketSnapshot market(Underlying underlying, double spotUsdc, double vol) {
        List<SviSlice> slices = new ArrayList<>();
        for (int days : FITTED_DAYS) {
            Expiry expiry = Expiry.ofEpochMs(FIXED_MS + days * DAY_MS);
            double years = DayCount.years(FIXED_MS, expiry.epochMs());
            double level = vol * vol * years * random.nextDouble(0.9, 1.1);
            slices.add(
                    new SviSlice(
                            expiry.epochMs(),
                            years,
                            spotUsdc * (1 + 0.05 * years),
                            1,
                            new SviSmile(
                                    new RawSvi(0.7 * level, level, -0.3, 0.01, 0.3), List.of()),
                            List.of(),
                            0.004));
        }
        return new MarketSnapshot(
                underlying,
                FIXED_MS + SINCE_FIT_MS,
                spotUsdc * random.nextDouble(0.98, 1.02),
                new VolSurface(FIXED_MS, slices),
                spotUsdc,
                new Uncertainty(0.0002, 1.1));
    }

    private static ContractSpec spec(Underlying underlying, String coins, String tick) {
        return new ContractSpec(
                underlying, new BigDecimal(coins), new BigDecimal(tick), 1, 1_000_000);
    }
}
