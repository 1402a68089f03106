package io.dolim.deploy.bench;

import io.dolim.capacity.CapacityView;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.pricing.Black76Kernel;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.quote.Quote;
import io.dolim.quoting.quote.QuoteBasis;
import io.dolim.quoting.quote.QuoteRules;
import io.dolim.quoting.quote.Quoter;
import io.dolim.quoting.quote.StaticBounds;
import io.dolim.quoting.surface.VolSurface;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SplittableRandom;

/** Vectors, books and firm quotes of a pool. */
final class PoolTurns {

    private static final int INSTRUMENTS = 500;
    private static final int WATCHED = 1_600;
    private static final int QUOTES = 20_000;
    private static final int WARM_QUOTES = 20_000;

    private final BenchedPool pool;
    private final Turns turns;
    private final Report report;
    private final SplittableRandom random = new SplittableRandom(78);

    PoolTurns(BenchedPool pool, Turns turns, Report report) {
        this.pool = pool;
        this.turns = turns;
        this.report = report;
    }

    /** What is watched and what is held, over the whole scenario set, with smiles, layers and rounding. */
    void vectors() {
        List<OptionContract> watched =
                pool.listed().subList(0, Math.min(WATCHED, pool.listed().size()));
        int size = pool.pricer().scenarios().size();
        double[] moves = new double[size + VolSurface.ROOM];
        double[] k = new double[size + VolSurface.ROOM];
        double[] forwards = new double[size + VolSurface.ROOM];
        double[] vols = new double[size + VolSurface.ROOM];
        for (int s = 0; s < size; s++) {
            moves[s] = -0.25 + 0.5 * s / size;
        }
        double[] prices = new double[size];
        Black76Kernel kernel = new Black76Kernel();
        double[] ns =
                turns.turns(
                        "vectors of what is watched",
                        () -> {
                            double sum = 0;
                            for (OptionContract contract : watched) {
                                bare(kernel, contract, moves, k, forwards, vols, prices);
                                sum += prices[0];
                            }
                            return sum;
                        },
                        () -> {
                            double sum = 0;
                            for (OptionContract contract : watched) {
                                sum +=
                                        pool.pricer()
                                                .of(
                                                        pool.market(contract.underlying()),
                                                        pool.spec(contract.underlying()),
                                                        contract)
                                                .value(0);
                            }
                            return sum;
                        });
        double each = ns[1] / watched.size() / 1e3;
        turns.row("vectors of one watched instrument", each, "us");
        turns.row("the bare prices of them", ns[0] / watched.size() / 1e3, "us");
        report.goal(
                Goal.atMost(
                        60,
                        "ms",
                        "refresh of " + watched.size() + " watched instruments",
                        ns[1] / 1e6));
        report.goal(
                Goal.atMost(
                        1.5,
                        "of their bare repricing",
                        "refresh of watched instruments",
                        ns[1] / ns[0]));
        SortedMap<OptionContract, Long> few = pool.positions(INSTRUMENTS / 2);
        SortedMap<OptionContract, Long> many = pool.positions(INSTRUMENTS);
        SortedMap<OptionContract, Long> old = pool.afterTrades(many, 100 * INSTRUMENTS);
        double[] books =
                turns.turns(
                        "books",
                        () -> btc(pool.books(few)).value(0),
                        () -> btc(pool.books(many)).value(0),
                        () -> btc(pool.books(old)).value(0));
        turns.row("a book of 250 instruments", books[0] / 1e6, "ms");
        turns.row("a book of 500 instruments", books[1] / 1e6, "ms");
        turns.row("the same after 100 trades in each", books[2] / 1e6, "ms");
        report.goal(Goal.atMost(2.2, "times", "twice the instruments take", books[1] / books[0]));
        report.goal(
                Goal.atMost(1.1, "times", "a hundred times the trades take", books[2] / books[1]));
    }

    void quotes() {
        SortedMap<OptionContract, Long> positions = pool.positions(INSTRUMENTS);
        SortedMap<Underlying, BookVectors> books = pool.books(positions);
        CapacityView view = pool.view(books);
        Quoter quoter = new Quoter(pool.spec(BenchedPool.BTC), QuoteRules.standard());
        QuoteBasis basis = new QuoteBasis(pool.market(BenchedPool.BTC), view, StaticBounds.none());
        List<OptionContract> asked =
                pool.listed().stream().filter(c -> c.underlying().equals(BenchedPool.BTC)).toList();
        List<OptionPackage> packages = new ArrayList<>();
        for (int i = 0; i < QUOTES + WARM_QUOTES; i++) {
            long lots = random.nextLong(1, 500);
            packages.add(
                    new OptionPackage(
                            List.of(
                                    new Leg(
                                            asked.get(random.nextInt(asked.size())),
                                            random.nextBoolean() ? lots : -lots))));
        }
        long refused = 0;
        double[] taken = new double[QUOTES];
        for (int i = 0; i < packages.size(); i++) {
            long before = System.nanoTime();
            Quote quote = quoter.quote(basis, packages.get(i));
            long after = System.nanoTime();
            switch (quote) {
                case Quote.Quoted quoted -> turns.did(quoted.lines().total().toDouble());
                case Quote.Refused none -> refused++;
            }
            if (i >= WARM_QUOTES) {
                taken[i - WARM_QUOTES] = (after - before) / 1e3;
            }
        }
        Arrays.sort(taken);
        double p50 = taken[QUOTES / 2];
        double p99 = taken[QUOTES * 99 / 100];
        double[] leg =
                turns.turns(
                        "one leg",
                        () -> {
                            double sum = 0;
                            for (int i = 0; i < 200; i++) {
                                OptionContract contract = asked.get(i);
                                sum +=
                                        pool.pricer()
                                                .of(
                                                        pool.market(contract.underlying()),
                                                        pool.spec(contract.underlying()),
                                                        contract)
                                                .value(0);
                            }
                            return sum;
                        });
        turns.row("firm quote of one leg, median", p50, "us");
        turns.row("firm quote of one leg, 99 in 100 within", p99, "us");
        turns.row("of them refused", (double) refused, "of " + packages.size());
        report.goal(
                Goal.atMost(
                        3,
                        "repricings of its leg",
                        "a firm quote, median",
                        p50 / (leg[0] / 200 / 1e3)));
        report.goal(Goal.atMost(60, "us", "a firm quote, median", p50));
        report.goal(Goal.atMost(150, "us", "a firm quote, 99 in 100 within", p99));
    }

    /** The smile read at the moved log-moneyness, and the price there: no shocks, layers or rounding. */
    private void bare(
            Black76Kernel kernel,
            OptionContract contract,
            double[] moves,
            double[] k,
            double[] forwards,
            double[] vols,
            double[] prices) {
        MarketSnapshot market = pool.market(contract.underlying());
        double strike = contract.strike().doubleValue();
        double forward = market.forwardUsdc(contract.expiry());
        double at = Math.log(strike / forward);
        for (int s = 0; s < prices.length; s++) {
            k[s] = at - moves[s];
            forwards[s] = forward * (1 + moves[s]);
        }
        market.volsAnnual(contract.expiry(), k, prices.length, vols);
        kernel.reprice(
                contract.type(),
                strike,
                contract.expiry().yearsFrom(market.timeMs()),
                1,
                forwards,
                vols,
                prices.length,
                prices);
    }

    private static BookVectors btc(SortedMap<Underlying, BookVectors> books) {
        return Objects.requireNonNull(books.get(BenchedPool.BTC));
    }
}
