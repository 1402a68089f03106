package io.dolim.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalBenchTest {

    private static final Pattern TURN =
            Pattern.compile(
                    "\\{\"contender\":\"(\\w+)\",\"batch\":(\\d+),\"round\":(\\d+),\"events\":([1-9]\\d*),\"nanos\":[1-9]\\d*,\"call_bytes\":\\d+,\"disk_bytes\":-?\\d+\\}");

    @TempDir private Path dir = Path.of(".");

    @Test
    void everyContenderTakesATurnOfEveryBatchInEveryRound() throws Exception {
        var event = Files.write(dir.resolve("event"), new byte[200]);
        var said = new StringWriter();
        var code =
                ToolProvider.findFirst("journal-bench")
                        .orElseThrow()
                        .run(
                                new PrintWriter(said),
                                new PrintWriter(new StringWriter()),
                                "--dir",
                                dir.toString(),
                                "--event",
                                event.toString(),
                                "--batches",
                                "1,7",
                                "--rounds",
                                "2",
                                "--millis",
                                "1");
        assertEquals(0, code, said.toString());
        var turns = said.toString().lines().map(TURN::matcher).toList();
        assertTrue(turns.stream().allMatch(java.util.regex.Matcher::matches), said.toString());
        assertEquals(
                List.of(
                        "append 1 0",
                        "lmdb 1 0",
                        "store 1 0",
                        "append 7 0",
                        "lmdb 7 0",
                        "store 7 0",
                        "append 1 1",
                        "lmdb 1 1",
                        "store 1 1",
                        "append 7 1",
                        "lmdb 7 1",
                        "store 7 1"),
                turns.stream()
                        .map(turn -> turn.group(1) + " " + turn.group(2) + " " + turn.group(3))
                        .toList());
        assertTrue(
                turns.stream()
                        .allMatch(
                                turn ->
                                        Integer.parseInt(turn.group(4))
                                                        % Integer.parseInt(turn.group(2))
                                                == 0),
                said.toString());
    }
}
