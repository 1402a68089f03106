package io.dolim.book.audit;

import io.dolim.quoting.instrument.DayCount;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.OptionQuote;
import io.dolim.quoting.surface.ExpiryQuotes;
import io.dolim.quoting.surface.SurfaceFit;
import io.dolim.quoting.surface.VolSurface;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * How near the surface comes to marks that it was not shown: fitted on every second strike of each
 * expiry (the first, the third, ...), judged on all others.
 *
 * <pre>  rmse = sqrt( mean over the strikes that were not fitted of (sigma_surface - sigma_mark)^2 )   in volatility points</pre>
 */
public final class MarksTable {

    /** Median over the expiries of more than a day, volatility points: at most this. */
    public static final double MEDIAN_GOAL = 1.0;

    /** Worst of the expiries of more than a day, volatility points: at most this. */
    public static final double WORST_GOAL = 2.5;

    private static final double[] DAYS = {0, 1, 2, 7, 30, 90};
    private static final double LEAST_VOL = 0.01;
    private static final double MOST_VOL = 20.0;

    private MarksTable() {}

    /**
     * One expiry of one chain.
     *
     * @param timeMs when the chain stood, milliseconds since 1970
     * @param days to expiry
     * @param rmse volatility points; infinite when there was no surface
     */
    public record Score(
            Underlying underlying, long timeMs, Expiry expiry, double days, double rmse) {}

    /**
     * Expiries of a range of days.
     *
     * @param above how many lie above {@link #WORST_GOAL}
     */
    public record Row(
            String days, int expiries, double median, double p90, double worst, int above) {}

    /** Judges the chains of one underlying at one moment. */
    public static List<Score> judged(long timeMs, List<FeedEvent.ChainQuotes> chains) {
        List<Marks> all = chains.stream().map(Marks::of).toList();
        List<ExpiryQuotes> fitted = all.stream().map(Marks::everySecond).toList();
        SurfaceFit.Outcome outcome = SurfaceFit.fit(timeMs, fitted);
        List<Score> scores = new ArrayList<>();
        for (Marks marks : all) {
            if (marks.vols.size() > 1) {
                double rmse =
                        switch (outcome) {
                            case SurfaceFit.Fitted fit -> marks.rmse(fit.surface());
                            case SurfaceFit.Refused _ -> Double.POSITIVE_INFINITY;
                        };
                double days = (double) (marks.expiry.epochMs() - timeMs) / DayCount.MILLIS_PER_DAY;
                scores.add(new Score(marks.underlying, timeMs, marks.expiry, days, rmse));
            }
        }
        return scores;
    }

    /** One volatility a strike. */
    private record Marks(
            Underlying underlying, Expiry expiry, double forward, TreeMap<Double, Double> vols) {

        static Marks of(FeedEvent.ChainQuotes chain) {
            TreeMap<Double, Double> vols = new TreeMap<>();
            for (OptionQuote quote : chain.quotes()) {
                if (quote.markVol() > LEAST_VOL && quote.markVol() < MOST_VOL) {
                    vols.put(quote.strike().doubleValue(), quote.markVol());
                }
            }
            return new Marks(chain.underlying(), chain.expiry(), chain.forwardUsdc(), vols);
        }

        ExpiryQuotes everySecond() {
            List<io.dolim.quoting.surface.OptionQuote> quotes = new ArrayList<>();
            boolean isFitted = true;
            for (var mark : vols.entrySet()) {
                if (isFitted) {
                    quotes.add(
                            io.dolim.quoting.surface.OptionQuote.ofMark(
                                    mark.getKey(), mark.getValue()));
                }
                isFitted = !isFitted;
            }
            return new ExpiryQuotes(expiry.epochMs(), forward, 1.0, quotes);
        }

        double rmse(VolSurface surface) {
            double sum = 0.0;
            int n = 0;
            boolean isFitted = true;
            for (var mark : vols.entrySet()) {
                if (!isFitted) {
                    double vol = surface.volAnnual(expiry.epochMs(), mark.getKey());
                    double points = 100.0 * (vol - mark.getValue());
                    sum += points * points;
                    n++;
                }
                isFitted = !isFitted;
            }
            return Math.sqrt(sum / n);
        }
    }

    /** The table by days to expiry; its last row is all of more than a day. */
    public static List<Row> rows(List<Score> scores) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < DAYS.length; i++) {
            double from = DAYS[i];
            boolean isLast = i + 1 == DAYS.length;
            double to = isLast ? Double.POSITIVE_INFINITY : DAYS[i + 1];
            String name =
                    isLast ? "over " + (long) from : (long) from + " to " + (long) DAYS[i + 1];
            rows.add(row(name, scores, score -> score.days() > from && score.days() <= to));
        }
        rows.add(beyondADay(scores));
        return rows;
    }

    /** All expiries of more than a day. */
    public static Row beyondADay(List<Score> scores) {
        return row("all over 1", scores, score -> score.days() > 1.0);
    }

    /** The worst of more than a day, worst first. */
    public static List<Score> worst(List<Score> scores, int most) {
        return scores.stream()
                .filter(score -> score.days() > 1.0)
                .sorted(Comparator.comparingDouble(Score::rmse).reversed())
                .limit(most)
                .toList();
    }

    private static Row row(String name, List<Score> scores, Predicate<Score> in) {
        double[] sorted = scores.stream().filter(in).mapToDouble(Score::rmse).sorted().toArray();
        int above = 0;
        for (double rmse : sorted) {
            above += rmse > WORST_GOAL ? 1 : 0;
        }
        return new Row(
                name,
                sorted.length,
                quantile(sorted, 0.5),
                quantile(sorted, 0.9),
                quantile(sorted, 1.0),
                above);
    }

    private static double quantile(double[] sorted, double share) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }
}
