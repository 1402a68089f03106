package io.dolim.capacity.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.Underlying;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetVersionTest {

    @Test
    void aNameSaysTheRecipeAndTodaysVolatilities() {
        SetVersion version = SetVersion.parse("standard-2@BTC=0.45,ETH=1.2");
        assertEquals(
                new SetVersion(
                        "standard-2",
                        new TreeMap<>(
                                Map.of(
                                        new Underlying("BTC"),
                                        new BigDecimal("0.45"),
                                        new Underlying("ETH"),
                                        new BigDecimal("1.2")))),
                version);
        assertEquals("standard-2@BTC=0.45,ETH=1.2", version.toString());
        assertEquals(new SetVersion("standard-1", new TreeMap<>()), SetVersion.parse("standard-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@BTC=0.5",
                "standard 2",
                "standard-2@",
                "standard-2@BTC",
                "standard-2@BTC=",
                "standard-2@BTC=0.04",
                "standard-2@BTC=5.1",
                "standard-2@BTC=NaN",
                "standard-2@BTC=0.50",
                "standard-2@BTC=00.5",
                "standard-2@BTC=0.12345",
                "standard-2@ETH=0.5,BTC=0.5",
                "standard-2@BTC=0.5,BTC=0.5",
                "standard-2@BTC=0.5,",
                "standard-2@BTC=0.5@ETH=0.5",
                "standard-2@btc=0.5"
            })
    void everyOtherSpellingIsRefusedSoThatASetHasOneName(String text) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> SetVersion.parse(text));
        assertTrue(String.valueOf(refused.getMessage()).contains("must"), text + ": " + refused);
    }
}
