package io.dolim.capacity.scenario;

import io.dolim.capacity.scenario.SetRecipe.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The recorded days of a recipe, one column a source, sample means included.
 *
 * <p>As recorded, a column holds moves. Filtered, it holds moves divided by the volatility forecast
 * of their day; all columns of one date stay together.
 */
final class RecordedHistory {

    private final List<String> names = new ArrayList<>();
    private final Map<Source, Column> spots = new EnumMap<>(Source.class);
    private final Column vol = new Column();
    private final boolean filtered;

    /** One source's days, and its moves as they were for the long-run volatility. */
    private static final class Column {
        private double[] days = {};
        private double[] recorded = {};

        void append(double[] more, double[] raw) {
            days = joined(days, more);
            recorded = joined(recorded, raw);
        }

        private static double[] joined(double[] one, double[] other) {
            double[] both = Arrays.copyOf(one, one.length + other.length);
            System.arraycopy(other, 0, both, one.length, other.length);
            return both;
        }
    }

    private RecordedHistory(boolean filtered) {
        this.filtered = filtered;
        for (Source source : Source.values()) {
            spots.put(source, new Column());
        }
    }

    /** Days of each hour after those of the hour before; each hour is filtered by itself. */
    static RecordedHistory of(HistoryParameters parameters) {
        RecordedHistory history = new RecordedHistory(parameters.filter().isPresent());
        for (int hour : parameters.hours()) {
            history.append(DailyMoves.recorded(hour), hour, parameters);
        }
        return history;
    }

    private void append(List<DailyMove> days, int hour, HistoryParameters parameters) {
        int skipped = parameters.filter().map(HistoryParameters.Filter::warmUpDays).orElse(0);
        for (DailyMove day : days.subList(Math.min(skipped, days.size()), days.size())) {
            names.add(day.from() + (hour == 0 ? "" : "T" + hour));
        }
        append(column(Source.BTC), days, DailyMove::logBtc, parameters);
        append(column(Source.ETH), days, DailyMove::logEth, parameters);
        append(vol, days, DailyMove::volShock, parameters);
    }

    private static void append(
            Column column,
            List<DailyMove> days,
            ToDoubleFunction<DailyMove> figure,
            HistoryParameters parameters) {
        double[] moves = new double[days.size()];
        for (int d = 0; d < moves.length; d++) {
            moves[d] = figure.applyAsDouble(days.get(d));
        }
        column.append(parameters.filter().map(f -> Standardised.of(moves, f)).orElse(moves), moves);
    }

    int size() {
        return names.size();
    }

    /** The date on which a day begins, with its hour when that is not midnight. */
    String name(int day) {
        return names.get(day);
    }

    boolean filtered() {
        return filtered;
    }

    /** A source's day: a log move, or filtered its multiple of the forecast. */
    double spot(Source source, int day) {
        return column(source).days[day];
    }

    /** A source's volatility of a day over the whole record, the warm-up included. */
    double longRunVolatility(Source source) {
        return Standardised.rootMeanSquare(column(source).recorded);
    }

    /** Relative moves of the volatility index; filtered, scaled to the record's long-run ones. */
    double[] volShocks() {
        double[] shocks = vol.days.clone();
        if (filtered) {
            double longRun = Standardised.rootMeanSquare(vol.recorded);
            for (int d = 0; d < shocks.length; d++) {
                shocks[d] *= longRun;
            }
        }
        return shocks;
    }

    private Column column(Source source) {
        Column column = spots.get(source);
        if (column == null) {
            throw new IllegalStateException("source=" + source + " has no column");
        }
        return column;
    }
}
