package io.dolim.capacity;

import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.PackageVectors;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.quote.Quote;
import io.dolim.quoting.quote.QuoteBasis;
import io.dolim.quoting.quote.QuoteRules;
import io.dolim.quoting.quote.Quoter;
import io.dolim.quoting.quote.StaticBounds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A pool under one open view, drawn by a seed and made of the real parts: what it held when the view
 * opened, what it holds now, its capital and its charge account. Limits are as wide as they go, so
 * that what is tried is the price. Immutable: a trade gives another pool.
 */
final class RandomPool {

    private static final int WORLDS = 32;
    private static final List<RandomMarkets> MARKETS = markets();
    private static final SortedMap<Underlying, Quoter> QUOTERS = quoters();

    static final Limits WIDE = wide();

    final RandomMarkets world;
    final MarketView view;
    final SortedMap<OptionContract, Long> positions;
    final Inventory inventory;
    private final Usdc account;
    private final Measures atOpening;

    private RandomPool(
            RandomMarkets world,
            MarketView view,
            SortedMap<OptionContract, Long> positions,
            Inventory inventory,
            Usdc account,
            Measures atOpening) {
        this.world = world;
        this.view = view;
        this.positions = Collections.unmodifiableSortedMap(positions);
        this.inventory = inventory;
        this.account = account;
        this.atOpening = atOpening;
    }

    /** One that carries what it holds; what it has come to since the opening is drawn too. */
    static RandomPool of(SplittableRandom random) {
        while (true) {
            RandomMarkets world = MARKETS.get(random.nextInt(WORLDS));
            Usdc cash = Usdc.ofWhole(1_000_000L * (3 + random.nextInt(40)));
            long most = random.nextInt(4) == 0 ? 2_000 : 200;
            SortedMap<OptionContract, Long> positions = positions(world, random, most);
            Usdc account = Usdc.ofWhole(new long[] {0, 300, 20_000, 5_000_000}[random.nextInt(4)]);
            Optional<RandomPool> opened = opened(world, positions, cash, account);
            if (opened.isPresent()) {
                RandomPool pool = opened.get();
                for (int i = random.nextInt(3); i > 0; i--) {
                    OptionPackage one = pool.randomPackage(random, 50);
                    pool = pool.after(one, Usdc.ZERO, Usdc.ZERO);
                }
                return pool;
            }
        }
    }

    /** The pool of an inventory that opens a view; empty when its capital does not carry it. */
    private static Optional<RandomPool> opened(
            RandomMarkets world,
            SortedMap<OptionContract, Long> positions,
            Usdc cash,
            Usdc account) {
        Inventory held = held(world, positions, cash);
        double haircut = Pool.PARAMETERS.usdcHaircut().of(Pool.PRICER.scenarios());
        double capital = held.equityUsdc() - haircut * held.cashAtRiskUsdc();
        MarketView view =
                MarketView.open(
                        1,
                        new Moment(Pool.START_MS, 0),
                        world.frozen(),
                        new TreeMap<>(),
                        Pool.PRICER,
                        capital,
                        held,
                        Pool.PARAMETERS.potential());
        boolean carries =
                view.potential()
                        .filter(one -> one.of(held.total()) instanceof Potential.Valued)
                        .isPresent();
        if (!carries) {
            return Optional.empty();
        }
        Evaluation now = new Evaluator(view, Pool.PARAMETERS, WIDE).of(held, List.of(), List.of());
        double floor = Pool.PARAMETERS.limits().value(Limits.RAC_FLOOR) * capital;
        double strain = OpenedView.strain(now.worstDamped(), now.rac() - floor);
        return Optional.of(
                new RandomPool(
                        world,
                        view,
                        positions,
                        held,
                        account,
                        Measures.of(view, held, Pool.PARAMETERS, WIDE, strain)));
    }

    private static SortedMap<OptionContract, Long> positions(
            RandomMarkets world, SplittableRandom random, long most) {
        SortedMap<OptionContract, Long> positions = new TreeMap<>();
        for (List<OptionContract> chain : world.chains.values()) {
            for (int i = random.nextInt(6); i > 0; i--) {
                positions.put(
                        chain.get(random.nextInt(chain.size())), random.nextLong(-most, most + 1));
            }
        }
        return positions;
    }

    private static Inventory held(
            RandomMarkets world, SortedMap<OptionContract, Long> positions, Usdc cash) {
        SortedMap<Underlying, BookVectors> books = new TreeMap<>();
        world.chains.keySet().forEach(underlying -> books.put(underlying, Pool.PRICER.none()));
        positions.forEach(
                (contract, lots) ->
                        books.compute(
                                contract.underlying(),
                                (_, book) ->
                                        (book == null ? Pool.PRICER.none() : book)
                                                .plus(world.vectors(contract), lots)));
        BookVectors total = Pool.PRICER.none();
        for (BookVectors book : books.values()) {
            total = total.plus(book);
        }
        return new Inventory(books, total, cash, new TreeMap<>());
    }

