package io.dolim.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks that fail, lie and lose their power, under a live journal. */
@Tag("slow")
class FaultTest {

    private static final int EVENTS = 500;

    private final Path directory = Directories.fresh();
    private final Path armed = directory.resolveSibling(directory.getFileName() + ".faults");
    private final Path record = directory.resolveSibling(directory.getFileName() + ".undo");

    private List<String> run(String fault, Map<String, String> more, String... settings)
            throws Exception {
        try (var child = start(fault, more, settings)) {
            var lines = child.lines();
            var code = child.exit();
            assertTrue(code == 0 || fault.contains("tear"), code + " " + lines);
            return lines;
        }
    }

    private Child start(String fault, Map<String, String> more, String... settings)
            throws Exception {
        var environment = new java.util.HashMap<>(more);
        environment.put("LD_PRELOAD", Tools.faults().toString());
        environment.put("DOLIM_FAULTS", armed.toString());
        Files.writeString(armed, fault);
        var arguments = new java.util.ArrayList<>(List.of(directory.toString(), "" + EVENTS));
        arguments.addAll(List.of("index-every=8", "anchor-every=5"));
        arguments.addAll(List.of(settings));
        return Child.start(
                List.of(), environment, SteadyChild.class, arguments.toArray(String[]::new));
    }

