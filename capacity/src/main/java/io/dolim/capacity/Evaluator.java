package io.dolim.capacity;

import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.Series;
import io.dolim.capacity.vector.SeriesExposure;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Measures an inventory with its reservations. A reservation counts scenario by scenario, and figure
 * by figure, only as far as it makes matters worse: safe for every subset and order of those that
 * will be written.
 */
final class Evaluator {

    private static final double DAYS_PER_YEAR = 365;

    private final MarketView view;
    private final CapacityParameters parameters;
    private final Limits limits;

    Evaluator(MarketView view, CapacityParameters parameters, Limits limits) {
        this.view = view;
        this.parameters = parameters;
        this.limits = limits;
    }

    /** A change that is certain or pending: vectors of one book and the cash it brings. */
    record Change(Underlying underlying, BookVectors vectors, Usdc price) {

        /** Loss against the mark counts at once, a gain not before it is reported. */
        double lossAtMarkUsdc() {
            return Math.min(0, price.toDouble() + vectors.markUsdc());
        }

        /** The same of capital, in which cash counts less by its haircut. */
        double capitalLossAtMarkUsdc(double haircut) {
            return Math.min(0, (1 - haircut) * price.toDouble() + vectors.markUsdc());
        }
    }

    /** The figures of an inventory after certain changes, with pending ones at their worst. */
    Evaluation of(Inventory inventory, List<Change> pending, List<Change> certain) {
        ScenarioSet scenarios = view.pricer().scenarios();
        double[] pool = new double[scenarios.size()];
        SortedMap<String, Double> used = new TreeMap<>();
        SortedMap<String, Double> allowed = new TreeMap<>();
        double buffer = 0;
        for (Underlying underlying : inventory.books().keySet()) {
            BookVectors held = held(inventory, underlying, certain);
            List<BookVectors> maybe =
                    pending.stream()
                            .filter(change -> change.underlying().equals(underlying))
                            .map(Change::vectors)
                            .toList();
            double[] book = worst(held, maybe);
            for (int s = 0; s < pool.length; s++) {
                pool[s] += book[s];
            }
            Figures figures = new Figures(underlying, held, maybe);
            buffer += figures.buffer();
            figures.into(used, allowed);
            put(used, allowed, Limits.CONCENTRATION, underlying, worstDamped(book));
        }
        double cash = inventory.cash().toDouble();
        Collateral.of(scenarios, cashAtRisk(inventory, pending, certain)).into(pool);
        double haircut = parameters.usdcHaircut().of(scenarios);
        return new Evaluation(
                inventory.equityUsdc() + lossAtMark(pending) + lossAtMark(certain),
                inventory.equityUsdc()
                        + capitalLossAtMark(pending, haircut)
                        + capitalLossAtMark(certain, haircut)
                        - haircut * Math.max(cash, 0)
                        - CarriedMarket.haircutUsdc(view.carried()),
                worstDamped(pool),
                worstUndamped(pool),
                buffer,
                used,
                allowed);
    }

    /** Cash with what certain changes bring or take, and what pending ones bring. */
    private static double cashAtRisk(
            Inventory inventory, List<Change> pending, List<Change> certain) {
        double cash = inventory.cash().toDouble();
        for (Change change : certain) {
            cash += change.price().toDouble();
        }
        for (Change change : pending) {
            cash += Math.max(0, change.price().toDouble());
        }
        return Math.max(cash, 0);
    }

    /** L: the worst damped loss on the grid, at least 0. */
    double worstDamped(double[] profit) {
        return worstDamped(view.pricer().scenarios(), profit);
    }

    static double worstDamped(ScenarioSet scenarios, double[] profit) {
        double worst = 0;
        for (int s = scenarios.gridStart(); s < profit.length; s++) {
            worst = Math.max(worst, -(scenarios.damping(s) * profit[s]));
        }
        return worst;
    }

    /** The worst loss of any scenario before damping, at least 0. */
    static double worstUndamped(double[] profit) {
        double worst = 0;
        for (double each : profit) {
            worst = Math.max(worst, -each);
        }
        return worst;
    }

    private static double lossAtMark(List<Change> changes) {
        double loss = 0;
        for (Change change : changes) {
            loss += change.lossAtMarkUsdc();
        }
        return loss;
    }

    private static double capitalLossAtMark(List<Change> changes, double haircut) {
        double loss = 0;
        for (Change change : changes) {
            loss += change.capitalLossAtMarkUsdc(haircut);
        }
        return loss;
    }

    private BookVectors held(Inventory inventory, Underlying underlying, List<Change> certain) {
        BookVectors held = inventory.books().getOrDefault(underlying, view.pricer().none());
        for (Change change : certain) {
            if (change.underlying().equals(underlying)) {
                held = held.plus(change.vectors());
            }
        }
        return held;
    }

