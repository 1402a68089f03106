package io.dolim.deploy.bench;

import com.typesafe.config.ConfigFactory;
import io.dolim.capacity.CapacityParameters;
import io.dolim.capacity.CapacityView;
import io.dolim.capacity.Mode;
import io.dolim.capacity.RecordedPool;
import io.dolim.capacity.ViewInputs;
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
import io.dolim.quoting.surface.ExpiryQuotes;
import io.dolim.quoting.surface.OptionQuote;
import io.dolim.quoting.surface.SurfaceFit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A pool made from a seed to be measured: two coins with fitted surfaces of ten expiries, 800 contracts
 * listed on each, ten million of capital and a book short of options.
 */
final class BenchedPool {

    static final Underlying BTC = new Underlying("BTC");
    static final Underlying ETH = new Underlying("ETH");

    private static final long FIXED_MS = 1_795_680_000_000L;
    private static final long DAY_MS = 86_400_000L;
    private static final int[] DAYS = {1, 2, 3, 7, 14, 28, 56, 84, 180, 360};
    private static final int STRIKES = 40;
    private static final long CAPITAL = 10_000_000;
    private static final double CASH_SHARE = 0.995;
    private static final double STRAIN = 0.2;

    private final SplittableRandom random;
    private final CapacityParameters parameters;
    private final SortedMap<Underlying, ContractSpec> specs = new TreeMap<>();
    private final SortedMap<Underlying, MarketSnapshot> markets = new TreeMap<>();
    private final List<OptionContract> listed = new ArrayList<>();
    private final VectorPricer pricer;

    BenchedPool(String set, long seed) {
        random = new SplittableRandom(seed);
        parameters =
                CapacityParameters.of(
                        ConfigFactory.defaultReferenceUnresolved()
                                .resolve()
                                .getConfig("dolim.capacity"));
        add(
                new ContractSpec(BTC, new BigDecimal("0.01"), new BigDecimal("5"), 1, 1_000_000),
                65_000,
                0.5);
        add(
                new ContractSpec(ETH, new BigDecimal("0.1"), new BigDecimal("0.5"), 1, 1_000_000),
                2_500,
                0.65);
        pricer = parameters.pricer(SetVersion.parse(set), new TreeSet<>(specs.keySet()));
    }

    private void add(ContractSpec spec, double spotUsdc, double vol) {
        specs.put(spec.underlying(), spec);
        List<ExpiryQuotes> chains = new ArrayList<>();
        for (int days : DAYS) {
            Expiry expiry = Expiry.ofEpochMs(FIXED_MS + days * DAY_MS);
            double years = DayCount.years(FIXED_MS, expiry.epochMs());
            double deviation = vol * Math.sqrt(years);
            List<OptionQuote> quotes = new ArrayList<>();
            BigDecimal step = BigDecimal.valueOf(Math.max(1, Math.rint(spotUsdc * deviation / 8)));
            BigDecimal middle = BigDecimal.valueOf(Math.rint(spotUsdc));
            for (int i = 0; i < STRIKES; i++) {
                BigDecimal strike = middle.add(step.multiply(BigDecimal.valueOf(i - STRIKES / 2)));
                if (strike.signum() <= 0) {
                    continue;
                }
                double x = Math.log(strike.doubleValue() / spotUsdc) / deviation;
                double quoted =
                        vol * (1 - 0.04 * x + 0.02 * x * x) * random.nextDouble(0.997, 1.003);
                quotes.add(
                        OptionQuote.of(strike.doubleValue(), quoted * 0.99, quoted * 1.01, quoted));
                for (OptionType type : OptionType.values()) {
                    listed.add(new OptionContract(spec.underlying(), expiry, strike, type));
                }
            }
            chains.add(
                    new ExpiryQuotes(expiry.epochMs(), spotUsdc * (1 + 0.05 * years), 1, quotes));
        }
        markets.put(
                spec.underlying(),
                new MarketSnapshot(
                        spec.underlying(),
                        FIXED_MS + 1_000,
                        spotUsdc * 1.001,
                        switch (SurfaceFit.fit(FIXED_MS, chains)) {
                            case SurfaceFit.Fitted fitted -> fitted.surface();
                            case SurfaceFit.Refused refused ->
                                    throw new IllegalStateException("no surface: " + refused);
                        },
                        spotUsdc,
                        new Uncertainty(0.0002, 1.1)));
    }

    VectorPricer pricer() {
        return pricer;
    }

    /** All that is listed: what displayed quotes watch. */
    List<OptionContract> listed() {
        return List.copyOf(listed);
    }

    MarketSnapshot market(Underlying underlying) {
        return java.util.Objects.requireNonNull(markets.get(underlying));
    }

    ContractSpec spec(Underlying underlying) {
        return java.util.Objects.requireNonNull(specs.get(underlying));
    }

    /** Positions in so many of the listed contracts, in lots. */
    SortedMap<OptionContract, Long> positions(int instruments) {
        SortedMap<OptionContract, Long> positions = new TreeMap<>();
        while (positions.size() < instruments) {
            positions.put(listed.get(random.nextInt(listed.size())), random.nextLong(-40, 30));
        }
        return positions;
    }

    /** What these positions become by so many trades in them, spread evenly. */
    SortedMap<OptionContract, Long> afterTrades(
            SortedMap<OptionContract, Long> positions, int trades) {
        SortedMap<OptionContract, Long> after = new TreeMap<>(positions);
        List<OptionContract> traded = List.copyOf(positions.keySet());
        for (int i = 0; i < trades; i++) {
            after.merge(traded.get(i % traded.size()), random.nextLong(-40, 30), Long::sum);
        }
        return after;
    }

    /** The vectors of positions, each instrument priced once. */
    SortedMap<Underlying, BookVectors> books(SortedMap<OptionContract, Long> positions) {
        SortedMap<Underlying, BookVectors> books = new TreeMap<>();
        specs.keySet().forEach(underlying -> books.put(underlying, pricer.none()));
        positions.forEach(
                (contract, lots) ->
                        books.computeIfPresent(
                                contract.underlying(),
                                (underlying, book) ->
                                        book.plus(
                                                pricer.of(
                                                        market(underlying),
                                                        spec(underlying),
                                                        contract),
                                                lots)));
        return books;
    }

    /** The pool with these books, as it would be published. */
    CapacityView view(SortedMap<Underlying, BookVectors> books) {
        SortedMap<Underlying, Double> unhedged = new TreeMap<>();
        double mark = 0;
        for (var book : books.entrySet()) {
            unhedged.put(book.getKey(), book.getValue().exposure(book.getKey()).deltaCoins());
            mark += book.getValue().markUsdc();
        }
        Usdc cash = Usdc.ofWhole(CAPITAL).plus(Usdc.nearest(-mark));
        ViewInputs inputs =
                new ViewInputs(
                        1,
                        pricer.scenarios().version(),
                        mark + CASH_SHARE * cash.toDouble(),
                        unhedged,
                        parameters.potential().riskAversion(),
                        parameters.potential().rentAnnual(),
                        cash.toDouble());
        SortedMap<Underlying, PricingMarket> frozen = new TreeMap<>(markets);
        SortedMap<Underlying, Long> sequences = new TreeMap<>();
        books.keySet().forEach(underlying -> sequences.put(underlying, 1L));
        return new RecordedPool(parameters, specs, parameters.limits())
                .view(
                        pricer,
                        new RecordedPool.Frozen(inputs, frozen, STRAIN),
                        new RecordedPool.Held(books, cash, sequences, Usdc.ofWhole(50_000)),
                        Mode.OPEN);
    }
}
