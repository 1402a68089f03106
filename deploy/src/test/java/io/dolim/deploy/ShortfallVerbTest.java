package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that say nothing are refused with what they lack. */
class ShortfallVerbTest {

    private static final String INDEX = "timestamp,iv\n2022-07-02 00:00:00+00:00,0.6\n";

    @TempDir private Path dir;

    @Test
    void whatCannotBeReadIsNamed() throws IOException {
        refused("date,open\n2022-07-01,1\n", "must have the columns date and close");
        refused("date,close\n2022-07-01,0\n", "line 2: '2022-07-01,0' has no close");
        refused("date,close\n2022-07-01\n", "line 2: '2022-07-01' has no close");
        refused("date,close\n1 July,20000\n", "date='1 July' must read like 2022-07-01");
        refused("date,close\n2022-07-01,20000\n", "leaves fewer than two days");
    }

    private void refused(String daily, String why) throws IOException {
        Path days = Files.writeString(dir.resolve("daily.csv"), daily);
        Path index = Files.writeString(dir.resolve("index.csv"), INDEX);
        Ran ran =
                Ran.of(
                        "campaign",
                        "shortfall",
                        "--daily",
                        days.toString(),
                        "--index",
                        index.toString());
        assertEquals(2, ran.code(), ran.err());
        assertTrue(ran.err().contains(why), ran.err());
    }
}
