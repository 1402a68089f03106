package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.CapitalCharge;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Q4 across market views: a taker who trades at the quotes of one view after another. Prices here are the mark and the
 * capital charge alone; spread, hedge cost, fee and ticks only add to them.
 */
@Tag("slow")
class ViewCyclesTest {

    private static final int RUNS = 4;
    private static final int VIEWS = 25;
    private static final int CHOICES = 4;
    private static final double MICRO = 1e-6;

    @Test
    void whileTheMarketStandsNoCyclePaysHoweverManyViewsItGoesThrough() {
        int trades = 0;
        for (int run = 0; run < RUNS; run++) {
            Run one = new Run(run);
            for (int view = 0; view < VIEWS; view++) {
                one.tradeOneOf(one.random.nextBoolean() ? CHOICES : 1);
                one.nextView(0);
            }
            one.sellAllBack();
            assertTrue(
                    one.paid.signum() >= 0,
                    "seed " + run + ": the cycle earned " + one.paid.negated());
            trades += one.trades;
        }
        assertTrue(trades > RUNS * VIEWS / 2, "trades=" + trades);
    }

    @Test
    void whateverTheMarketDoesBuyingAndSellingBackAtOneViewNeverPays() {
        int cycles = 0;
        for (int run = 0; run < RUNS; run++) {
            Run one = new Run(1_000 + run);
            for (int view = 0; view < VIEWS; view++) {
                // what the pool holds by now is another at each view, and so is the market
                one.tradeOneOf(CHOICES);
                OptionPackage there = one.anyPackage();
                Usdc before = one.paid;
                if (one.trade(there) && one.trade(there.reversed())) {
                    cycles++;
                    assertTrue(
                            one.paid.compareTo(before) >= 0,
                            "seed " + one.seed + " view " + view + ": " + there);
                }
                one.nextView(0.03);
            }
        }
        assertTrue(cycles > RUNS * VIEWS / 4, "cycles=" + cycles);
    }

    @Test
    void acrossViewsDiscountsAreNeverMoreThanWhatWasChargedAndBudgeted() {
        double deepest = 0;
        for (int run = 0; run < RUNS; run++) {
            Run one = new Run(2_000 + run);
            double budget = 0;
            for (int view = 0; view < VIEWS; view++) {
                // he takes what is discounted most, the market having moved against the pool's book
                one.tradeOneOf(CHOICES);
                double given = -one.charged.toDouble();
                deepest = Math.max(deepest, given);
                assertTrue(
                        given <= budget + MICRO,
                        "seed " + one.seed + " view " + view + ": discounts " + given);
                one.nextView(0.05);
                budget = one.budgeted();
            }
        }
        assertTrue(Double.isFinite(deepest));
    }

    /** One taker and one pool. */
    private static final class Run {

        final long seed;
        final SplittableRandom random;
        final Pool pool = Pool.opened();
        final Map<OptionContract, Long> held = new TreeMap<>();
        Usdc paid = Usdc.ZERO;
        Usdc charged = Usdc.ZERO;
        int trades;

        Run(long seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
        }

        /** Moves spots and volatilities by up to a share, and opens the next view. */
        void nextView(double share) {
            if (share > 0) {
                pool.pass(1_000L + random.nextInt(3_600_000));
                for (Pool.FakeBook book : pool.books.values()) {
                    book.spot *= 1 + random.nextDouble(-share, share);
                    book.vol *= 1 + random.nextDouble(-share, share);
                }
            }
            pool.openView();
        }

        /** What both books' accounts were given since the start, USDC. */
        double budgeted() {
            double days = (pool.now.epochMs() - Pool.START_MS) / 86_400_000.0;
            return pool.books.size()
                    * days
                    * Pool.PARAMETERS.chargeAccount().dailyBudget().toDouble();
        }

        OptionPackage anyPackage() {
            Underlying underlying = random.nextBoolean() ? Pool.BTC : Pool.ETH;
            int spot = underlying.equals(Pool.BTC) ? 65_000 : 2_500;
            int[] days = {2, 9, 30, 90};
            int strike = spot / 100 * (80 + 5 * random.nextInt(9));
            OptionPackage one =
                    Pool.option(
                            underlying,
                            days[random.nextInt(days.length)],
                            strike,
                            random.nextBoolean() ? "C" : "P",
                            1 + random.nextInt(200));
            return random.nextBoolean() ? one : one.reversed();
        }

        /** Takes that one of some packages, new or held, whose charge is least. */
        void tradeOneOf(int choices) {
            List<OptionPackage> offered = new ArrayList<>();
            for (int i = 0; i < choices; i++) {
                offered.add(anyPackage());
            }
            held.forEach(
                    (contract, lots) -> offered.add(OptionPackage.of(new Leg(contract, -lots))));
            OptionPackage best = offered.getFirst();
            double least = Double.POSITIVE_INFINITY;
            for (OptionPackage one : offered.subList(0, Math.min(offered.size(), 2 * CHOICES))) {
                double charge = charge(one).orElse(Double.POSITIVE_INFINITY);
                if (charge < least) {
                    least = charge;
                    best = one;
                }
            }
            trade(best);
        }

        void sellAllBack() {
            for (OptionContract contract : new ArrayList<>(held.keySet())) {
                long lots = held.getOrDefault(contract, 0L);
                assertTrue(
                        trade(OptionPackage.of(new Leg(contract, -lots))),
                        "seed " + seed + ": " + contract + " cannot be closed");
                pool.openView();
            }
        }

        private Optional<Double> charge(OptionPackage asked) {
            return pool.view().of(asked) instanceof CapitalCharge.Charged charged
                    ? Optional.of(charged.usdc())
                    : Optional.empty();
        }

        /** At the quote of the view as it is; whether there was one and it was granted. */
        boolean trade(OptionPackage asked) {
            Underlying underlying = asked.underlying();
            Pool.FakeBook book = pool.book(underlying);
            Optional<Double> quoted = charge(asked);
            if (quoted.isEmpty()) {
                return false;
            }
            Usdc charge = Usdc.dueFromTaker(quoted.get(), new Usdc(1));
            if (!(pool.ask(underlying, asked, charge) instanceof Capacity.Granted granted)) {
                book.pending.clear();
                pool.report(underlying);
                return false;
            }
            Usdc price = Pool.in(book.pending, granted.id()).price();
            book.write(granted.id(), pool.now.epochMs());
            pool.report(underlying);
            for (Leg leg : asked.legs()) {
                held.merge(leg.contract(), leg.lots(), Long::sum);
                held.remove(leg.contract(), 0L);
            }
            paid = paid.plus(price);
            charged = charged.plus(charge);
            trades++;
            return true;
        }
    }
}
