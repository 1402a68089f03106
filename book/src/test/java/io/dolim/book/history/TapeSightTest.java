package io.dolim.book.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dolim.book.tape.TapedBatch;
import io.dolim.quoting.instrument.Underlying;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TapeSightTest {

    private static final double EXACT = 1e-12;
    private long second;

    @Test
    void aFallThatTwoSecondsShareIsSeenWhole() {
        TapeSight sight = TapeSight.NONE.then(batch(1_000)).then(batch(1_000));
        assertEquals(0, sight.move(), EXACT);
        sight = sight.then(batch(992.5));
        assertEquals(-0.0075, sight.move(), EXACT);
        sight = sight.then(batch(985));
        assertEquals(-0.015, sight.move(), EXACT);
        sight = sight.then(batch(985)).then(batch(985));
        assertEquals(0, sight.move(), EXACT);
    }

    @Test
    void aFallWithinOneSecondIsSeenAtOnce() {
        TapeSight sight = TapeSight.NONE.then(batch(1_000)).then(batch(985));
        assertEquals(-0.015, sight.move(), EXACT);
    }

    private TapedBatch batch(double consensus) {
        second += 1_000;
        return new TapedBatch(
                new Underlying("BTC"),
                second,
                0,
                List.of(new TapedBatch.IndexPrice("simulated", second, consensus, consensus)),
                List.of(),
                new TreeMap<>(),
                List.of());
    }
}