    private static long acknowledged(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("acknowledged ")).count();
    }

    private static List<String> others(List<String> lines) {
        return lines.stream().filter(line -> !line.startsWith("acknowledged ")).toList();
    }

    /** Everything acknowledged is there, the one more at most, each as it was written. */
    private void recovers(long acknowledged, String message) throws IOException {
        try (var journal = open()) {
            var found = Events.read(journal, SteadyChild.ID);
            assertTrue(found.size() >= acknowledged, message + " found=" + found.size());
            assertTrue(found.size() <= acknowledged + 1, message + " found=" + found.size());
            for (int i = 0; i < found.size(); i++) {
                assertEquals(SteadyChild.event(i + 1), found.get(i), message);
            }
            journal.append(List.of(SteadyChild.event(found.size() + 1L))).join();
        }
    }

    private JournalDirectory open() {
        return JournalDirectory.open(Directories.settings(directory, Map.of()), halt -> {});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sync eio /data.mdb 17",
                "pwrite eio /data.mdb 40",
                "pwrite eio /data.mdb 41",
                "pwrite enospc /data.mdb 52",
                "pwrite short /data.mdb 44",
                "pwrite short /data.mdb 45",
                "sync eio /anchor 4",
                "pwrite eio /anchor 5",
                "pwrite enospc /anchor 6"
            })
    void aDiskThatFailsOnceHaltsTheWriterForGoodWithThePlaceAndNothingAcknowledgedIsLost(
            String fault) throws Exception {
        var lines = run(fault, Map.of());
        var acknowledged = acknowledged(lines);
        assertTrue(acknowledged >= 5 && acknowledged < EVENTS, fault + lines);
        var rest = others(lines);
        assertEquals(3, rest.size(), fault + rest);
        assertTrue(rest.get(0).startsWith("halted "), fault + rest);
        // the fault came once, the disk is well again: nothing is tried again all the same
        assertTrue(rest.get(1).startsWith("failed OutcomeUnknown "), fault + rest);
        assertTrue(
                rest.get(2).matches("again (OutcomeUnknown|JournalUnavailable) .*"), fault + rest);
        assertTrue(rest.get(1).contains(directory.toString()), fault + rest);
        recovers(acknowledged, fault);
    }

    @Test
    void aShortWriteOfAnAnchorIsWrittenToItsEnd() throws Exception {
        var lines = run("pwrite short /anchor 6", Map.of());
        assertEquals("finished", lines.getLast());
        recovers(EVENTS, "short anchor");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pwrite tear /data.mdb 60",
                "pwrite tear /data.mdb 61",
                "pwrite tear /data.mdb 63",
                "pwrite tear /anchor 7",
                "pwrite tear /data.mdb 2"
            })
    void aProcessKilledInTheMiddleOfAWriteLeavesASoundJournal(String fault) throws Exception {
        var lines = run(fault, Map.of());
        var acknowledged = acknowledged(lines);
        assertEquals(acknowledged, lines.size(), fault + lines);
        recovers(acknowledged, fault);
    }

    @Test
    void aLostPowerSupplyLosesNothingAcknowledged() throws Exception {
        var seed = 1_789L;
        var random = new SplittableRandom(seed);
        var acknowledged = 0L;
        var undone = 0;
        for (int round = 0; round < 8; round++) {
            var message = "seed=" + seed + " round=" + round;
            var fault = "pwrite tear /data.mdb " + (20 + random.nextInt(80));
            var lines = run(fault, Map.of("DOLIM_UNDO", record.toString()));
            acknowledged += acknowledged(lines);
            undone += PowerCut.of(record, directory, random);
            recovers(acknowledged, message);
            try (var journal = open()) {
                acknowledged = journal.highestSequence(SteadyChild.ID).join();
            }
        }
        assertTrue(undone > 0, "seed=" + seed + " no power cut undid a write");
    }

    @Test
    void aDiskThatLiesAboutSyncsIsFoundOutAfterALostPowerSupplyAndTheStartRefused()
            throws Exception {
        var seed = 7_411L;
        var random = new SplittableRandom(seed);
        var lie = "sync lie /data.mdb 30";
        List<String> lines;
        try (var child = start(lie, Map.of("DOLIM_UNDO", record.toString()), "anchor-every=1")) {
            for (int i = 0; i < 100; i++) {
                assertTrue(child.line().isPresent());
            }
            child.kill();
            lines = child.lines();
        }
        assertTrue(lines.stream().noneMatch(line -> line.startsWith("halted")), lines::toString);
        assertTrue(PowerCut.of(record, directory, random) > 0, "seed=" + seed);
        var refused = assertThrows(JournalCorrupt.class, this::open, "seed=" + seed).toString();
        assertTrue(refused.contains(directory.toString()), refused);
    }

    @Test
    void aFullDiskHaltsWithThePlaceAndAfterwardsEverythingAcknowledgedIsThere() throws Exception {
        var lines = onSmallDisk("8m", "min-free-disk=0");
        var acknowledged = acknowledged(lines);
        assertTrue(acknowledged > 100, lines::toString);
        var rest = others(lines);
        assertTrue(rest.get(1).startsWith("failed OutcomeUnknown "), rest::toString);
        assertTrue(rest.get(1).contains(directory.toString()), rest::toString);
        assertTrue(
                rest.get(2).matches("again (OutcomeUnknown|JournalUnavailable) .*"),
                rest::toString);
        assertEquals("found " + acknowledged + " sound", rest.get(3), rest::toString);
    }

    @Test
    void aDiskThatFillsUpIsRefusedBeforeItIsFullAndTheProcessGoesOn() throws Exception {
        var lines = onSmallDisk("8m", "min-free-disk=2 MiB");
        var acknowledged = acknowledged(lines);
        assertTrue(acknowledged > 100, lines::toString);
        var rest = others(lines);
        assertTrue(rest.get(0).startsWith("failed JournalFull "), rest::toString);
        assertTrue(rest.get(0).contains(directory.toString()), rest::toString);
        assertTrue(rest.get(1).startsWith("again JournalFull "), rest::toString);
        assertEquals("found " + acknowledged + " sound", rest.get(2), rest::toString);
    }

    private List<String> onSmallDisk(String size, String setting) throws Exception {
        var write =
                shell(Child.command(SteadyChild.class, directory.toString(), "1000000", setting));
        var read = shell(Child.command(CountingChild.class, directory.toString()));
        var script = write + " 2>&1; " + read + " 2>&1";
        try (var child = Child.start(Map.of(), Tools.onSmallDisk(directory, size, script))) {
            var lines = child.lines();
            assertEquals(0, child.exit(), lines::toString);
            return lines.stream().filter(line -> line.matches("[a-z]+ .*")).toList();
        }
    }

    private static String shell(List<String> command) {
        return "'" + String.join("' '", command) + "'";
    }

    @Test
    void aReadOnlyFileSystemIsRefusedWithThePlace() throws Exception {
        var write =
                shell(
                        Child.command(
                                SteadyChild.class, directory.toString(), "20", "min-free-disk=0"));
        var script = write + " && mount -o remount,ro " + directory + " && " + write;
        try (var child = Child.start(Map.of(), Tools.onSmallDisk(directory, "16m", script))) {
            var lines = child.lines();
            assertEquals("finished", lines.get(20), lines::toString);
            assertTrue(
                    lines.get(21).matches("refused JournalUnavailable .*[Rr]ead-only.*"),
                    lines::toString);
            assertTrue(lines.get(21).contains(directory.toString()), lines::toString);
        }
    }
}
