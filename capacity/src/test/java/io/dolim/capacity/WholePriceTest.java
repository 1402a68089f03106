package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.quote.Quote;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Q4 inside one view, of the price that is paid: mark, spread, hedge cost, charge with its clips, fee
 * and tick, by the real quoter on pools drawn by a seed. {@code -Ddolim.pools=N} draws more of them.
 */
@Tag("slow")
class WholePriceTest {

    private static final int POOLS = Integer.getInteger("dolim.pools", 2_000);
    private static final long SEED = 7_000_000;
    private static final long[] LARGE = {3_000, 10_000, 30_000, 100_000};

    @Test
    void boughtAndSoldAtOneStateAddUpToNothingOrMore() {
        int tried = 0;
        for (int i = 0; i < POOLS; i++) {
            SplittableRandom random = new SplittableRandom(SEED + i);
            RandomPool pool = RandomPool.of(random);
            for (int n = 0; n < 2; n++) {
                OptionPackage asked = pool.randomPackage(random, lots(random));
                if (pool.quote(asked) instanceof Quote.Quoted ask
                        && pool.quote(asked.reversed()) instanceof Quote.Quoted bid) {
                    tried++;
                    assertTrue(
                            ask.price().plus(bid.price()).signum() >= 0,
                            () -> "ask=" + ask + " bid=" + bid);
                }
            }
        }
        assertTrue(tried > POOLS, "tried=" + tried);
    }

    @Test
    void aTradeInPartsNeverCostsLessThanAtOnce() {
        int tried = 0;
        for (int i = 0; i < POOLS; i++) {
            long seed = 2 * SEED + i;
            SplittableRandom random = new SplittableRandom(seed);
            RandomPool pool = RandomPool.of(random);
            OptionPackage unit = pool.randomPackage(random, 1 + lots(random) / 8);
            List<OptionPackage> parts = new ArrayList<>();
            int whole = 0;
            for (int n = 2 + random.nextInt(3); n > 0; n--) {
                int share = 1 + random.nextInt(6);
                parts.add(times(unit, share));
                whole += share;
            }
            Optional<Usdc> inParts = cost(pool, parts);
            if (pool.quote(times(unit, whole)) instanceof Quote.Quoted once
                    && inParts.isPresent()) {
                tried++;
                // what rounding a whole up to its tick may cost
                Usdc tick = pool.tickOf(once.asked());
                assertTrue(
                        inParts.get().plus(tick).compareTo(once.price()) >= 0,
                        () -> "seed=" + seed + " parts=" + inParts.get() + " " + once);
            }
        }
        assertTrue(tried > POOLS * 3 / 4, "tried=" + tried);
    }

    @Test
    void noCycleOfUpToSixTradesPays() {
        int tried = 0;
        int overBoth = 0;
        for (int i = 0; i < POOLS; i++) {
            long seed = 3 * SEED + i;
            SplittableRandom random = new SplittableRandom(seed);
            RandomPool pool = RandomPool.of(random);
            List<OptionPackage> cycle = cycle(pool, random);
            Optional<Usdc> cost = cost(pool, cycle);
            if (cost.isPresent()) {
                tried++;
                overBoth +=
                        cycle.stream().map(OptionPackage::underlying).distinct().count() > 1
                                ? 1
                                : 0;
                assertTrue(
                        cost.get().signum() >= 0,
                        () -> "seed=" + seed + " earned " + cost.get().negated() + " " + cycle);
            }
        }
        assertTrue(
                tried > POOLS * 3 / 4 && overBoth > POOLS / 8,
                "tried=" + tried + " overBoth=" + overBoth);
    }

    /** Up to the largest order of a contract, sales of single options above all: nothing of a charge is waived. */
    @Test
    void noCycleOfLargeTradesPays() {
        int tried = 0;
        int sold = 0;
        int dear = 0;
        for (int i = 0; i < POOLS; i++) {
            long seed = 5 * SEED + i;
            SplittableRandom random = new SplittableRandom(seed);
            RandomPool pool = RandomPool.of(random);
            OptionPackage sale = pool.randomSale(random, LARGE[random.nextInt(LARGE.length)]);
            boolean isDear =
                    pool.quote(sale) instanceof Quote.Refused refused
                            && refused.rule().equals("costs_exceed_value");
            dear += isDear ? 1 : 0;
            List<OptionPackage> there = new ArrayList<>(List.of(sale));
            for (int n = random.nextInt(3); n > 0; n--) {
                long lots = LARGE[random.nextInt(LARGE.length)];
                there.add(
                        random.nextBoolean()
                                ? pool.randomSale(random, lots)
                                : pool.randomPackage(random, lots));
            }
            List<OptionPackage> cycle = cycle(there, random);
            Optional<Usdc> cost = cost(pool, cycle);
            if (cost.isPresent()) {
                tried++;
                sold += isDear ? 0 : 1;
                assertTrue(
                        cost.get().signum() >= 0,
                        () -> "seed=" + seed + " earned " + cost.get().negated() + " " + cycle);
            }
        }
        assertTrue(
                tried > POOLS / 4 && sold > POOLS / 8 && dear > POOLS / 50,
                "tried=" + tried + " sold=" + sold + " dear=" + dear);
    }

    private static long lots(SplittableRandom random) {
        return new long[] {3, 50, 400, 3_000}[random.nextInt(4)];
    }

    private static OptionPackage times(OptionPackage unit, long times) {
        return new OptionPackage(
                unit.legs().stream()
                        .map(leg -> new Leg(leg.contract(), leg.lots() * times))
                        .toList());
    }

    /** Up to four random trades and those that undo what they came to, in any order; six at most. */
    private static List<OptionPackage> cycle(RandomPool pool, SplittableRandom random) {
        List<OptionPackage> there = new ArrayList<>();
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            there.add(pool.randomPackage(random, lots(random)));
        }
        return cycle(there, random);
    }

    private static List<OptionPackage> cycle(List<OptionPackage> there, SplittableRandom random) {
        List<OptionPackage> trades = new ArrayList<>(there);
        SortedMap<OptionContract, Long> held = new TreeMap<>();
        for (OptionPackage one : there) {
            one.legs().forEach(leg -> held.merge(leg.contract(), leg.lots(), Long::sum));
        }
        held.values().removeIf(lots -> lots == 0);
        SortedMap<String, SortedMap<OptionContract, Long>> back = new TreeMap<>();
        held.forEach(
                (contract, lots) ->
                        back.computeIfAbsent(contract.underlying().code(), _ -> new TreeMap<>())
                                .put(contract, -lots));
        back.values().forEach(legs -> trades.add(RandomPool.packageOf(legs)));
        Collections.shuffle(trades, new Random(random.nextLong()));
        return trades;
    }

    /** What a taker pays for all, one after another; empty when one is refused. */
    private static Optional<Usdc> cost(RandomPool pool, List<OptionPackage> trades) {
        RandomPool now = pool;
        Usdc paid = Usdc.ZERO;
        for (OptionPackage one : trades) {
            if (!(now.quote(one) instanceof Quote.Quoted quoted)) {
                return Optional.empty();
            }
            paid = paid.plus(quoted.price());
            now = now.after(quoted);
        }
        return Optional.of(paid);
    }
}
