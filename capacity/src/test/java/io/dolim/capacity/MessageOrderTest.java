package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.OptionPackage;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Two desks that heard the same Books tell the same things, one in order and the other late, twice
 * and out of order, price alike to the bit: whatever they had to work out on the way there.
 */
class MessageOrderTest {

    private static final int RUNS = Integer.getInteger("dolim.pools", 60);
    private static final long SEED = 13_000_000;
    private static final int TRADES = 8;

    private static final List<OptionPackage> ASKED =
            List.of(
                    Pool.option(Pool.BTC, 30, 65_000, "C", 40),
                    Pool.option(Pool.BTC, 9, 58_500, "P", -25),
                    Pool.option(Pool.ETH, 2, 2_500, "C", 70));

    @Test
    void theOrderOfReportsChangesNoBit() {
        int overtaken = 0;
        for (int run = 0; run < RUNS; run++) {
            long seed = SEED + run;
            SplittableRandom random = new SplittableRandom(seed);
            Pool pool = Pool.opened();
            List<BookReport> told = new ArrayList<>();
            pool.books.values().forEach(book -> told.add(book.report()));
            for (int i = 0; i < TRADES; i++) {
                trade(pool, random);
                pool.books.values().forEach(book -> told.add(book.report()));
            }
            Pool late = new Pool();
            late.desk.prepare(late.now, true);
            overtaken += hear(late, told, random);
            for (OptionPackage one : ASKED) {
                assertEquals(pool.view().of(one), late.view().of(one), () -> "seed=" + seed);
            }
            assertEquals(pool.view().inventory(), late.view().inventory(), () -> "seed=" + seed);
            assertEquals(
                    pool.view().chargeAccount(), late.view().chargeAccount(), () -> "seed=" + seed);
            assertEquals(
                    pool.view().bookSequences(), late.view().bookSequences(), () -> "seed=" + seed);
        }
        assertTrue(overtaken > RUNS, "overtaken=" + overtaken);
    }

    /** In any order, some twice, the last of each Book at some time; how many came too late. */
    private static int hear(Pool pool, List<BookReport> told, SplittableRandom random) {
        // the first two open the view, as nothing is known of what a Book has not said
        told.subList(0, 2).forEach(one -> pool.desk.report(one, pool.rules()));
        List<BookReport> waiting = new ArrayList<>(told);
        int late = 0;
        while (!waiting.isEmpty()) {
            int at = random.nextInt(waiting.size());
            BookReport one = random.nextInt(4) == 0 ? waiting.get(at) : waiting.remove(at);
            late += pool.desk.report(one, pool.rules()) == Desk.Effect.NONE ? 1 : 0;
        }
        return late;
    }

    private static void trade(Pool pool, SplittableRandom random) {
        Underlying underlying = random.nextBoolean() ? Pool.BTC : Pool.ETH;
        int spot = underlying.equals(Pool.BTC) ? 65_000 : 2_500;
        int[] days = {2, 9, 30};
        OptionPackage asked =
                Pool.option(
                        underlying,
                        days[random.nextInt(3)],
                        spot / 100 * (90 + 5 * random.nextInt(5)),
                        random.nextBoolean() ? "C" : "P",
                        random.nextBoolean() ? 15 : -15);
        Pool.FakeBook book = pool.book(underlying);
        if (pool.ask(underlying, asked, Usdc.ofWhole(50_000)) instanceof Capacity.Granted granted) {
            book.write(granted.id(), pool.now.epochMs());
        } else {
            book.pending.clear();
        }
        pool.report(underlying);
    }
}
