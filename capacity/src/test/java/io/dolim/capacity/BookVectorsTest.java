package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.Exposure;
import io.dolim.capacity.vector.InstrumentVectors;
import io.dolim.quoting.instrument.Underlying;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BookVectorsTest {

    private record Position(InstrumentVectors one, long lots) {}

    @Test
    void sumsHaveTheSameBitsInEveryOrderAndGrouping() {
        SplittableRandom random = new SplittableRandom(21);
        for (int i = 0; i < 20; i++) {
            List<Position> positions = new ArrayList<>();
            for (int n = 0; n < 30; n++) {
                positions.add(
                        new Position(
                                Samples.INSTRUMENTS.get(random.nextInt(Samples.INSTRUMENTS.size())),
                                random.nextLong(-10_000, 10_000)));
            }
            BookVectors inOrder = sum(positions);
            Collections.shuffle(positions, new Random(random.nextLong()));
            BookVectors grouped =
                    sum(positions.subList(0, 11)).plus(sum(positions.subList(11, 30)));

            assertEquals(inOrder, sum(positions), "seed=21 case=" + i);
            assertEquals(inOrder, grouped, "seed=21 case=" + i);
        }
    }

    @Test
    void takingAwayWhatWasAddedLeavesNothing() {
        BookVectors book = Samples.randomBook(new SplittableRandom(4), 5000);

        assertEquals(BookVectors.none(Samples.SCENARIOS), book.minus(book));
    }

    @Test
    void aSumBeyondTheExactRangeIsRefused() {
        InstrumentVectors call = Samples.INSTRUMENTS.getFirst();

        assertThrows(ArithmeticException.class, () -> Samples.book(1_000_000_000_000L, call));
    }

    @Test
    void greeksOfAnAtTheMoneyCallAreThoseOfTheFormula() {
        Exposure one =
                Samples.book(1, Samples.INSTRUMENTS.getFirst()).exposure(new Underlying("BTC"));

        // Black with F = K = 65,000, sigma 0.5, 30 days: price and delta of the reference file
        assertEquals(3713.94888091496, one.markUsdc(), 1e-6);
        assertEquals(0.5285688375455, one.deltaCoins(), 1e-9);
        // vega F phi(d1) sqrt(T) / 100 = 65000 * 0.397918 * 0.286691 / 100
        assertEquals(74.15, one.vegaUsdc(), 0.01);
    }

    private static BookVectors sum(List<Position> positions) {
        BookVectors book = BookVectors.none(Samples.SCENARIOS);
        for (Position position : positions) {
            book = book.plus(position.one(), position.lots());
        }
        return book;
    }
}
