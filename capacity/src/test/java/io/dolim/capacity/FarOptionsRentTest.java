package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.market.QuotableMarket;
import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.quote.Quote;
import io.dolim.quoting.quote.QuoteBasis;
import io.dolim.quoting.quote.QuoteRules;
import io.dolim.quoting.quote.Quoter;
import io.dolim.quoting.quote.StaticBounds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Options so far away that nobody expects them to pay still take capital, and capital has its rent:
 * who fills 40 % of what is free and gives it back pays for the days between. Rent is charged on the
 * worst loss; the hedging buffer, up to 1 % of what RAC loses here, bears none.
 */
class FarOptionsRentTest {

    private static final double SHARE = 0.4;
    private static final long SEED = 15_000_000;
    private static final int RUNS = Integer.getInteger("dolim.pools", 1_000);
    private static final double DAYS_PER_YEAR = 365;

    @Test
    void whoTakesFortyPercentOfTheCapitalPaysItsRentForAsLongAsHeKeepsIt() {
        for (int run = 0; run < RUNS; run++) {
            long seed = SEED + run;
            SplittableRandom random = new SplittableRandom(seed);
            Pool pool = wide();
            pool.book(Pool.BTC).vol = 0.35 + 0.3 * random.nextDouble();
            pool.openView();
            int days = new int[] {14, 30, 60, 90}[random.nextInt(4)];
            int strike = 32_500 + 1_000 * random.nextInt(12);
            Measures opened = pool.view().measures();
            double before = opened.rac();
            long lots = fill(pool, days, strike, before);
            OptionPackage puts = Pool.option(Pool.BTC, days, strike, "P", lots);
            double paid = trade(pool, puts);
            Measures filled = pool.view().measures();
            double taken = before - filled.rac();
            double borne = filled.worstDamped() - opened.worstDamped();
            int kept = 1 + random.nextInt(10);
            for (int day = 0; day < kept; day++) {
                pool.pass(86_400_000L);
                pool.book(Pool.BTC).spot *= 1 + random.nextDouble(-0.02, 0.02);
                pool.openView();
            }
            double cost = paid + trade(pool, puts.reversed());
            double rent = borne * Pool.PARAMETERS.potential().rentAnnual() * kept / DAYS_PER_YEAR;
            assertTrue(taken > 0.3 * before, () -> "seed=" + seed + " taken=" + taken);
            assertTrue(
                    borne > 0.99 * taken,
                    () -> "seed=" + seed + " borne=" + borne + " of " + taken);
            assertTrue(cost >= rent, () -> "seed=" + seed + " cost=" + cost + " rent=" + rent);
        }
    }

    /** The lots that take the share of what is free. */
    private static long fill(Pool pool, int days, int strike, double free) {
        PublishedView view = (PublishedView) pool.view();
        double perLot =
                Evaluator.worstDamped(
                                Pool.PRICER.scenarios(),
                                view.vectorsOf(Pool.option(Pool.BTC, days, strike, "P", 1_000))
                                        .poolChange()
                                        .values())
                        / 1_000;
        return Math.round(SHARE * free / perLot);
    }

    /** At the quote of this moment; what it costs above the mark. */
    private static double trade(Pool pool, OptionPackage asked) {
        Pool.FakeBook book = pool.book(Pool.BTC);
        Quoter quoter = new Quoter(Pool.in(Pool.SPECS, Pool.BTC), QuoteRules.standard());
        QuotableMarket market = new Pool.Flat(Pool.BTC, pool.now.epochMs(), book.spot, book.vol);
        Quote.Quoted quoted =
                assertInstanceOf(
                        Quote.Quoted.class,
                        quoter.quote(
                                new QuoteBasis(market, pool.view(), StaticBounds.none()), asked));
        Capacity.Granted granted =
                Pool.granted(pool.ask(Pool.BTC, asked, quoted.lines().capitalCharge()));
        book.write(granted.id(), pool.now.epochMs());
        pool.report(Pool.BTC);
        return quoted.price().minus(quoted.lines().mark()).toDouble();
    }

    private static Pool wide() {
        Pool pool = new Pool();
        RandomPool.WIDE
                .values()
                .forEach(
                        (key, value) ->
                                pool.apply(new CapacityEvent.LimitSet("test", 1, key, 0, value)));
        return pool;
    }
}