    /** One to four legs on one underlying. */
    OptionPackage randomPackage(SplittableRandom random, long mostLots) {
        List<Underlying> all = List.copyOf(world.chains.keySet());
        List<OptionContract> chain = Pool.in(world.chains, all.get(random.nextInt(all.size())));
        SortedMap<OptionContract, Long> legs = new TreeMap<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            long lots = 1 + random.nextLong(mostLots);
            legs.put(chain.get(random.nextInt(chain.size())), random.nextBoolean() ? lots : -lots);
        }
        return packageOf(legs);
    }

    /** One option sold to the pool, up to so many lots. */
    OptionPackage randomSale(SplittableRandom random, long mostLots) {
        List<Underlying> all = List.copyOf(world.chains.keySet());
        List<OptionContract> chain = Pool.in(world.chains, all.get(random.nextInt(all.size())));
        long lots = 1 + random.nextLong(mostLots);
        return OptionPackage.of(new Leg(chain.get(random.nextInt(chain.size())), -lots));
    }

    /** Back to nothing, in part or whole, of one to three of the positions; empty when there are none. */
    Optional<OptionPackage> closing(SplittableRandom random) {
        List<OptionContract> held =
                positions.keySet().stream().filter(one -> Pool.in(positions, one) != 0).toList();
        if (held.isEmpty()) {
            return Optional.empty();
        }
        Underlying underlying = held.get(random.nextInt(held.size())).underlying();
        List<OptionContract> own =
                held.stream().filter(one -> one.underlying().equals(underlying)).toList();
        SortedMap<OptionContract, Long> takers = new TreeMap<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            OptionContract one = own.get(random.nextInt(own.size()));
            long lots = Pool.in(positions, one);
            long part = 1 + random.nextLong(Math.abs(lots));
            takers.put(one, lots > 0 ? part : -part);
        }
        return Optional.of(packageOf(takers));
    }

    static OptionPackage packageOf(Map<OptionContract, Long> legs) {
        return new OptionPackage(
                legs.entrySet().stream().map(e -> new Leg(e.getKey(), e.getValue())).toList());
    }

    Quote quote(OptionPackage asked) {
        return Pool.in(QUOTERS, asked.underlying())
                .quote(
                        new QuoteBasis(
                                world.market(asked.underlying()), published(), StaticBounds.none()),
                        asked);
    }

    Usdc tickOf(OptionPackage asked) {
        return Pool.in(QUOTERS, asked.underlying()).tickOf(asked);
    }

    PublishedView published() {
        return published(WIDE, Mode.OPEN);
    }

    PublishedView published(Limits limits, Mode mode) {
        return new PublishedView(
                view,
                world.pricer,
                Pool.SPECS,
                inventory,
                new Admission(
                        view, Pool.PARAMETERS, limits, mode, JournalRoom.AMPLE, new TreeMap<>()),
                atOpening,
                new PublishedView.Standing(mode, List.of(), 1),
                Optional.empty(),
                account,
                1);
    }

    /** What a package does to the pool. */
    PackageVectors vectors(OptionPackage asked) {
        return published().vectorsOf(asked);
    }

    /** The pool after a trade at its quote. */
    RandomPool after(Quote.Quoted quote) {
        return after(
                quote.asked(),
                quote.price().minus(quote.lines().fee()),
                quote.lines().capitalCharge());
    }

    private RandomPool after(OptionPackage asked, Usdc brought, Usdc charge) {
        BookVectors change = vectors(asked).poolChange();
        SortedMap<Underlying, BookVectors> books = new TreeMap<>(inventory.books());
        books.merge(asked.underlying(), change, BookVectors::plus);
        SortedMap<OptionContract, Long> held = new TreeMap<>(positions);
        asked.legs().forEach(leg -> held.merge(leg.contract(), -leg.lots(), Long::sum));
        Usdc left = account.plus(charge);
        return new RandomPool(
                world,
                view,
                held,
                new Inventory(
                        books,
                        inventory.total().plus(change),
                        inventory.cash().plus(brought),
                        inventory.sequences()),
                left.signum() < 0 ? Usdc.ZERO : left,
                atOpening);
    }

    private static List<RandomMarkets> markets() {
        SplittableRandom random = new SplittableRandom(2_026);
        List<RandomMarkets> markets = new ArrayList<>();
        for (int i = 0; i < WORLDS; i++) {
            markets.add(new RandomMarkets(random.split()));
        }
        return markets;
    }

    private static SortedMap<Underlying, Quoter> quoters() {
        SortedMap<Underlying, Quoter> quoters = new TreeMap<>();
        Pool.SPECS.forEach(
                (underlying, spec) ->
                        quoters.put(underlying, new Quoter(spec, QuoteRules.standard())));
        return quoters;
    }

    private static Limits wide() {
        Limits wide = Pool.PARAMETERS.limits();
        for (String share : List.of(Limits.VEGA, Limits.CONCENTRATION)) {
            wide = wide.with(share, 1);
        }
        wide = wide.with(Limits.GAMMA, 10).with(Limits.SHORT_NOTIONAL, 100);
        wide = wide.with(Limits.RAC_FLOOR, 1e-9);
        for (Underlying underlying : new TreeSet<>(Pool.SPECS.keySet())) {
            wide = wide.with(Limits.UNHEDGED_DELTA + underlying, 4_000_000);
        }
        return wide;
    }
}
