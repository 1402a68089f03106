package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.book.history.Bisection;
import io.dolim.book.history.Candles;
import io.dolim.book.history.Condition;
import io.dolim.book.history.Resolution;
import io.dolim.book.history.Written;
import io.dolim.book.tape.Tape;
import io.dolim.book.tape.Taped;
import io.dolim.book.tape.TapedBatch;
import io.dolim.capacity.journal.StoredEvent;
import io.dolim.quoting.quote.Leg;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What read models make of tapes and trades. */
class CandlesTest {

    private static final long START_MS = 1_790_000_040_000L;

    private final List<Written> journal = new ArrayList<>();

    private void write(String writer, long timeMs, StoredEvent event) {
        long order = journal.size() + 1L;
        journal.add(new Written(order, writer, order, timeMs, event));
    }

    private void tape(long second, double... prices) {
        long begin = START_MS + second * 1_000;
        List<TapedBatch.IndexPrice> index = new ArrayList<>();
        for (int i = 0; i < prices.length; i++) {
            index.add(new TapedBatch.IndexPrice("venue", begin + i, prices[i] + 5, prices[i]));
        }
        TapedBatch batch =
                new TapedBatch(Samples.BTC, begin, 0, index, List.of(), new TreeMap<>(), List.of());
        write(Tape.persistenceId(Samples.BTC), begin, Taped.of(batch));
    }

    private List<String> rows(Candles candles) {
        journal.forEach(candles::take);
        return candles.rows().stream().map(ObjectNode::toString).toList();
    }

    private Candles index(String resolution) {
        return Candles.ofIndex(
                Samples.BTC, Resolution.parse(resolution), Long.MIN_VALUE, Long.MAX_VALUE);
    }

    @Test
    void anIndexIsOpenedRaisedLoweredAndClosedByItsTicksAndAGapSaysSo() {
        tape(0, 100, 103, 99, 101);
        tape(1, 102);
        tape(185, 90);
        assertEquals(
                List.of(
                        "{\"time_ms\":1790000040000,\"until_ms\":1790000100000,\"ticks\":5,"
                                + "\"open\":100.0,\"high\":103.0,\"low\":99.0,\"close\":102.0}",
                        "{\"time_ms\":1790000100000,\"until_ms\":1790000220000,\"ticks\":0}",
                        "{\"time_ms\":1790000220000,\"until_ms\":1790000280000,\"ticks\":1,"
                                + "\"open\":90.0,\"high\":90.0,\"low\":90.0,\"close\":90.0}"),
                rows(index("1")));
    }

    @Test
    void candlesAreAsLongAsAskedFor() {
        for (long second = 0; second < 200; second++) {
            tape(second, 100);
        }
        assertEquals(200, rows(index("1s")).size());
        assertEquals(4, rows(index("1m")).size());
        assertEquals(2, rows(index("3")).size());
        assertEquals(1, rows(index("1D")).size());
        for (String none : List.of("0", "2", "7m", "2D", "60s", "1h", "", "-1")) {
            assertThrows(IllegalArgumentException.class, () -> Resolution.parse(none), none);
        }
    }

    @Test
    void onlyWhatIsBetweenTheTwoMomentsCounts() {
        tape(0, 100);
        tape(1, 200);
        tape(2, 300);
        Candles middle =
                Candles.ofIndex(
                        Samples.BTC, Resolution.parse("1s"), START_MS + 1_000, START_MS + 2_000);
        assertEquals(1, rows(middle).size());
        assertTrue(rows(middle).getFirst().contains("\"open\":200.0"));
    }

    @Test
    void anInstrumentIsWhatItsTradesAloneCostForACoin() {
        String book = Book.persistenceId(Samples.BTC);
        write(book, 0, Samples.listed(Samples.CALL));
        trade(1, "100", new Leg(Samples.CALL, 2));
        trade(2, "-60", new Leg(Samples.CALL, -1));
        trade(3, "500", new Leg(Samples.CALL, 1), new Leg(Samples.HIGHER, -1));
        trade(4, "500", new Leg(Samples.HIGHER, 1));
        String coin = Samples.SPEC.coins(2).toPlainString();
        Candles candles =
                Candles.ofInstrument(
                        Samples.CALL, Resolution.parse("1"), Long.MIN_VALUE, Long.MAX_VALUE);
        assertEquals(1, rows(candles).size());
        double open = 100 / Double.parseDouble(coin);
        double close = 60 / Samples.SPEC.coins(1).doubleValue();
        ObjectNode read = candles.rows().getFirst();
        assertEquals(2, read.path("ticks").asInt());
        assertEquals(160, read.path("cost").asDouble());
        assertEquals(open, read.path("open").asDouble());
        assertEquals(Math.max(open, close), read.path("high").asDouble());
        assertEquals(Math.min(open, close), read.path("low").asDouble());
        assertEquals(close, read.path("close").asDouble());
    }

    private void trade(long number, String price, Leg... legs) {
        write(
                Book.persistenceId(Samples.BTC),
                0,
                Samples.executed(
                        Samples.trade(number, Samples.ALICE, "order-" + number, price, legs)));
    }

    @Test
    void bisectionNamesTheBatchThatMovedTheIndexForTwoSeconds() {
        tape(0, 100, 100.1);
        tape(1, 100.2);
        tape(2, 100.2, 98.5);
        tape(3, 98.4);
        tape(4, 98.4);
        assertEquals(List.of(3L, 4L), moved(List.of(98.5, 98.4)), "the batch, and the next");
    }

    @Test
    void aSecondWithoutAnIndexPriceDoesNotHideWhatMovedAroundIt() {
        tape(0, 100);
        tape(1, 100.1);
        tape(2, 99.3);
        tape(3);
        tape(4, 98.5);
        tape(5, 98.5);
        assertEquals(
                List.of(5L), moved(List.of(98.5)), "half in one batch, half two seconds later");
    }

    /** Events of the journal in which bisection finds that the index has fallen by 1 %; these are its values. */
    private List<Long> moved(List<Double> expected) {
        Bisection bisection = new Bisection(Condition.parse("tape.BTC.move < -0.01"));
        List<Long> found = new ArrayList<>();
        List<Double> indexes = new ArrayList<>();
        for (Written written : journal) {
            Optional<ObjectNode> tree = bisection.next(written);
            tree.ifPresent(
                    holds -> {
                        found.add(written.order());
                        indexes.add(holds.at("/tape/BTC/index").asDouble());
                        assertEquals(
                                indexes.getLast() + 5,
                                holds.at("/tape/BTC/sources/venue").asDouble());
                    });
        }
        assertEquals(expected, indexes);
        return found;
    }
}