    private static double[] worst(BookVectors held, List<BookVectors> maybe) {
        double[] worst = held.values();
        for (BookVectors change : maybe) {
            for (int s = 0; s < worst.length; s++) {
                worst[s] += Math.min(0, change.value(s));
            }
        }
        return worst;
    }

    private void put(
            SortedMap<String, Double> used,
            SortedMap<String, Double> allowed,
            String limit,
            Object of,
            double amount) {
        put(used, allowed, limit + ":" + of, amount, limits.value(limit) * view.capital());
    }

    private static void put(
            SortedMap<String, Double> used,
            SortedMap<String, Double> allowed,
            String key,
            double amount,
            double most) {
        used.put(key, amount);
        allowed.put(key, most);
    }

    /** What limits are set on, for one underlying. */
    private final class Figures {

        private final Underlying underlying;
        private final BookVectors held;
        private final List<BookVectors> maybe;

        Figures(Underlying underlying, BookVectors held, List<BookVectors> maybe) {
            this.underlying = underlying;
            this.held = held;
            this.maybe = maybe;
        }

        void into(SortedMap<String, Double> used, SortedMap<String, Double> allowed) {
            put(
                    used,
                    allowed,
                    Limits.UNHEDGED_DELTA + underlying.code(),
                    worst(book -> book.exposure(underlying).deltaCoins()),
                    limits.value(Limits.UNHEDGED_DELTA, underlying));
            put(
                    used,
                    allowed,
                    Limits.GAMMA,
                    underlying,
                    worst(book -> book.exposure(underlying).gammaUsdc()));
            for (int bucket = 0; bucket <= parameters.vegaBucketDays().size(); bucket++) {
                int index = bucket;
                put(
                        used,
                        allowed,
                        Limits.VEGA,
                        underlying + ":" + bucketName(bucket),
                        worst(book -> vega(book, index)));
            }
            SortedMap<Series, SeriesExposure> all = new TreeMap<>(held.series());
            maybe.forEach(book -> all.putAll(book.series()));
            for (Series series : all.keySet()) {
                double calls = low(book -> in(book, series).callsUsdc());
                double puts = low(book -> in(book, series).putsUsdc());
                put(
                        used,
                        allowed,
                        Limits.SHORT_NOTIONAL,
                        series,
                        Math.max(-calls, 0) + Math.max(-puts, 0));
            }
        }

        /** Rehedge times cost, plus movement and residual over the delay. */
        double buffer() {
            HedgingCosts costs = parameters.hedging();
            double rehedge = 0;
            for (int g = 0; g < held.scenarios().gridSize(); g++) {
                int grid = g;
                double usdc = worst(book -> book.rehedgeUsdc(underlying, grid));
                rehedge = Math.max(rehedge, usdc * costs.rate(held.scenarios().gridLiquidity(g)));
            }
            double movement = worst(book -> book.exposure(underlying).thetaUsdc());
            double residual =
                    worst(book -> book.exposure(underlying).deltaCoins()) * view.spot(underlying);
            double yearsRoot = Math.sqrt(costs.delayDays() / DAYS_PER_YEAR);
            return rehedge
                    + movement * costs.delayDays() * costs.z() * costs.z()
                    + residual * costs.volAnnual() * yearsRoot * costs.z();
        }

        private double vega(BookVectors book, int bucket) {
            double sum = 0;
            for (var each : book.series().entrySet()) {
                if (each.getKey().underlying().equals(underlying)
                        && bucketOf(each.getKey()) == bucket) {
                    sum += each.getValue().vegaUsdc();
                }
            }
            return sum;
        }

        private int bucketOf(Series series) {
            double days = series.expiry().yearsFrom(view.timeMs(underlying)) * DAYS_PER_YEAR;
            int bucket = 0;
            while (bucket < parameters.vegaBucketDays().size()
                    && days > parameters.vegaBucketDays().get(bucket)) {
                bucket++;
            }
            return bucket;
        }

        private String bucketName(int bucket) {
            return bucket < parameters.vegaBucketDays().size()
                    ? parameters.vegaBucketDays().get(bucket) + "d"
                    : "beyond";
        }

        /** The largest size either way that any subset of the pendings can make of a figure. */
        private double worst(Figure figure) {
            double high = figure.of(held);
            for (BookVectors change : maybe) {
                high += Math.max(0, figure.of(change));
            }
            return Math.max(Math.abs(high), Math.abs(low(figure)));
        }

        private double low(Figure figure) {
            double low = figure.of(held);
            for (BookVectors change : maybe) {
                low += Math.min(0, figure.of(change));
            }
            return low;
        }

        private SeriesExposure in(BookVectors book, Series series) {
            return book.series().getOrDefault(series, SeriesExposure.NONE);
        }
    }

    private interface Figure {
        double of(BookVectors book);
    }
}
