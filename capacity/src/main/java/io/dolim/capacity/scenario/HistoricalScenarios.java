package io.dolim.capacity.scenario;

import io.dolim.capacity.scenario.SetRecipe.Mapping;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.math.Elementary;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Joint moves of recorded days. Sample means are removed before anything is repriced: the mean spot
 * factor of an underlying over the days is 1 and its mean volatility shock 0, so that history's
 * drift is not taken for income.
 *
 * <p>Filtered, a day's move in multiples of its forecast is multiplied by today's volatility: that of
 * the version, else the record's long-run volatility times beta.
 *
 * <p>Mirrored, each day stands a second time with all spots the other way and the volatility index as
 * it moved.
 */
final class HistoricalScenarios {

    private static final double DAYS_PER_YEAR = 365;

    private HistoricalScenarios() {}

    /**
     * @param weight of all of them together
     * @throws IllegalArgumentException when the version names a volatility that nothing reads
     */
    static List<Scenario> of(
            SetRecipe recipe,
            SetVersion version,
            SortedMap<Underlying, Mapping> mappings,
            double weight) {
        RecordedHistory history = RecordedHistory.of(recipe.history());
        requireRead(history, version, mappings);
        SortedMap<Underlying, double[]> moves = new TreeMap<>();
        mappings.forEach(
                (underlying, mapping) ->
                        moves.put(
                                underlying,
                                withoutDrift(
                                        history,
                                        mapping,
                                        factor(history, version, underlying, mapping),
                                        recipe.history().mirrored())));
        double[] vols =
                recipe.history().mirrored() ? twice(history.volShocks()) : history.volShocks();
        double meanVol = EightSums.of(vols.length, d -> vols[d]) / vols.length;
        List<Scenario> scenarios = new ArrayList<>();
        for (int d = 0; d < vols.length; d++) {
            int day = d;
            SortedMap<Underlying, Move> joint = new TreeMap<>();
            moves.forEach(
                    (underlying, logs) ->
                            joint.put(underlying, new Move(logs[day], vols[day] - meanVol)));
            scenarios.add(
                    new Scenario(
                            Family.HISTORICAL,
                            history.name(day % history.size())
                                    + (day < history.size() ? "" : "-mirrored"),
                            weight / vols.length,
                            1,
                            joint,
                            Conditions.CALM));
        }
        return scenarios;
    }

    /** Today's volatility of a day when history is filtered, else beta. */
    private static double factor(
            RecordedHistory history, SetVersion version, Underlying underlying, Mapping mapping) {
        if (!history.filtered()) {
            return mapping.beta();
        }
        BigDecimal today = version.volAnnual().get(underlying);
        return today == null
                ? mapping.beta() * history.longRunVolatility(mapping.source())
                : today.doubleValue() / Math.sqrt(DAYS_PER_YEAR);
    }

    private static double[] withoutDrift(
            RecordedHistory history, Mapping mapping, double factor, boolean mirrored) {
        double[] logs = new double[mirrored ? 2 * history.size() : history.size()];
        for (int d = 0; d < history.size(); d++) {
            double move = factor * history.spot(mapping.source(), d);
            logs[d] = move;
            if (mirrored) {
                logs[history.size() + d] = -move;
            }
        }
        double drift =
                Elementary.log(
                        EightSums.of(logs.length, d -> Elementary.exp(logs[d])) / logs.length);
        for (int d = 0; d < logs.length; d++) {
            logs[d] -= drift;
        }
        return logs;
    }

    private static double[] twice(double[] values) {
        double[] twice = Arrays.copyOf(values, 2 * values.length);
        System.arraycopy(values, 0, twice, values.length, values.length);
        return twice;
    }

    private static void requireRead(
            RecordedHistory history, SetVersion version, SortedMap<Underlying, Mapping> mappings) {
        boolean read =
                history.filtered() && mappings.keySet().containsAll(version.volAnnual().keySet());
        if (!version.volAnnual().isEmpty() && !read) {
            throw new IllegalArgumentException(
                    "scenario set="
                            + version
                            + " must name volatilities of "
                            + (history.filtered()
                                    ? mappings.keySet()
                                    : "nothing: it is not filtered"));
        }
    }
}
