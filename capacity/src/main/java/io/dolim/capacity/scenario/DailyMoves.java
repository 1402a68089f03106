package io.dolim.capacity.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the recorded days that come with the module. */
final class DailyMoves {

    private static final String RESOURCE = "daily-moves.csv";

    private DailyMoves() {}

    static List<DailyMove> recorded() {
        try (InputStream stream = DailyMoves.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("resource=" + RESOURCE + " is missing");
            }
            CsvTable table =
                    CsvTable.read(
                            RESOURCE,
                            new BufferedReader(
                                    new InputStreamReader(stream, StandardCharsets.UTF_8)));
            List<DailyMove> days = new ArrayList<>();
            for (CsvTable.Row row : table.rows()) {
                days.add(
                        new DailyMove(
                                row.number("log_btc"),
                                row.number("log_eth"),
                                row.number("vol_btc")));
            }
            return days;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
