package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A walk with a pool that is short gamma: what it refuses, and a whole one over smooth chains. */
class GammaVerbTest {

    @TempDir private Path data;
    @TempDir private Path to;

    @Test
    void whatCannotBeWalkedIsRefusedByName() throws IOException {
        Path absent = data.resolve("absent");
        Path file = Files.writeString(data.resolve("20260305T000000Z.txt"), "");
        refused("--data=" + absent + " is no folder that can be read", "--data", absent.toString());
        refused("--data=" + file + " is no folder that can be read", "--data", file.toString());
        refused("--days=0 must be 1 to 30", "--data", data.toString(), "--days", "0");
        refused("--every=241 must be 1 to 240", "--data", data.toString(), "--every", "241");
        refused("Missing required option: '--data=DIR'");
        refused(
                "folder=" + data + " holds no 20260130T154506Z.csv.gz from 2026-02-05 on",
                "--data",
                data.toString());
        try (var written = Files.list(to)) {
            assertEquals(List.of(), written.toList());
        }
    }

    private void refused(String why, String... words) {
        Ran ran = run(words);
        assertEquals(2, ran.code(), ran.err());
        assertTrue(ran.err().contains(why), ran.err());
    }

    @Test
    @Tag("slow")
    void overSmoothChainsTheSpreadFollowsTheStrain() throws Exception {
        MadeUpChains chains = new MadeUpChains(data, List.of("4MAR26", "3APR26", "26JUN26"), 0);
        chains.write("2026-03-02T09:00:00Z", 70_000, 2_600);
        chains.write("2026-03-02T16:00:00Z", 68_000, 2_500);
        chains.write("2026-03-03T00:10:00Z", 69_000, 2_550);
        String[] words = {
            "--data", data.toString(), "--from", "2026-03-02", "--days", "1", "--every", "20"
        };
        Ran ran = run(words);

        // a flat pool charges both sides, so its width is more than that of one a little short
        assertEquals(1, ran.code(), ran.out() + ran.err());
        List<String> notMet = ran.out().lines().filter(line -> line.endsWith("MET** |")).toList();
        assertEquals(2, notMet.size(), ran.out());
        for (String goal : notMet) {
            assertTrue(goal.contains(": ask less bid, "), ran.out());
        }
        assertEquals(
                2 + 2 + 3 + 2,
                ran.out().lines().filter(line -> line.endsWith("| met |")).count(),
                ran.out());
        List<String> rows = Files.readAllLines(to.resolve("gamma.csv"));
        assertTrue(rows.size() > 80, "rows=" + rows.size());
        assertFalse(rows.stream().anyMatch(row -> row.contains("NaN")), rows.toString());
        assertTrue(Files.size(to.resolve("gamma.png")) > 10_000);
    }

    private Ran run(String... words) {
        List<String> all = new ArrayList<>(List.of("campaign", "gamma", "--to", to.toString()));
        all.addAll(List.of(words));
        return Ran.of(all.toArray(String[]::new));
    }
}
