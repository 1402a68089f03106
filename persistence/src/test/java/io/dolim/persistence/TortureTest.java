package io.dolim.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class TortureTest {

    @Test
    void twentyKillsAndFiftyDamagesLoseNothingAcknowledgedAndKillNoReader() throws Exception {
        var lines = new ArrayList<String>();
        var plan = new JournalTorture.Plan(Directories.fresh(), 20, 50, 20_261_122L);
        var report = JournalTorture.run(plan, lines::add);
        assertEquals(List.of(), report.violations());
        assertEquals(20, report.kills());
        assertTrue(report.acknowledged() > 1_000, report::toString);
        assertEquals(50, report.refused() + report.harmless(), report::toString);
        assertTrue(report.refused() >= 20, report::toString);
        assertEquals(71, lines.size());
        assertTrue(
                lines.stream()
                        .filter(line -> line.contains("\"result\":\"refused\""))
                        .allMatch(line -> line.contains("place=") || line.contains("file=")),
                lines::toString);
    }
}
