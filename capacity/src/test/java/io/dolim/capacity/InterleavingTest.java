package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.CapitalCharge;
import io.dolim.quoting.quote.OptionPackage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * C1 and C2: whatever order reservations, writes, reports, releases and deaths of two books come in,
 * what is used and reserved stays within capital. The test keeps its own account of what was granted.
 */
class InterleavingTest {

    private static final int RUNS = 16;
    private static final int STEPS = 150;
    private static final double FLOOR_SHARE = 0.6;

    @Test
    void reservedAndUsedRiskNeverPassesTheFloorInAnyInterleaving() {
        int added = 0;
        int refused = 0;
        for (int run = 0; run < RUNS; run++) {
            long seed = 1000L + run;
            Run one = new Run(seed);
            for (int step = 0; step < STEPS; step++) {
                one.step();
            }
            added += one.added;
            refused += one.refused;
        }
        assertTrue(added > 50 && refused > 50, "added=" + added + " refused=" + refused);
    }

    /** One run with its messages on the way. */
    private static final class Run {
        final long seed;
        final SplittableRandom random;
        final Pool pool = Pool.opened();
        final Map<Underlying, Deque<Runnable>> toCapacity = new TreeMap<>();
        final List<Pool.Issued> outstanding = new ArrayList<>();
        int added;
        int refused;

        Run(long seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            pool.books.keySet().forEach(u -> toCapacity.put(u, new ArrayDeque<>()));
            // only the floor shall bind here
            set(Limits.RAC_FLOOR, FLOOR_SHARE);
            set(Limits.GAMMA, 10);
            set(Limits.VEGA, 1);
            set(Limits.SHORT_NOTIONAL, 100);
            set(Limits.CONCENTRATION, 1);
            set(Limits.UNHEDGED_DELTA + "BTC", 1_000_000);
            set(Limits.UNHEDGED_DELTA + "ETH", 1_000_000);
        }

        private void set(String key, double value) {
            pool.apply(new CapacityEvent.LimitSet("test", 1, key, 0, value));
        }

        void step() {
            Underlying underlying = random.nextBoolean() ? Pool.BTC : Pool.ETH;
            Pool.FakeBook book = pool.book(underlying);
            switch (random.nextInt(20)) {
                case 0, 1, 2, 3, 4, 5, 6 -> {
                    OptionPackage asked = randomPackage(underlying);
                    Pool.Issued issued = book.issue(asked, charge(asked));
                    Pool.in(toCapacity, underlying).add(() -> reserve(issued));
                }
                case 7, 8 ->
                        own(underlying)
                                .ifPresent(
                                        one -> {
                                            book.write(one.id(), pool.now.epochMs());
                                            outstanding.remove(one);
                                            send(underlying, book.report());
                                        });
                case 9 ->
                        own(underlying)
                                .ifPresent(
                                        one -> {
                                            book.pending.remove(one.id());
                                            outstanding.remove(one);
                                            Pool.in(toCapacity, underlying)
                                                    .add(() -> pool.desk.release(one.id()));
                                        });
                case 10 -> {
                    if (random.nextInt(6) == 0) {
                        die(underlying, book);
                    }
                }
                default -> deliver(underlying);
            }
        }

        private void die(Underlying underlying, Pool.FakeBook book) {
            book.crash();
            outstanding.removeIf(one -> one.id().underlying().equals(underlying));
            Pool.in(toCapacity, underlying).clear();
            send(underlying, book.report());
        }

        private void send(Underlying underlying, BookReport report) {
            Pool.in(toCapacity, underlying).add(() -> pool.desk.report(report, pool.rules()));
        }

        private void deliver(Underlying underlying) {
            Runnable message = Pool.in(toCapacity, underlying).poll();
            if (message != null) {
                message.run();
            }
        }

        private void reserve(Pool.Issued issued) {
            Capacity.ReserveReply reply =
                    pool.desk.reserve(issued.reserve(), pool.rules(), pool.now);
            Pool.FakeBook book = pool.book(issued.id().underlying());
            if (reply instanceof Capacity.Granted granted) {
                outstanding.add(issued);
                if (granted.decidedCharge().signum() > 0) {
                    added++;
                    checkFloor();
                }
            } else {
                refused++;
                book.pending.remove(issued.id());
            }
        }

        /** RAC over written and outstanding trades, any of which may yet fall away. */
        private void checkFloor() {
            for (int subset = 0; subset < 4; subset++) {
                List<Pool.Issued> done = new ArrayList<>();
                for (Pool.Issued one : outstanding) {
                    if (subset == 0 || random.nextBoolean()) {
                        done.add(one);
                    }
                }
                double rac = rac(done);
                double floor = FLOOR_SHARE * pool.view().inputs().capital();
                assertTrue(rac >= floor, "seed=" + seed + " rac=" + rac + " floor=" + floor);
            }
        }

        private double rac(List<Pool.Issued> done) {
            BookVectors total = Pool.PRICER.none();
            double equity = 10_000_000;
            double cash = 10_000_000;
            for (Pool.FakeBook book : pool.books.values()) {
                total = total.plus(book.total(pool.openNumber));
                equity += book.cash.toDouble();
                cash += book.cash.toDouble();
            }
            for (Pool.Issued one : done) {
                total = total.plus(Pool.in(one.reserve().byView(), pool.openNumber).poolChange());
                equity += one.price().toDouble();
                cash += one.price().toDouble();
            }
            ScenarioSet scenarios = Pool.PRICER.scenarios();
            double worst = 0;
            for (int s = scenarios.gridStart(); s < scenarios.size(); s++) {
                worst = Math.max(worst, -scenarios.damping(s) * total.value(s));
            }
            double haircut = Pool.PARAMETERS.usdcHaircut().of(Pool.PRICER.scenarios()) * cash;
            return equity + total.markUsdc() - haircut - worst;
        }

        private java.util.Optional<Pool.Issued> own(Underlying underlying) {
            return outstanding.stream()
                    .filter(one -> one.id().underlying().equals(underlying))
                    .findFirst();
        }

        /** A little more than the fair charge, so that others' trades in between don't refuse all. */
        private Usdc charge(OptionPackage asked) {
            return pool.view().of(asked) instanceof CapitalCharge.Charged charged
                    ? Usdc.nearest(charged.usdc() + Math.abs(charged.usdc()) + 200)
                    : Usdc.ofWhole(5_000);
        }

        private OptionPackage randomPackage(Underlying underlying) {
            boolean bitcoin = underlying.equals(Pool.BTC);
            int days = new int[] {2, 9, 30, 90}[random.nextInt(4)];
            int strike =
                    bitcoin ? 55_000 + 5_000 * random.nextInt(5) : 2_000 + 250 * random.nextInt(5);
            long most = bitcoin ? 600 : 1_500;
            long lots = random.nextLong(1, most) * (random.nextInt(5) == 0 ? -1 : 1);
            return Pool.option(underlying, days, strike, random.nextBoolean() ? "C" : "P", lots);
        }
    }
}
