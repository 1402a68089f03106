package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import org.junit.jupiter.api.Test;

class WarmthTest {

    @Test
    void everyPriceOfTheWarmingPoolIsANumber() {
        assertDoesNotThrow(Warmth::warm);
    }
}
