package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator meets when a start cannot be. */
@Tag("slow")
class StartTest {

    @TempDir private Path dir;

    @Test
    void aSecondStartOnTheSameStateIsRefusedInOneLine() throws Exception {
        try (EngineProcess first =
                EngineProcess.ready(dir, HttpClient.newHttpClient(), "--takers", "0")) {
            EngineProcess second = EngineProcess.launch(dir, "--takers", "0");
            assertEquals(4, second.exitCode());
            assertEquals(1, said(second).size(), second.output());
            assertTrue(second.output().contains("journal locked"), second.output());
            assertTrue(first.output().contains("Ready."), first.output());
        }
    }

    @Test
    void aDamagedJournalRefusesTheStartAndNamesThePlace() throws Exception {
        try (EngineProcess first =
                EngineProcess.ready(dir, HttpClient.newHttpClient(), "--takers", "0")) {
            assertEquals(143, first.stop());
        }
        Path data = dir.resolve("journal").resolve("data.mdb");
        // wherever a listing's tag stands: a byte of a page that is free would harm nothing
        String content = Files.readString(data, StandardCharsets.ISO_8859_1);
        assertTrue(content.contains("kind:instrument-listed"));
        String damaged = content.replace("kind:instrument-listed", "kind:instrument-lixted");
        Files.writeString(data, damaged, StandardCharsets.ISO_8859_1);
        try (EngineProcess second = EngineProcess.launch(dir, "--takers", "0")) {
            assertEquals(3, second.exitCode(), second.output());
            assertEquals(1, said(second).size(), second.output());
            assertTrue(second.output().contains("dolim: journal corrupt: place="), second.output());
        }
    }

    @Test
    void aPortInUseIsSaidInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EngineProcess engine =
                    EngineProcess.launch(dir, "--port", Integer.toString(taken.getLocalPort()));
            assertEquals(2, engine.exitCode());
            assertEquals(1, said(engine).size(), engine.output());
            assertTrue(engine.output().contains("already in use"), engine.output());
        }
    }

    @Test
    void badFlagsAreUsage() throws Exception {
        SortedMap<String, List<String>> refusals = new TreeMap<>();
        refusals.put("--speed=0.0 must be above 0", List.of("--speed", "0"));
        refusals.put("--takers=-1 must be 0 to 1000", List.of("--takers", "-1"));
        refusals.put("--feed replay needs --data", List.of("--feed", "replay"));
        refusals.put("Invalid value for option '--feed'", List.of("--feed", "oracle"));
        refusals.put("--key must read ID:SECRET", List.of("--key", "nosecret"));
        refusals.put("--from and --step go with --feed replay", List.of("--from", "2026-01-28"));
        refusals.put("no such file: /nowhere.conf", List.of("--config", "/nowhere.conf"));
        for (var refusal : refusals.entrySet()) {
            EngineProcess engine =
                    EngineProcess.launch(dir, refusal.getValue().toArray(String[]::new));
            assertEquals(2, engine.exitCode(), refusal + "\n" + engine.output());
            assertTrue(engine.output().contains(refusal.getKey()), engine.output());
        }
    }

    @Test
    void aStateOfAnotherFeedIsRefused() throws Exception {
        Files.writeString(dir.resolve("market-clock"), "deribit 1770000000000\n");
        EngineProcess engine = EngineProcess.launch(dir, "--takers", "0");
        assertEquals(2, engine.exitCode());
        assertTrue(engine.output().contains("--feed deribit"), engine.output());
    }

    @Test
    void anotherLotThanTheJournalsIsRefused() throws Exception {
        try (EngineProcess first =
                EngineProcess.ready(dir, HttpClient.newHttpClient(), "--takers", "0")) {
            assertEquals(143, first.stop());
        }
        Path config =
                Files.writeString(
                        dir.resolve("lots.conf"),
                        "dolim.pool.underlyings.BTC.coins-per-lot = \"0.1\"\n");
        EngineProcess second =
                EngineProcess.launch(dir, "--takers", "0", "--config", config.toString());
        assertEquals(2, second.exitCode());
        assertTrue(
                second.output().contains("coins-per-lot of BTC is configured 0.1"),
                second.output());
    }

    /** Its lines, without what the JVM itself prints of the Vector API. */
    private static List<String> said(EngineProcess engine) {
        return engine.output().lines().filter(line -> !line.startsWith("WARNING:")).toList();
    }
}
