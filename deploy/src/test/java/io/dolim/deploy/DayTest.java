package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small day with a settlement in it: the campaign finds it sound, and so does the script. */
@Tag("slow")
class DayTest {

    /** Takers trade in the nearest expiry for some minutes before it closes. */
    private static final LocalTime BEFORE_EXPIRY = LocalTime.of(7, 12);

    /** Until its settlement is over. */
    private static final String HOURS = "0.87";

    @TempDir private Path dir;

    @Test
    void aDayReplaysAndTheScriptFindsTheSameTradesAndAccounts() throws Exception {
        Path state = dir.resolve("day");
        CalmMarket.beginsTomorrowAt(state, BEFORE_EXPIRY);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                Main.commandLine()
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(
                                "campaign",
                                "day",
                                "--trades",
                                "40",
                                "--takers",
                                "12",
                                "--hours",
                                HOURS,
                                "--dir",
                                state.toString(),
                                "--beside",
                                "src/test/resources/fee.py");
        String said = out + "\n" + err;
        List<String> goals =
                out.toString()
                        .lines()
                        .filter(line -> line.endsWith("met |") || line.endsWith("MET** |"))
                        .toList();
        assertEquals(8, goals.size(), said);
        // so few trades carry the listing and the market's tape alone: the bytes are the whole
        // day's goal
        List<String> bytes = goals.subList(0, 2);
        assertTrue(bytes.stream().allMatch(goal -> goal.contains("for a trade")), said);
        for (String goal : goals.subList(2, goals.size())) {
            assertTrue(goal.endsWith("| met |"), said);
        }
        assertTrue(said.contains("3 expiries were settled"), said);
        assertTrue(said.contains("| expiry-settled.1 |"), said);
        assertEquals(bytes.stream().allMatch(goal -> goal.endsWith("| met |")) ? 0 : 1, code, said);
    }
}
