package io.dolim.api.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The stored format of keys: what was ever written is read for ever. */
final class KeyEventSerializerTest {

    private static final KeyEventSerializer SERIALIZER = new KeyEventSerializer();
    private static final List<KeyEvent> ONE_OF_EACH =
            List.of(
                    new KeyEvent.KeyCreated(
                            "ann",
                            1_770_000_000_000L,
                            "desk-1",
                            "alice",
                            List.of("account:read", "trade:read_write"),
                            "1:0123456789abcdef:AAECAwQFBgcICQoL"),
                    new KeyEvent.KeyRotated(
                            "ann",
                            1_770_000_000_001L,
                            "desk-1",
                            "a laptop was lost",
                            "1:0123456789abcdef:CwoJCAcGBQQDAgEA"),
                    new KeyEvent.KeyRevoked(
                            "bob", 1_770_000_000_002L, "desk-1", "the desk is closed"));

    @Test
    void everyManifestHasAGoldenLineAndEveryGoldenLineStillReads() throws Exception {
        List<String> golden = new java.util.ArrayList<>();
        try (var in =
                Optional.ofNullable(
                                KeyEventSerializerTest.class.getResourceAsStream(
                                        "/golden/key-events.golden"))
                        .orElseThrow()) {
            new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(golden::add);
        }
        assertEquals(ONE_OF_EACH.stream().map(KeyEventSerializerTest::line).toList(), golden);
        SortedSet<String> manifests = new TreeSet<>();
        for (int i = 0; i < golden.size(); i++) {
            String[] parts = golden.get(i).split(" ", 2);
            byte[] bytes = HexFormat.of().parseHex(parts[1]);
            assertEquals(ONE_OF_EACH.get(i), SERIALIZER.fromBinary(bytes, parts[0]));
            assertTrue(manifests.add(parts[0]), parts[0]);
        }
        assertEquals(SERIALIZER.forms().keySet(), manifests);
    }

    private static String line(KeyEvent event) {
        return SERIALIZER.manifest(event)
                + " "
                + HexFormat.of().formatHex(SERIALIZER.toBinary(event));
    }
}
