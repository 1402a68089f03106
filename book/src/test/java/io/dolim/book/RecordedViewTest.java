package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.trade.BodyHash;
import io.dolim.book.trade.Content;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordedViewTest {

    private static final RecordedView VIEW =
            new RecordedView(
                    "ab".repeat(32),
                    "cd".repeat(32),
                    new Usdc(-12_345_678),
                    new TreeMap<>(Map.of(new Underlying("BTC"), 41L, new Underlying("ETH"), 7L)));

    @Test
    void aViewIsItsBytesAndTheyDoNotChange() {
        byte[] bytes = VIEW.encoded();
        assertEquals(VIEW, RecordedView.decode(bytes));
        assertEquals(97, bytes.length);
        assertEquals(
                "507f0f15ec107bd3ad0a76a32203703c526d9ccbe7d474d2acfc2c40c4c27c6e",
                BodyHash.ofBytes(bytes).hex());
    }

    @Test
    void bytesThatEndEarlyOrLateAreRefused() {
        byte[] bytes = VIEW.encoded();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(IllegalArgumentException.class, () -> RecordedView.decode(cut));
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThrows(IllegalArgumentException.class, () -> RecordedView.decode(longer));
    }

    /** Inputs keep their order; an event is small unless one content alone is not. */
    @Test
    void inputsStandInAsFewSmallEventsAsTheyNeed() {
        List<Content> contents =
                IntStream.of(600, 600, 500, 100, 5_000, 1_750, 1)
                        .mapToObj(size -> new Content("test.1", new byte[size]))
                        .toList();
        List<BookEvent.InputsRecorded> events = BookEvent.InputsRecorded.of(contents);
        assertEquals(
                List.of(
                        List.of(600, 600, 500),
                        List.of(100),
                        List.of(5_000),
                        List.of(1_750),
                        List.of(1)),
                events.stream()
                        .map(event -> event.contents().stream().map(Content::size).toList())
                        .toList());
        assertTrue(BookEvent.InputsRecorded.of(List.of()).isEmpty());
    }
}
