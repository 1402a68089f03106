package io.dolim.deploy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GammaPlanTest {

    private static final long HOUR_MS = 3_600_000;
    private static final long FROM_MS = 0;
    private static final long START_MS = 4 * HOUR_MS;

    @Test
    void itRisesToTheMostAndBackToNothingWithinItsDay() {
        GammaPlan plan = plan(0);
        assertEquals(0, plan.share(START_MS));
        assertEquals(1, plan.share(14 * HOUR_MS));
        assertEquals(0, plan.share(23 * HOUR_MS));
        for (int minute = 1; minute < 60 * 10; minute++) {
            long upMs = START_MS + minute * 60_000L;
            long downMs = 14 * HOUR_MS + minute * 60_000L;
            assertTrue(plan.share(upMs) >= plan.share(upMs - 60_000), "minute " + minute);
            assertTrue(plan.share(downMs) <= plan.share(downMs - 60_000), "minute " + minute);
        }
    }

    @Test
    void coinsTakeTheDaysInTurn() {
        for (int day = 0; day < 4; day++) {
            long noonMs = (24L * day + 14) * HOUR_MS;
            assertEquals(day % 2 == 0 && day < 3, plan(0).share(noonMs) > 0, "day " + day);
            assertEquals(day == 1, plan(1).share(noonMs) > 0, "day " + day);
        }
    }

    private static GammaPlan plan(int coin) {
        return new GammaPlan(START_MS, FROM_MS, 3, coin, 2, new SplittableRandom(1));
    }
}
