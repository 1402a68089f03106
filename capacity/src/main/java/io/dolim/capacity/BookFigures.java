package io.dolim.capacity;

import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.Series;
import io.dolim.capacity.vector.SeriesExposure;
import io.dolim.quoting.instrument.Underlying;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one underlying's book comes to with its hedges and the changes that pend on it, each counted only as far as it
 * makes a figure worse.
 */
final class BookFigures {

    private static final double DAYS_PER_YEAR = 365;

    private final Bounds bounds;
    private final Underlying underlying;
    private final BookVectors held;
    private final List<BookVectors> maybe;
    private final Hedges hedges;
    private final double[] worst;
    private final double buffer;
    private final List<Limited> limited;

    /** What is the same for all books under one view. */
    record Bounds(
            MarketView view,
            CapacityParameters parameters,
            double unhedgedDeltaCoins,
            double gamma,
            double vega,
            double shortNotional,
            double concentration) {

        static Bounds of(
                MarketView view, CapacityParameters parameters, Limits limits, Underlying of) {
            return new Bounds(
                    view,
                    parameters,
                    limits.value(Limits.UNHEDGED_DELTA, of),
                    limits.value(Limits.GAMMA) * view.capital(),
                    limits.value(Limits.VEGA) * view.capital(),
                    limits.value(Limits.SHORT_NOTIONAL) * view.capital(),
                    limits.value(Limits.CONCENTRATION) * view.capital());
        }
    }

    BookFigures(
            Bounds bounds,
            Underlying underlying,
            BookVectors held,
            List<BookVectors> maybe,
            Hedges hedges) {
        this.bounds = bounds;
        this.underlying = underlying;
        this.held = held;
        this.maybe = maybe;
        this.hedges = hedges;
        this.worst = hedges.into(underlying, held.values());
        for (BookVectors change : maybe) {
            for (int s = 0; s < worst.length; s++) {
                worst[s] += Math.min(0, change.value(s));
            }
        }
        this.buffer = hedging();
        this.limited = limits();
    }

    /** By scenario, USDC. */
    void addTo(double[] pool) {
        for (int s = 0; s < pool.length; s++) {
            pool[s] += worst[s];
        }
    }

    /** Rehedge times cost, plus movement and residual over the delay, USDC. */
    double buffer() {
        return buffer;
    }

    List<Limited> limited() {
        return limited;
    }

    private List<Limited> limits() {
        List<Limited> all = new ArrayList<>();
        all.add(
                new Limited(
                        Limits.UNHEDGED_DELTA,
                        underlying.code(),
                        netDelta(),
                        bounds.unhedgedDeltaCoins()));
        all.add(
                of(
                        Limits.GAMMA,
                        underlying,
                        worst(book -> book.exposure(underlying).gammaUsdc()),
                        bounds.gamma()));
        all.add(
                of(
                        Limits.CONCENTRATION,
                        underlying,
                        Evaluator.worstDamped(held.scenarios(), worst),
                        bounds.concentration()));
        vegas(all);
        shorts(all);
        return all;
    }

    private static Limited of(String limit, Object of, double used, double allowed) {
        return new Limited(limit, new After(of), used, allowed);
    }

    /** Written behind a colon; only when it is asked for. */
    private record After(Object of) {
        @Override
        public String toString() {
            return ":" + of;
        }
    }

    private void vegas(List<Limited> all) {
        double[] of = vegas(held);
        List<double[]> ofMaybe = maybe.stream().map(this::vegas).toList();
        for (int bucket = 0; bucket < of.length; bucket++) {
            double high = of[bucket];
            double low = of[bucket];
            for (double[] change : ofMaybe) {
                high += Math.max(0, change[bucket]);
                low += Math.min(0, change[bucket]);
            }
            all.add(
                    of(
                            Limits.VEGA,
                            new Bucket(underlying, bucketName(bucket)),
                            Math.max(Math.abs(high), Math.abs(low)),
                            bounds.vega()));
        }
    }

