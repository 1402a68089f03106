package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.BookEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool on recorded chains that lists by a rule of its own besides. */
class ListedByRuleTest {

    @TempDir private Path data;
    @TempDir private Path state;

    @Test
    @Tag("slow")
    void whatTheRuleListsIsWrittenBesideTheChainsAndLeavesWithItsExpiry() throws Exception {
        MadeUpChains chains = new MadeUpChains(data, 0);
        chains.write("2026-03-02T06:50:00Z", 70_000, 2_600);
        chains.write("2026-03-02T08:40:00Z", 71_000, 2_590);
        Path rule =
                Files.writeString(
                        state.resolve("rule.conf"),
                        "dolim.pool.underlyings.BTC.listing { beside-feed = true, dailies = 2,"
                                + " weeklies = 0, monthlies = 0, quarterlies = 0 }\n");
        String said = run(rule);
        List<String> listed = new ArrayList<>();
        List<String> delisted = new ArrayList<>();
        for (EventEnvelope one : StoppedJournal.read(state, "*")) {
            switch (one.event()) {
                case BookEvent.InstrumentListed e -> listed.add(e.contract().name());
                case BookEvent.InstrumentDelisted e -> delisted.add(e.contract().name());
                default -> {}
            }
        }
        // strikes of a chain lie 2,500 apart, and none ends on the 3rd
        String gone = "BTC_USDC-2MAR26-69500-C";
        String stays = "BTC_USDC-3MAR26-70000-C";
        // 71,000 is eight steps of 500 below it: the rule has followed the spot
        String followed = "BTC_USDC-3MAR26-75000-P";
        assertAll(
                said,
                () -> assertTrue(listed.containsAll(List.of(gone, stays, followed))),
                () -> assertTrue(listed.contains("BTC_USDC-13MAR26-70000-C"), "the chain's"),
                () -> assertEquals(listed.size(), new TreeSet<>(listed).size(), "once each"),
                () -> assertTrue(delisted.contains(gone)),
                () -> assertFalse(delisted.contains(stays)),
                () -> assertFalse(said.contains("VIOLATION")));
    }

    private String run(Path rule) throws Exception {
        try (EngineProcess engine =
                EngineProcess.launch(
                        state,
                        "--feed",
                        "replay",
                        "--data",
                        data.toString(),
                        "--step",
                        "chain",
                        "--config",
                        rule.toString())) {
            int code = engine.exitCode();
            String said = engine.output();
            assertEquals(0, code, said);
            return said;
        }
    }
}
