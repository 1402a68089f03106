package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * C1 and C2: of acceptances that come from eight threads at once exactly those are filled that fit, and
 * whichever of the pending ones are written, in whatever order, RAC stays above its floor.
 */
class ExactlyAsManyAsFitTest {

    private static final int SEEDS = 1_000;
    private static final int THREADS = 8;

    /** Of K: a floor that admits nothing. */
    private static final double NEARLY_ALL = 0.95;

    private static final int MANY = 4;

    private static final int[] DAYS = {2, 5, 9, 20, 40, 80};

    private static final Usdc FAR_TOO_DEAR = Usdc.ofWhole(10_000_000);

    @Test
    void ofEightThreadsAtOnceExactlyAsManyAreFilledAsTheFloorAdmits() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (long seed = 0; seed < SEEDS; seed++) {
                SplittableRandom random = new SplittableRandom(seed);
                Race race = new Race(random);
                CyclicBarrier start = new CyclicBarrier(THREADS);
                List<Callable<Void>> takers = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    boolean writesAtOnce = random.nextBoolean();
                    takers.add(
                            () -> {
                                start.await();
                                race.accept(writesAtOnce);
                                return null;
                            });
                }
                for (Future<Void> done : threads.invokeAll(takers)) {
                    done.get();
                }
                race.writeTheRest();
                assertEquals(race.fits, race.filled, "filled, seed=" + seed);
                assertEquals(THREADS - race.fits, race.refused, "refused, seed=" + seed);
            }
        }
    }

    @Test
    void whicheverOfThePendingTradesAreWrittenCapitalStaysAboveItsFloor() {
        int most = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Pendings pendings = new Pendings(new SplittableRandom(seed));
            pendings.ask();
            int subsets = 1 << pendings.granted.size();
            most = Math.max(most, subsets);
            for (int subset = 0; subset < subsets; subset++) {
                double rac = pendings.rac(subset);
                assertTrue(
                        rac >= pendings.floor,
                        "seed=" + seed + " subset=" + subset + " rac=" + rac + " " + pendings);
            }
        }
        assertTrue(most >= 32, "subsets=" + most);
    }

    /** Leaves the floor as the only limit that binds. */
    private static void onlyTheFloor(Pool pool, double share) {
        set(pool, Limits.RAC_FLOOR, share);
        set(pool, Limits.GAMMA, 10);
        set(pool, Limits.VEGA, 1);
        set(pool, Limits.SHORT_NOTIONAL, 100);
        set(pool, Limits.CONCENTRATION, 1);
        set(pool, Limits.UNHEDGED_DELTA + "BTC", 1_000_000);
        set(pool, Limits.UNHEDGED_DELTA + "ETH", 1_000_000);
    }

    private static void set(Pool pool, String key, double value) {
        pool.apply(new CapacityEvent.LimitSet("test", 1, key, 0, value));
    }

    /** Eight acceptances of one package; the lock stands for the mailbox of Capacity and of the Book. */
    private static final class Race {
        private static final int MOST_THAT_FIT = 5;
        private static final int WIDTH = 13_000;

        final int fits;
        private final Pool pool = Pool.opened();
        private final OptionPackage asked;
        private final Usdc charge;
        private final List<ReservationId> granted = new ArrayList<>();
        int filled;
        int refused;

        Race(SplittableRandom random) {
            fits = random.nextInt(1, MOST_THAT_FIT + 1);
            int days = random.nextBoolean() ? 9 : 20;
            int strike = 60_000 + 1_000 * random.nextInt(10);
            boolean call = random.nextBoolean();
            long lots = random.nextLong(700, 900);
            asked = spread(days, strike, call, lots);
            onlyTheFloor(pool, NEARLY_ALL);
            double before = pool.view().measures().rac();
            double capital = pool.view().inputs().capital();
            // far too many: the refusal says what they would have left
            OptionPackage many = spread(days, strike, call, MANY * lots);
            Capacity.Refused refusal = Pool.refused(pool.ask(Pool.BTC, many, FAR_TOO_DEAR));
            pool.book(Pool.BTC).pending.clear();
            double each = (before - Pool.in(refusal.numbers(), "rac")) / MANY;
            // what is written brings its charge in: of all of them less than the half that is over
            charge = Usdc.nearest(each / 12);
            onlyTheFloor(pool, (before - (fits + 0.5) * each) / capital);
        }

        /** Its loss is bounded, so that the floor binds before the loss that is not damped. */
        private static OptionPackage spread(int days, int strike, boolean call, long lots) {
            String type = call ? "C" : "P";
            int wing = call ? strike + WIDTH : strike - WIDTH;
            List<Leg> legs = new ArrayList<>();
            legs.addAll(Pool.option(Pool.BTC, days, strike, type, lots).legs());
            legs.addAll(Pool.option(Pool.BTC, days, wing, type, -lots).legs());
            return new OptionPackage(legs);
        }

        synchronized void accept(boolean writesAtOnce) {
            Capacity.ReserveReply reply = pool.ask(Pool.BTC, asked, charge);
            switch (reply) {
                case Capacity.Granted yes when writesAtOnce -> write(yes.id());
                case Capacity.Granted yes -> granted.add(yes.id());
                case Capacity.Refused no -> {
                    assertEquals("rac_below_floor", no.rule());
                    pool.book(Pool.BTC).pending.remove(no.id());
                    refused++;
                }
                case Capacity.Retry retry -> throw new AssertionError(retry.toString());
            }
        }

        synchronized void writeTheRest() {
            granted.forEach(this::write);
        }

        private void write(ReservationId id) {
            pool.book(Pool.BTC).write(id, pool.now.epochMs());
            pool.report(Pool.BTC);
            filled++;
        }
    }

    /** Acceptances over both Books, none of them written yet. */
    private static final class Pendings {
        private static final int ASKED = 6;
        private static final int MOST = 5;
        private static final Usdc NOTHING = Usdc.ofWhole(-50_000);

        final List<Pool.Issued> granted = new ArrayList<>();
        final double floor;
        private final Pool pool = Pool.opened();
        private final SplittableRandom random;

        Pendings(SplittableRandom random) {
            this.random = random;
            double share = 0.5 + 0.4 * random.nextDouble();
            onlyTheFloor(pool, share);
            floor = share * pool.view().inputs().capital();
        }

        void ask() {
            for (int i = 0; i < ASKED && granted.size() < MOST; i++) {
                Underlying underlying = random.nextBoolean() ? Pool.BTC : Pool.ETH;
                OptionPackage asked = randomPackage(underlying);
                // the charge that would be decided, and not a cent more
                if (pool.ask(underlying, asked, NOTHING) instanceof Capacity.Refused refused
                        && refused.freshCharge().isPresent()) {
                    ask(underlying, asked, refused.freshCharge().get());
                }
            }
        }

        private void ask(Underlying underlying, OptionPackage asked, Usdc charge) {
            Pool.Issued issued = pool.book(underlying).issue(asked, charge);
            if (pool.desk.reserve(issued.reserve(), pool.rules(), pool.now)
                    instanceof Capacity.Granted) {
                granted.add(issued);
            }
        }

        /** What RAC is when these are written and no others; the order of writing changes no sum. */
        double rac(int subset) {
            List<Pool.Issued> written = new ArrayList<>();
            for (int i = 0; i < granted.size(); i++) {
                if ((subset >> i & 1) == 1) {
                    written.add(granted.get(i));
                }
            }
            double cash = 10_000_000;
            double mark = 0;
            for (Pool.Issued one : written) {
                cash += one.price().toDouble();
                mark += change(one).markUsdc();
            }
            double capital =
                    (1 - Pool.PARAMETERS.usdcHaircut().of(Pool.PRICER.scenarios())) * cash + mark;
            return capital - worst(written) - buffer(written);
        }

        private BookVectors change(Pool.Issued one) {
            return Pool.in(one.reserve().byView(), pool.openNumber).poolChange();
        }

        private double worst(List<Pool.Issued> written) {
            ScenarioSet scenarios = Pool.PRICER.scenarios();
            double worst = 0;
            for (int s = scenarios.gridStart(); s < scenarios.size(); s++) {
                double profit = 0;
                for (Pool.Issued one : written) {
                    profit += change(one).value(s);
                }
                worst = Math.max(worst, -scenarios.damping(s) * profit);
            }
            return worst;
        }

        private double buffer(List<Pool.Issued> written) {
            HedgingCosts costs = Pool.PARAMETERS.hedging();
            double days = costs.delayDays();
            double sum = 0;
            for (Underlying underlying : pool.books.keySet()) {
                double rehedge = 0;
                for (int g = 0; g < Pool.PRICER.scenarios().gridSize(); g++) {
                    int grid = g;
                    double usdc = size(written, c -> c.rehedgeUsdc(underlying, grid));
                    double rate = costs.rate(Pool.PRICER.scenarios().gridLiquidity(grid));
                    rehedge = Math.max(rehedge, usdc * rate);
                }
                double movement = size(written, c -> c.exposure(underlying).thetaUsdc());
                double residual =
                        size(written, c -> c.exposure(underlying).deltaCoins())
                                * pool.book(underlying).spot;
                sum +=
                        rehedge
                                + movement * days * costs.z() * costs.z()
                                + residual * costs.volAnnual() * Math.sqrt(days / 365) * costs.z();
            }
            return sum;
        }

        private double size(List<Pool.Issued> written, ToDoubleFunction<BookVectors> figure) {
            double sum = 0;
            for (Pool.Issued one : written) {
                sum += figure.applyAsDouble(change(one));
            }
            return Math.abs(sum);
        }

        private OptionPackage randomPackage(Underlying underlying) {
            boolean bitcoin = underlying.equals(Pool.BTC);
            int days = DAYS[random.nextInt(DAYS.length)];
            int strike =
                    bitcoin ? 35_000 + 5_000 * random.nextInt(9) : 2_000 + 250 * random.nextInt(5);
            long most = bitcoin ? 600 : 1_500;
            long lots = random.nextLong(1, most) * (random.nextInt(4) == 0 ? -1 : 1);
            return Pool.option(underlying, days, strike, random.nextBoolean() ? "C" : "P", lots);
        }

        @Override
        public String toString() {
            return "floor=" + floor + " granted=" + granted;
        }
    }
}
