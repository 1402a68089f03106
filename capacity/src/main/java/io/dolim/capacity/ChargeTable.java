package io.dolim.capacity;

import io.dolim.capacity.scenario.CsvTable;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.scenario.ScenarioTable;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.FullRepricing;
import io.dolim.capacity.vector.InstrumentVectors;
import io.dolim.capacity.vector.VectorParameters;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Computes capital charges of a table anew, from definitions alone: anyone can hold the numbers
 * against his own. Settings: capital 10 million, no background, rent 25 % a year, one lot is one
 * coin, forward = spot, no rates, flat volatility of BTC 65,000 at 0.50 and ETH 2,500 at 0.65.
 *
 * <p>Columns that are read: {@code g}, {@code book} as {@code -150 x BTC-65000-30d-C + ...}, {@code
 * instrument}, {@code quantity_bought_by_taker} in whole lots. The charge is before clips.
 */
public final class ChargeTable {

    private static final double CAPITAL_USDC = 10_000_000;
    private static final double RENT_ANNUAL = 0.25;
    private static final String QUANTITY = "quantity_bought_by_taker";
    private static final long MOST_LOTS = 20_000;

    private final ScenarioSet scenarios;
    private final FullRepricing pricer;
    private final SortedMap<String, InstrumentVectors> instruments = new TreeMap<>();
    private final SortedMap<Integer, Potential> potentials = new TreeMap<>();

    private ChargeTable(ScenarioSet scenarios) {
        this.scenarios = scenarios;
        this.pricer = new FullRepricing(scenarios, VectorParameters.STANDARD);
        for (int g = 1; g <= 4; g++) {
            potentials.put(
                    g,
                    new Potential(
                            scenarios,
                            CAPITAL_USDC,
                            new double[scenarios.size()],
                            new Potential.Terms(g, RENT_ANNUAL)));
        }
    }

    /**
     * Prints the table with the column {@code charge} computed, USDC, 17 significant digits.
     *
     * @throws IllegalArgumentException naming table, line, column, value and rule
     */
    public static void print(Reader scenarios, Reader cases, Appendable out) throws IOException {
        ChargeTable table = new ChargeTable(ScenarioTable.read("scenarios", scenarios));
        CsvTable rows = CsvTable.read("csv", cases);
        List<String> columns = new ArrayList<>(rows.columns());
        columns.remove("charge");
        out.append(String.join(",", columns)).append(",charge\n");
        for (CsvTable.Row row : rows.rows()) {
            double charge = table.charge(row);
            for (String column : columns) {
                out.append(row.text(column)).append(',');
            }
            out.append(Double.toString(charge)).append('\n');
        }
    }

    private double charge(CsvTable.Row row) {
        Potential potential = potentials.get((int) row.whole("g"));
        if (potential == null) {
            throw row.refused("g", "must be 1 to 4");
        }
        BookVectors book = book(row);
        long lots = lots(row, QUANTITY, row.whole(QUANTITY));
        BookVectors after = book.plus(instrument(row, "instrument", row.text("instrument")), -lots);
        return phi(row, potential, after) - phi(row, potential, book);
    }

    private static double phi(CsvTable.Row row, Potential potential, BookVectors inventory) {
        return switch (potential.of(inventory)) {
            case Potential.Valued valued -> valued.phi();
            case Potential.Barred barred ->
                    throw row.refused(QUANTITY, "is beyond what the capital carries: " + barred);
        };
    }

    private BookVectors book(CsvTable.Row row) {
        BookVectors book = BookVectors.none(scenarios);
        String text = row.text("book");
        if (text.isEmpty()) {
            return book;
        }
        for (String position : text.split(" \\+ ", -1)) {
            String[] parts = position.split(" x ", -1);
            if (parts.length != 2 || !parts[0].matches("-?\\d{1,9}")) {
                throw row.refused("book", "must read like -150 x BTC-65000-30d-C + ...");
            }
            long lots = lots(row, "book", Long.parseLong(parts[0]));
            book = book.plus(instrument(row, "book", parts[1]), lots);
        }
        return book;
    }

    private static long lots(CsvTable.Row row, String column, long lots) {
        if (lots == 0 || Math.abs(lots) > MOST_LOTS) {
            throw row.refused(column, "must be 1 to " + MOST_LOTS + " lots either way");
        }
        return lots;
    }

    private InstrumentVectors instrument(CsvTable.Row row, String column, String name) {
        try {
            return instruments.computeIfAbsent(
                    name, key -> FlatInstrument.parse(key).vectors(pricer));
        } catch (IllegalArgumentException unreadable) {
            IllegalArgumentException refused =
                    row.refused(column, String.valueOf(unreadable.getMessage()));
            refused.initCause(unreadable);
            throw refused;
        }
    }
}
