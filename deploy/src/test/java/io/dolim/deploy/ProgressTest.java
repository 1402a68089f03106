package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** The bar appears after a second, at most five times a second, with the share of what is known. */
class ProgressTest {

    private static final long MS = 1_000_000L;

    private final StringWriter drawn = new StringWriter();
    private long nowNs;

    private Progress progress(boolean shown) {
        return new Progress(shown, new PrintWriter(drawn), () -> nowNs, "folding");
    }

    @Test
    void nothingIsDrawnWithinTheFirstSecondNorWhenNobodyLooks() {
        try (Progress quick = progress(true)) {
            nowNs = 999 * MS;
            quick.at(1, 10);
        }
        try (Progress unseen = progress(false)) {
            nowNs = 9_000 * MS;
            unseen.at(1, 10);
        }
        assertEquals("", drawn.toString());
    }

    @Test
    void theBarShowsTheShareAndTheSecondsFiveTimesASecond() {
        try (Progress slow = progress(true)) {
            nowNs = 1_000 * MS;
            slow.at(1_500, 3_000);
            nowNs = 1_199 * MS;
            slow.at(1_600, 3_000);
            slow.now("pricing");
            nowNs = 2_000 * MS;
            slow.at(7, 0);
        }
        assertEquals(
                "\rfolding ["
                        + "#".repeat(15)
                        + ".".repeat(15)
                        + "]  50 % of 3,000, 1 s \rpricing 7, 2 s \n",
                drawn.toString());
    }
}