    private record Bucket(Underlying underlying, String name) {
        @Override
        public String toString() {
            return underlying + ":" + name;
        }
    }

    private String bucketName(int bucket) {
        List<Double> ends = bounds.parameters().vegaBucketDays();
        return bucket < ends.size() ? ends.get(bucket) + "d" : "beyond";
    }

    private double[] vegas(BookVectors book) {
        double[] vegas = new double[bounds.parameters().vegaBucketDays().size() + 1];
        for (Map.Entry<Series, SeriesExposure> each : book.series().entrySet()) {
            if (each.getKey().underlying().equals(underlying)) {
                vegas[bucketOf(each.getKey())] += each.getValue().vegaUsdc();
            }
        }
        return vegas;
    }

    private int bucketOf(Series series) {
        List<Double> ends = bounds.parameters().vegaBucketDays();
        double days = series.expiry().yearsFrom(bounds.view().timeMs(underlying)) * DAYS_PER_YEAR;
        int bucket = 0;
        while (bucket < ends.size() && days > ends.get(bucket)) {
            bucket++;
        }
        return bucket;
    }

    private void shorts(List<Limited> all) {
        SortedMap<Series, SeriesExposure> series = held.series();
        if (!maybe.isEmpty()) {
            series = new TreeMap<>(series);
            for (BookVectors change : maybe) {
                series.putAll(change.series());
            }
        }
        for (Series each : series.keySet()) {
            double calls = low(book -> in(book, each).callsUsdc());
            double puts = low(book -> in(book, each).putsUsdc());
            all.add(
                    of(
                            Limits.SHORT_NOTIONAL,
                            each,
                            Math.max(-calls, 0) + Math.max(-puts, 0),
                            bounds.shortNotional()));
        }
    }

    private static SeriesExposure in(BookVectors book, Series series) {
        return book.series().getOrDefault(series, SeriesExposure.NONE);
    }

    private double hedging() {
        HedgingCosts costs = bounds.parameters().hedging();
        double[] high = held.rehedgesUsdc(underlying);
        double[] low = high.clone();
        for (BookVectors change : maybe) {
            for (int g = 0; g < high.length; g++) {
                double more = change.rehedgeUsdc(underlying, g);
                high[g] += Math.max(0, more);
                low[g] += Math.min(0, more);
            }
        }
        double rehedge = 0;
        for (int g = 0; g < high.length; g++) {
            double usdc = Math.max(Math.abs(high[g]), Math.abs(low[g]));
            rehedge = Math.max(rehedge, usdc * costs.rate(held.scenarios().gridLiquidity(g)));
        }
        double movement = worst(book -> book.exposure(underlying).thetaUsdc());
        double residual =
                (netDelta() + hedges.bandCoins(underlying)) * bounds.view().spot(underlying);
        double yearsRoot = Math.sqrt(costs.delayDays() / DAYS_PER_YEAR);
        return rehedge
                + movement * costs.delayDays() * costs.z() * costs.z()
                + residual * costs.volAnnual() * yearsRoot * costs.z();
    }

    /** The largest net delta either way, coins: pending changes and hedges in doubt as they are worse. */
    private double netDelta() {
        Figure delta = book -> book.exposure(underlying).deltaCoins();
        return hedges.widest(underlying, high(delta), low(delta));
    }

    private interface Figure {
        double of(BookVectors book);
    }

    /** The largest size either way that any subset of the pending changes can make of a figure. */
    private double worst(Figure figure) {
        return Math.max(Math.abs(high(figure)), Math.abs(low(figure)));
    }

    private double high(Figure figure) {
        double high = figure.of(held);
        for (BookVectors change : maybe) {
            high += Math.max(0, figure.of(change));
        }
        return high;
    }

    private double low(Figure figure) {
        double low = figure.of(held);
        for (BookVectors change : maybe) {
            low += Math.min(0, figure.of(change));
        }
        return low;
    }
}
