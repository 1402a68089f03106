package io.dolim.quoting.surface;

import io.dolim.quoting.instrument.DayCount;
import io.dolim.quoting.math.Elementary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The usable quotes of one expiry in the fit's own units: {@code x = k / s} and {@code y = w / s^2}
 * with {@code s} the at-the-money volatility times sqrt(T), so that hours and years look alike.
 * Arrays are not shared with callers.
 */
final class SmileQuotes {

    /** Volatilities outside are not quotes. */
    private static final double LEAST_VOL = 0.01;

    private static final double MOST_VOL = 20.0;

    /** Spread, in volatility, at which a quote counts half. */
    private static final double HALF_TRUST_SPREAD = 0.04;

    /** What a strike without two sides counts where others have them. */
    private static final double ONE_SIDED_TRUST = 0.25;

    final long expiryMs;
    final double years;
    final double forward;
    final double discount;
    final double scale;
    final double[] x;
    final double[] y;
    final double[] trust;

    private SmileQuotes(ExpiryQuotes chain, double years, double scale, double[][] columns) {
        this.expiryMs = chain.expiryMs();
        this.years = years;
        this.forward = chain.forward();
        this.discount = chain.discount();
        this.scale = scale;
        this.x = columns[0];
        this.y = columns[1];
        this.trust = columns[2];
    }

    int size() {
        return x.length;
    }

    double fromK() {
        return x[0] * scale;
    }

    double toK() {
        return x[x.length - 1] * scale;
    }

    /** Of an expiry that is not looked at. */
    static SmileQuotes none(ExpiryQuotes chain) {
        return new SmileQuotes(chain, 0.0, 1.0, new double[3][0]);
    }

    /** The same without those that are marked. */
    SmileQuotes without(boolean[] marked) {
        int[] kept = new int[x.length];
        int n = 0;
        for (int i = 0; i < x.length; i++) {
            if (!marked[i]) {
                kept[n++] = i;
            }
        }
        double[][] columns = new double[3][n];
        for (int i = 0; i < n; i++) {
            columns[0][i] = x[kept[i]];
            columns[1][i] = y[kept[i]];
            columns[2][i] = trust[kept[i]];
        }
        ExpiryQuotes chain = new ExpiryQuotes(expiryMs, forward, discount, List.of());
        return new SmileQuotes(chain, years, scale, columns);
    }

    /** The same with other weights. */
    SmileQuotes trusted(double[] other) {
        ExpiryQuotes chain = new ExpiryQuotes(expiryMs, forward, discount, List.of());
        return new SmileQuotes(chain, years, scale, new double[][] {x, y, other});
    }

    /** Usable quotes in rising strike, one a strike: that with the tightest spread. */
    static SmileQuotes of(long fixedAtMs, ExpiryQuotes chain) {
        List<Point> points = new ArrayList<>();
        for (OptionQuote quote : chain.quotes()) {
            double vol = vol(quote);
            double strike = quote.strike();
            if (vol > LEAST_VOL && vol < MOST_VOL && strike > 0.0 && Double.isFinite(strike)) {
                points.add(new Point(strike, vol, spread(quote)));
            }
        }
        points.sort(
                Comparator.comparingDouble(Point::strike)
                        .thenComparingDouble(Point::spread)
                        .thenComparingDouble(Point::vol));
        List<Point> single = new ArrayList<>();
        for (Point point : points) {
            if (single.isEmpty() || single.getLast().strike() != point.strike()) {
                single.add(point);
            }
        }
        return of(fixedAtMs, chain, single);
    }

    private static SmileQuotes of(long fixedAtMs, ExpiryQuotes chain, List<Point> points) {
        int n = points.size();
        double years = DayCount.years(fixedAtMs, chain.expiryMs());
        double[][] columns = new double[3][n];
        boolean twoSided = points.stream().anyMatch(point -> Double.isFinite(point.spread()));
        for (int i = 0; i < n; i++) {
            columns[0][i] = Elementary.log(points.get(i).strike() / chain.forward());
            columns[2][i] = twoSided ? trust(points.get(i).spread()) : 1.0;
        }
        double atm = n == 0 ? 1.0 : atTheMoney(columns[0], points);
        double scale = atm * Math.sqrt(years);
        for (int i = 0; i < n; i++) {
            double ratio = points.get(i).vol() / atm;
            columns[0][i] /= scale;
            columns[1][i] = ratio * ratio;
        }
        return new SmileQuotes(chain, years, scale, columns);
    }

    /** The median of the three volatilities nearest the forward: one bad quote does not set it. */
    private static double atTheMoney(double[] k, List<Point> points) {
        int nearest = 0;
        for (int i = 1; i < k.length; i++) {
            if (Math.abs(k[i]) < Math.abs(k[nearest])) {
                nearest = i;
            }
        }
        int from = Math.max(0, Math.min(nearest - 1, k.length - 3));
        double[] vols =
                points.subList(from, Math.min(k.length, from + 3)).stream()
                        .mapToDouble(Point::vol)
                        .toArray();
        Arrays.sort(vols);
        return vols[vols.length / 2];
    }

    private static double trust(double spread) {
        return Double.isFinite(spread)
                ? HALF_TRUST_SPREAD / (HALF_TRUST_SPREAD + spread)
                : ONE_SIDED_TRUST;
    }

    /** The mark where it lies within the sides, else their middle, else whichever is known. */
    private static double vol(OptionQuote quote) {
        double spread = spread(quote);
        double mark = quote.markVol().orElse(Double.NaN);
        if (!Double.isFinite(spread)) {
            return mark;
        }
        double bid = quote.bidVol().orElseThrow();
        double ask = quote.askVol().orElseThrow();
        return mark >= bid && mark <= ask ? mark : 0.5 * (bid + ask);
    }

    /** Ask less bid, infinite where a side is missing, not a volatility, or crossed. */
    private static double spread(OptionQuote quote) {
        double bid = quote.bidVol().orElse(Double.NaN);
        double ask = quote.askVol().orElse(Double.NaN);
        boolean usable = bid > LEAST_VOL && ask < MOST_VOL && bid <= ask;
        return usable ? ask - bid : Double.POSITIVE_INFINITY;
    }

    private record Point(double strike, double vol, double spread) {}
}
