package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ChargeReferenceTest {

    /** USDC; C stands on a grid of 2^-46 K, which makes up to 3e-6. */
    private static final double TOLERANCE_USDC = 1e-5;

    @Test
    void allReferenceChargesAreMetToAHundredThousandth() throws IOException {
        Path folder =
                Path.of(
                        System.getenv().getOrDefault("DOLIM_VECTORS", "../../shared/vectors"),
                        "charge");
        Assumptions.assumeTrue(
                Files.isRegularFile(folder.resolve("charge.csv")),
                "absent: " + folder.resolve("charge.csv"));
        String scenarios = Files.readString(folder.resolve("scenarios.csv"));
        String cases = Files.readString(folder.resolve("charge.csv"));

        assertEquals(420, compare(scenarios, cases));
    }

    static int compare(String scenarios, String cases) throws IOException {
        StringWriter out = new StringWriter();
        ChargeTable.print(new StringReader(scenarios), new StringReader(cases), out);
        List<String> expected = rows(cases);
        List<String> computed = rows(out.toString());
        assertEquals(expected.size(), computed.size());
        for (int i = 1; i < expected.size(); i++) {
            double gap = Math.abs(last(expected.get(i)) - last(computed.get(i)));
            assertTrue(gap <= TOLERANCE_USDC, "gap=" + gap + " row=" + expected.get(i));
        }
        return computed.size() - 1;
    }

    private static List<String> rows(String table) {
        return table.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).toList();
    }

    private static double last(String row) {
        return Double.parseDouble(row.substring(row.lastIndexOf(',') + 1));
    }
}
