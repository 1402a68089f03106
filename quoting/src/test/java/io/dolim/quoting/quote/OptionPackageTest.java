package io.dolim.quoting.quote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dolim.quoting.instrument.OptionContract;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OptionPackageTest {

    private static final OptionContract NEAR = OptionContract.parse("BTC_USDC-5FEB26-65000-C");
    private static final OptionContract FAR = OptionContract.parse("BTC_USDC-6FEB26-65000-C");

    @Test
    void theOrderOfLegsDoesNotMatter() {
        assertEquals(
                new OptionPackage(List.of(new Leg(NEAR, 1), new Leg(FAR, -2))),
                new OptionPackage(List.of(new Leg(FAR, -2), new Leg(NEAR, 1))));
    }

    @Test
    void aDoubledInstrumentAForeignLegAndNothingAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new OptionPackage(List.of(new Leg(NEAR, 1), new Leg(NEAR, 1))));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new OptionPackage(
                                List.of(
                                        new Leg(NEAR, 1),
                                        new Leg(
                                                OptionContract.parse("ETH_USDC-5FEB26-4000-C"),
                                                1))));
        assertThrows(IllegalArgumentException.class, () -> new OptionPackage(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Leg(NEAR, 0));
    }

    @Test
    void seventeenLegsAreOneTooMany() {
        List<Leg> legs =
                LongStream.rangeClosed(1, 17)
                        .mapToObj(
                                i ->
                                        new Leg(
                                                OptionContract.parse(
                                                        "BTC_USDC-5FEB26-" + 1000 * i + "-C"),
                                                1))
                        .toList();
        assertThrows(IllegalArgumentException.class, () -> new OptionPackage(legs));
        assertEquals(16, new OptionPackage(legs.subList(0, 16)).legs().size());
    }
}
