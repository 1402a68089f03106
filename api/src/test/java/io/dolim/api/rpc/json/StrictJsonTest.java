package io.dolim.api.rpc.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class StrictJsonTest {

    @Test
    void decimalsAreExactlyWhatWasWritten() throws Unreadable {
        JsonNode read =
                StrictJson.read(
                        "[1.50, 0.1, -0.000001, 1e3, 123456789012345678901234567890.5, 9007199254740993]");
        assertEquals(
                "[1.50, 0.1, -0.000001, 1E+3, 123456789012345678901234567890.5, 9007199254740993]",
                decimals(read).toString());
        assertEquals(
                "[1.50,0.1,-0.000001,1000,123456789012345678901234567890.5,9007199254740993]",
                new String(
                        JsonText.bytes(json -> json.writeTree(read)),
                        java.nio.charset.StandardCharsets.UTF_8));
    }

    private static List<BigDecimal> decimals(JsonNode array) {
        List<BigDecimal> decimals = new ArrayList<>();
        array.forEach(node -> decimals.add(node.decimalValue()));
        return decimals;
    }

    @Test
    void theGrammarOfDecimalsIsJsonsOwn() {
        for (String good :
                List.of("0", "-0", "10", "0.0", "1.25", "-1.5e-7", "1E+99", "9".repeat(40))) {
            assertEquals(Optional.of(new BigDecimal(good)), Decimals.parse(good), good);
        }
        for (String bad :
                List.of(
                        "",
                        "-",
                        "+1",
                        "01",
                        "-01",
                        ".5",
                        "5.",
                        "1e",
                        "1e+",
                        "1e100",
                        "1e-100",
                        " 1",
                        "1 ",
                        "0x1",
                        "1f",
                        "1d",
                        "NaN",
                        "Infinity",
                        "--1",
                        "1.1.1",
                        "1e1e1",
                        "1_000",
                        "1,0",
                        "١",
                        "9".repeat(41))) {
            assertEquals(Optional.empty(), Decimals.parse(bad), bad);
        }
    }

    @Test
    void wholeNumbersEndWhere64BitsEnd() {
        assertEquals(Optional.of(Long.MAX_VALUE), Decimals.parseWhole("9223372036854775807"));
        assertEquals(Optional.of(Long.MIN_VALUE), Decimals.parseWhole("-9223372036854775808"));
        for (String bad : List.of("9223372036854775808", "1.0", "1e1", "", "-", "+1")) {
            assertEquals(Optional.empty(), Decimals.parseWhole(bad), bad);
        }
    }

    @Test
    void theGrammarAgreesWithJacksonOnRandomText() {
        String alphabet = "0123456789.eE+-";
        for (long seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(1, 8); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String number = text.toString();
            assertEquals(
                    readable(number), Decimals.matches(number), "seed " + seed + ": " + number);
        }
    }

    private static boolean readable(String text) {
        try {
            return StrictJson.read(text).isNumber();
        } catch (Unreadable e) {
            return false;
        }
    }

    record Sized(long size, double price, boolean good) {}

    @Test
    void noNumberThatIsNotFiniteIsEverWritten() {
        for (double bad :
                new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThrows(
                    IllegalStateException.class,
                    () -> JsonText.bytes(json -> json.writeNumber(bad)));
            assertThrows(
                    IllegalStateException.class,
                    () -> JsonText.bytes(json -> json.writePOJO(new Sized(1, bad, true))));
        }
    }

    @Test
    void randomBytesAreReadOrRefusedAndNeverThrowAnythingElse() {
        byte[] seedText =
                "{\"id\":1,\"method\":\"public/echo\",\"params\":{\"text\":\"a\\u00e9\",\"n\":[1.5e3,null]}}"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        int refused = 0;
        for (long seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = seedText.clone();
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                StrictJson.read(
                        ByteBuffer.wrap(
                                bytes, 0, random.nextInt(bytes.length / 2, bytes.length + 1)));
            } catch (Unreadable expected) {
                refused++;
            }
        }
        assertTrue(refused > 10_000, "refused " + refused);
    }

    /** JSONTestSuite by Nicolas Seriot: y_ must be read, n_ must not, i_ is each reader's own affair. */
    @Test
    void theJsonTestSuiteIsReadAsItsNamesSay() throws IOException {
        String vectors =
                Optional.ofNullable(System.getenv("DOLIM_VECTORS")).orElse("../../shared/vectors");
        Path suite = Path.of(vectors, "security");
        assumeTrue(Files.isDirectory(suite), "absent: " + suite);
        List<Path> files;
        try (Stream<Path> walk = Files.walk(suite)) {
            files =
                    walk.filter(p -> p.getFileName().toString().matches("[yn]_.*\\.json"))
                            .sorted()
                            .toList();
        }
        assumeTrue(!files.isEmpty(), "absent: JSONTestSuite in " + suite);
        List<String> wrong = new ArrayList<>();
        for (Path file : files) {
            boolean expected = file.getFileName().toString().startsWith("y_");
            if (expected != isRead(Files.readAllBytes(file))) {
                wrong.add(file.getFileName().toString());
            }
        }
        // stricter on purpose: a key stands once, a number has 40 characters at most
        List<String> stricter =
                List.of(
                        "y_number_double_close_to_zero.json",
                        "y_object_duplicated_key.json",
                        "y_object_duplicated_key_and_value.json");
        assertEquals(stricter, wrong, "of " + files.size());
        assertFalse(files.size() < 200, "only " + files.size());
    }

    private static boolean isRead(byte[] bytes) {
        try {
            StrictJson.read(ByteBuffer.wrap(bytes));
            return true;
        } catch (Unreadable e) {
            return false;
        }
    }
}
