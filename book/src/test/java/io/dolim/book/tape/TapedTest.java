package io.dolim.book.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.BookSerializer;
import io.dolim.quoting.instrument.Underlying;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TapedTest {

    @Test
    void aBatchReadsAsItWasWritten() {
        for (TapedBatch batch : List.of(TapedSamples.usual(), TapedSamples.busy(), empty())) {
            assertEquals(batch, Taped.of(batch).batch());
        }
    }

    @Test
    void aSecondOfTheSimulatedMarketTakesLessThanAHundredAndFiftyBytes() {
        int bytes = new BookSerializer().toBinary(Taped.of(TapedSamples.usual())).length;
        assertTrue(bytes < 150, "bytes=" + bytes);
    }

    @Test
    void pricesKeepNineDigitsFromCoinsOfAMicroToThoseOfMillions() {
        for (double price :
                new double[] {1.23456789e-4, 0.123456789, 149.870001, 2_500.01234, 9.9e7}) {
            TapedBatch written = only(price);
            TapedBatch.IndexPrice read = Taped.of(written).batch().index().getFirst();
            assertEquals(price, read.priceUsdc(), price * 1e-8);
        }
        assertEquals(63_000.25, Taped.of(only(63_000.25)).batch().index().getFirst().priceUsdc());
    }

    @Test
    void bytesThatEndEarlyOrLateAreNoBatch() {
        Taped whole = Taped.of(TapedSamples.busy());
        for (int length = 0; length < whole.heard().length; length++) {
            Taped cut = new Taped(whole.underlying(), 0, Arrays.copyOf(whole.heard(), length));
            assertThrows(IllegalArgumentException.class, cut::batch, "length=" + length);
        }
        Taped longer = new Taped(whole.underlying(), 0, Arrays.copyOf(whole.heard(), 400));
        assertThrows(IllegalArgumentException.class, longer::batch);
    }

    private static TapedBatch empty() {
        return new TapedBatch(
                TapedSamples.BTC, 0, 0, List.of(), List.of(), new TreeMap<>(), List.of());
    }

    private static TapedBatch only(double price) {
        return new TapedBatch(
                new Underlying("SOL"),
                TapedSamples.SECOND_MS,
                0,
                List.of(
                        new TapedBatch.IndexPrice(
                                "venue", TapedSamples.SECOND_MS + 5, price, price)),
                List.of(),
                new TreeMap<>(),
                List.of());
    }
}
