package io.dolim.deploy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalFiguresTest {

    private static final Kernel SPENT = new Kernel(700, 4_000);

    /** A run in which everything is exactly at its aim. */
    private static JournalFigures atTheAims() throws IOException {
        JournalFigures figures = new JournalFigures(200, 900, 1_614);
        StringBuilder turns = new StringBuilder();
        for (int batch : JournalRun.BATCHES) {
            turns.append(turn("lmdb", batch, 0, 1_000, 200))
                    .append(turn("store", batch, 0, 800, 3_500));
        }
        figures.store(JournalRun.SMALL, StoreTurns.of(turns.toString()));
        figures.wrote(BenchedJournal.DOLIM, JournalRun.SMALL, 80_000, SPENT);
        figures.wrote(BenchedJournal.LEVELDB, JournalRun.SMALL, 10_000, SPENT);
        figures.wrote(BenchedJournal.POSTGRES, JournalRun.SMALL, 20_000, SPENT);
        figures.recovered(BenchedJournal.DOLIM, 500_000, 150_000, SPENT);
        figures.coldStart(1_000_000, 1L << 30, List.of(new JournalFigures.Start(10, 15)));
        return figures;
    }

    private static String turn(String contender, int batch, int round, int events, long bytesEach) {
        return """
               {"contender":"%s","batch":%d,"round":%d,"events":%d,"nanos":1000000000,"call_bytes":%d,"disk_bytes":0}
               """
                .formatted(contender, batch, round, events, bytesEach * events);
    }

    @Test
    void aValueOnItsAimMeetsIt() throws IOException {
        Report report = atTheAims().report();
        assertEquals(
                List.of(
                        "0.80", "0.80", "0.80", "8.00", "4.00", "2.50", "500,000", "150,000",
                        "10.0", "3,500", "700"),
                report.goals().stream().map(goal -> Figures.text(goal.aim())).toList());
        assertTrue(report.allMet(), report.markdown());
        assertFalse(report.markdown().contains("NOT MET"), report.markdown());
    }

    @Test
    void aHairBesideAnAimIsNotMet() throws IOException {
        JournalFigures figures = atTheAims();
        figures.coldStart(1_000_000, 1L << 30, List.of(new JournalFigures.Start(10.01, 15)));
        Report report = figures.report();
        assertFalse(report.allMet());
        assertTrue(
                report.markdown()
                        .contains(
                                "| 1,000,000 events of a day's mix, from cold process to ready | at most 10.0 s | 10.0 s | **NOT MET** |"),
                report.markdown());
    }

    @Test
    void whatWasNotMeasuredIsNotMet() {
        Report report = new JournalFigures(200, 900, 1).report();
        assertTrue(report.goals().stream().noneMatch(Goal::met), report.markdown());
    }

    @Test
    void ratiosAreTakenWithinARoundAndThenTheMedian() throws IOException {
        StoreTurns turns =
                StoreTurns.of(
                        turn("lmdb", 1, 0, 100, 1)
                                + turn("store", 1, 0, 90, 1)
                                + turn("lmdb", 1, 1, 10, 1)
                                + turn("store", 1, 1, 7, 1)
                                + turn("lmdb", 1, 2, 1_000, 1)
                                + turn("store", 1, 2, 800, 1));
        assertEquals(0.8, turns.ratio(1), 1e-12);
    }

    @Test
    void aJournalLeftOutTakesItsGoalsAlong() throws IOException {
        JournalFigures figures = new JournalFigures(200, 900, 1);
        figures.wrote(BenchedJournal.DOLIM, JournalRun.SMALL, 1, SPENT);
        assertEquals(
                List.of(),
                figures.report().goals().stream()
                        .filter(goal -> goal.name().contains("Postgres"))
                        .toList());
        assertEquals(
                EnumSet.of(BenchedJournal.DOLIM, BenchedJournal.LEVELDB, BenchedJournal.MEMORY),
                JournalBenchVerb.journals(List.of("postgres", "h2")));
        assertThrows(
                IllegalArgumentException.class, () -> JournalBenchVerb.journals(List.of("dolim")));
    }
}
