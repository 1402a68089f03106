package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdversariesVerbTest {

    @TempDir private Path dir;

    @Test
    void aSessionPlayedAloneIsARow() {
        Ran alone = run("--only", "12", "--format", "csv");

        assertEquals(0, alone.code(), alone.err());
        List<String> lines = alone.out().lines().toList();
        assertEquals(2, lines.size(), alone.out());
        assertTrue(lines.getFirst().startsWith("strategy,session,wide_limits,taken_usdc"));
        assertTrue(lines.getLast().startsWith("stacked_quotes,12,true,"), alone.out());
    }

    @Test
    void numbersOutOfRangeAreRefusedByName() {
        assertRefused("--sessions=0 must be 1 to 10000000", "--sessions", "0");
        assertRefused("--only=-1 must not be negative", "--only", "-1");
    }

    @Tag("slow")
    @Test
    void aCampaignTellsItsGoalsAndKeepsThem() throws Exception {
        Path page = dir.resolve("page.md");
        Ran ran = run("--sessions", "20", "--append", page.toString());

        assertEquals(0, ran.code(), ran.out() + ran.err());
        long met = ran.out().lines().filter(line -> line.endsWith("| met |")).count();
        assertEquals(4 + 3 * 6, met, ran.out());
        String kept = Files.readString(page);
        assertTrue(kept.contains("campaign adversaries --sessions 20"), kept);
        assertTrue(kept.endsWith(ran.out()), kept);
    }

    private static void assertRefused(String part, String... words) {
        Ran refused = run(words);
        assertNotEquals(0, refused.code());
        assertTrue(refused.err().contains(part), refused.err());
    }

    private static Ran run(String... words) {
        List<String> all = new ArrayList<>(List.of("campaign", "adversaries"));
        all.addAll(List.of(words));
        return Ran.of(all.toArray(String[]::new));
    }
}
