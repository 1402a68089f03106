package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Twenty kills of a whole engine under load, see {@link EngineTorture}. */
@Tag("slow")
class KillTest {

    private static final long SEED = 20_260_131L;
    private static final int KILLS = 20;

    @TempDir(factory = OnDisk.class)
    private Path dir;

    @Test
    void twentyKillsLoseNoTradeThatWasToldAndMakeNoneTwice() throws Exception {
        List<Integer> killed = new ArrayList<>();
        EngineTorture.Report report =
                EngineTorture.run(new EngineTorture.Plan(dir, KILLS, SEED), killed::add);
        System.out.println(report + " seed=" + SEED);
        assertEquals(
                IntStream.rangeClosed(1, KILLS).boxed().toList(),
                killed.stream().filter(counted -> counted > 0).distinct().toList());
        assertTrue(report.leastInFlight() >= EngineTorture.LEAST_IN_FLIGHT, report::toString);
        assertEquals(EngineTorture.ACCOUNTS, report.leastAccounts(), report::toString);
        assertEquals(EngineTorture.COINS.size(), report.leastCoins(), report::toString);
        assertTrue(
                report.filled() > 0 && report.lapsed() > 0,
                () -> "a kill must cut both ways: " + report);
        assertEquals(
                report.trades(), StoppedJournal.read(dir, "kind:trade-executed").size(), "by tag");
    }
}
