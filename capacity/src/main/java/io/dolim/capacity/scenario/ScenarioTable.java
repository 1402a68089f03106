package io.dolim.capacity.scenario;

import io.dolim.quoting.instrument.Underlying;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads scenarios from CSV: {@code family} ({@code hist}, {@code event} or {@code grid}), {@code
 * weight}, {@code damping}, and for each underlying {@code log_move_btc} and {@code vol_shock_btc}.
 */
public final class ScenarioTable {

    private static final String LOG_MOVE = "log_move_";
    private static final String VOL_SHOCK = "vol_shock_";

    private ScenarioTable() {}

    /**
     * The set of a table, horizon one day.
     *
     * @throws IllegalArgumentException naming line, column, value and rule
     */
    public static ScenarioSet read(String name, Reader reader) throws IOException {
        CsvTable table = CsvTable.read(name, reader);
        SortedMap<Underlying, String> codes = new TreeMap<>();
        for (String column : table.columns()) {
            if (column.startsWith(LOG_MOVE)) {
                String code = column.substring(LOG_MOVE.length());
                codes.put(new Underlying(code.toUpperCase(Locale.ROOT)), code);
            }
        }
        List<Scenario> scenarios = new ArrayList<>();
        for (CsvTable.Row row : table.rows()) {
            scenarios.add(scenario(row, codes));
        }
        return ScenarioSet.of(name, 1, scenarios);
    }

    private static Scenario scenario(CsvTable.Row row, SortedMap<Underlying, String> codes) {
        SortedMap<Underlying, Move> moves = new TreeMap<>();
        try {
            codes.forEach(
                    (underlying, code) ->
                            moves.put(
                                    underlying,
                                    new Move(
                                            row.number(LOG_MOVE + code),
                                            row.number(VOL_SHOCK + code))));
            return new Scenario(family(row), row.number("weight"), row.number("damping"), moves);
        } catch (IllegalArgumentException outOfRange) {
            throw new IllegalArgumentException(
                    row.name() + " line " + row.line() + ": " + outOfRange.getMessage(),
                    outOfRange);
        }
    }

    private static Family family(CsvTable.Row row) {
        return switch (row.text("family")) {
            case "hist" -> Family.HISTORICAL;
            case "event" -> Family.EVENT;
            case "grid" -> Family.GRID;
            default -> throw row.refused("family", "must be hist, event or grid");
        };
    }
}
