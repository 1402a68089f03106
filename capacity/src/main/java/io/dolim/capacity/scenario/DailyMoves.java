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

    private DailyMoves() {}

    /**
     * The days that begin at an hour, oldest first; two series of them overlap by half.
     *
     * @param hour 0 or 12, UTC
     */
    static List<DailyMove> recorded(int hour) {
        String resource = hour == 0 ? "daily-moves.csv" : "noon-moves.csv";
        try (InputStream stream = DailyMoves.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("resource=" + resource + " is missing");
            }
            CsvTable table =
                    CsvTable.read(
                            resource,
                            new BufferedReader(
                                    new InputStreamReader(stream, StandardCharsets.UTF_8)));
            List<DailyMove> days = new ArrayList<>();
            for (CsvTable.Row row : table.rows()) {
                days.add(
                        new DailyMove(
                                row.text("date"),
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
