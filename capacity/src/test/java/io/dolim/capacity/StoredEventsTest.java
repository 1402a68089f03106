package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.capacity.journal.Posting;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.io.NotSerializableException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StoredEventsTest {

    private static final CapacityEventSerializer SERIALIZER = new CapacityEventSerializer();
    private static final Usdc AMOUNT = new Usdc(1_234_567);
    private static final List<CapacityEvent> ONE_OF_EACH =
            List.of(
                    new CapacityEvent.CapitalPaidIn(
                            "ann",
                            1_770_000_000_000L,
                            AMOUNT,
                            List.of(
                                    new Posting("pool", AMOUNT),
                                    new Posting("external", AMOUNT.negated()))),
                    new CapacityEvent.CapitalPaidOut(
                            "ann",
                            1_770_000_000_001L,
                            AMOUNT,
                            List.of(
                                    new Posting("pool", AMOUNT.negated()),
                                    new Posting("external", AMOUNT))),
                    new CapacityEvent.ModeSet(
                            "ann", 1_770_000_000_002L, Mode.OPEN, Mode.HALTED, "drill"),
                    new CapacityEvent.ResumeProposed("bob", 1_770_000_000_003L, ""),
                    new CapacityEvent.LimitSet("ann", 1_770_000_000_004L, "gamma_share", 0.1, 0.2),
                    new CapacityEvent.ScenarioSetChosen(
                            "capacity", 1_770_000_000_005L, "standard-1"),
                    new CapacityEvent.RequestDone(
                            "ann",
                            1_770_000_000_006L,
                            "r-1",
                            "ann pay_in 1.234567",
                            "capital 1.234567"),
                    new CapacityEvent.ResumeProposed("bob", 1_770_000_000_007L, "drill is over"),
                    new CapacityEvent.ProtectionTripped(
                            "capacity",
                            1_770_000_000_008L,
                            new Underlying("BTC"),
                            "mmp_quantity_coins.BTC",
                            30.5,
                            25,
                            1_770_000_300_008L),
                    new CapacityEvent.ProtectionLifted(
                            "ann", 1_770_000_000_009L, new Underlying("BTC"), "looked into"),
                    new CapacityEvent.AllocationSet(
                            "ann",
                            1_770_000_000_010L,
                            new AllocationTerms(0.2, 0.1, 1.5),
                            "winter"),
                    new CapacityEvent.ParametersConfigured(
                            "os:ann",
                            1_770_000_000_011L,
                            List.of(
                                    new Configured.Change(
                                            "dolim.capacity.potential.risk-aversion", "2", "3"),
                                    new Configured.Change("dolim.quoting.gone", "\"x\"", ""))));

    /** Shapes that are read and no longer written. */
    private static final Set<String> EARLIER = Set.of("resume-proposed.1");

    @Test
    void everyManifestHasAGoldenLineAndEveryGoldenLineStillReads() throws Exception {
        List<String> golden =
                Samples.resource("capacity-events.golden")
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .toList();
        assertEquals(ONE_OF_EACH.size(), golden.size());
        SortedSet<String> manifests = new TreeSet<>();
        for (int i = 0; i < golden.size(); i++) {
            String[] parts = golden.get(i).split(" ", 2);
            CapacityEvent event = ONE_OF_EACH.get(i);
            byte[] bytes = HexFormat.of().parseHex(parts[1]);
            assertEquals(event, SERIALIZER.fromBinary(bytes, parts[0]));
            assertTrue(manifests.add(parts[0]), parts[0]);
            if (!EARLIER.contains(parts[0])) {
                String hex = HexFormat.of().formatHex(SERIALIZER.toBinary(event));
                assertEquals(golden.get(i), SERIALIZER.manifest(event) + " " + hex);
            }
        }
        assertEquals(SERIALIZER.forms().keySet(), manifests);
    }

    @Test
    void anUnknownManifestRefusesToStart() {
        NotSerializableException refused =
                assertThrows(
                        NotSerializableException.class,
                        () -> SERIALIZER.fromBinary(new byte[0], "mode-set.2"));
        assertTrue(String.valueOf(refused.getMessage()).contains("refusing to start"));
    }

    @Test
    void bytesWithAFieldTooManyTooFewOrBehindAreRefused() {
        byte[] good = SERIALIZER.toBinary(new CapacityEvent.ResumeProposed("bob", 3, "over"));
        byte[] behind = java.util.Arrays.copyOf(good, good.length + 1);

        assertRefused(behind, "resume-proposed.2");
        assertRefused(good, "limit-set.1");
        assertRefused(
                SERIALIZER.toBinary(new CapacityEvent.LimitSet("a", 1, "k", 1, 2)),
                "resume-proposed.2");
    }

    @Test
    void equalEventsHaveEqualBytes() {
        assertArrayEquals(
                SERIALIZER.toBinary(new CapacityEvent.LimitSet("a", 1, "k", 1, 2)),
                SERIALIZER.toBinary(new CapacityEvent.LimitSet("a", 1, "k", 1, 2)));
    }

    @Test
    void postingsThatDoNotBalanceBreakTheWriter() {
        assertThrows(
                IllegalStateException.class,
                () ->
                        new CapacityEvent.CapitalPaidIn(
                                "a", 1, AMOUNT, List.of(new Posting("pool", AMOUNT))));
    }

    private static void assertRefused(byte[] bytes, String manifest) {
        assertThrows(NotSerializableException.class, () -> SERIALIZER.fromBinary(bytes, manifest));
    }
}
