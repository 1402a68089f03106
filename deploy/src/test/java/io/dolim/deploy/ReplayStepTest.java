package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run from chain to chain, as an operator starts it: it audits every chain, and ends by itself. */
class ReplayStepTest {

    @TempDir private Path data;
    @TempDir private Path state;

    @Test
    @Tag("slow")
    void aRunOverSmoothChainsMeetsItsGoalsAndEndsWithZero() throws Exception {
        MadeUpChains chains = new MadeUpChains(data, 0);
        chains.write("2026-03-02T06:50:00Z", 70_000, 2_600);
        // over 08:00, where an expiry ends
        chains.write("2026-03-02T08:40:00Z", 70_400, 2_590);
        chains.write("2026-03-02T12:00:00Z", 69_500, 2_610);
        String said = run(0, data);
        assertAll(
                said,
                () -> assertTrue(said.contains("chain  1 of 3  2026-03-02T06:50:00Z")),
                () -> assertTrue(said.contains("chain  3 of 3  2026-03-02T12:00:00Z")),
                // 13 strikes, call and put, 2 coins: 4 expiries, then 3 and 3
                () -> assertCounts(said, "contracts in the chains or listed", 520),
                () -> assertCounts(said, "on unlisted strikes, firm bid and ask", 240),
                () -> assertCounts(said, "on unlisted expiries, firm bid and ask", 72),
                () -> assertCounts(said, "refused", 0),
                () -> assertFalse(said.contains("VIOLATION")),
                () -> assertFalse(said.contains("NOT MET")));
    }

    @Test
    @Tag("slow")
    void marksThatTheSurfaceCannotMeetAreSaidAndEndWithOne() throws Exception {
        new MadeUpChains(data, 6).write("2026-03-02T12:00:00Z", 70_000, 2_600);
        String said = run(1, data);
        assertAll(
                said,
                () -> assertTrue(said.contains("NOT MET")),
                () -> assertFalse(said.contains("VIOLATION")));
    }

    @Test
    @Tag("slow")
    void recordedChainsAreQuotedWholeWithoutAViolation() throws Exception {
        Path recorded =
                Path.of(
                                Optional.ofNullable(System.getenv("DOLIM_DATA"))
                                        .orElse("../../shared/data"))
                        .resolve("deribit_options_dev");
        assumeTrue(Files.isDirectory(recorded), "absent: " + recorded);
        try (EngineProcess engine =
                EngineProcess.launch(
                        state,
                        "--feed",
                        "replay",
                        "--data",
                        recorded.toString(),
                        "--from",
                        "2026-02-07",
                        "--step",
                        "chain")) {
            int code = engine.exitCode();
            String said = engine.output();
            assertAll(
                    said,
                    () -> assertTrue(said.contains("chain  4 of 4  2026-02-07T21:26:12Z")),
                    () -> assertCounts(said, "refused", 0),
                    () -> assertFalse(said.contains("VIOLATION")),
                    () -> assertEquals(said.contains("NOT MET") ? 1 : 0, code));
        }
    }

    private String run(int expectedCode, Path folder) throws Exception {
        try (EngineProcess engine =
                EngineProcess.launch(
                        state,
                        "--feed",
                        "replay",
                        "--data",
                        folder.toString(),
                        "--step",
                        "chain")) {
            int code = engine.exitCode();
            String said = engine.output();
            assertEquals(expectedCode, code, said);
            return said;
        }
    }

    private static void assertCounts(String said, String what, int count) {
        assertTrue(
                Pattern.compile(Pattern.quote(what) + " +" + count + "(\\R|$)")
                        .matcher(said)
                        .find(),
                what + " " + count);
    }
}
