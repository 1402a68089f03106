package io.dolim.book.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.trade.TradeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Places are read as they are written, and a stretch of a log ends and begins exactly at them. */
class PlaceTest {

    /** Orders 2 to 16: two listings, a deposit, three trades, a deposit, a trade; a second apart. */
    private static List<Written> log() {
        Made made = new Made().listed(Made.CALL, Made.PUT);
        made.deposited(Made.ALICE, "d-1", 1_000);
        for (int i = 0; i < 3; i++) {
            made.traded(Made.ALICE, 10, Made.CALL, 1);
        }
        made.deposited(Made.BOB, "d-2", 1_000);
        made.traded(Made.BOB, 10, Made.CALL, 1);
        return made.log();
    }

    private static List<Long> within(String from, String to) {
        Stretch stretch =
                new Stretch(
                        Optional.of(from).filter(text -> !text.isEmpty()).map(Place::parse),
                        Optional.of(to).filter(text -> !text.isEmpty()).map(Place::parse));
        List<Long> orders = new ArrayList<>();
        for (Written one : log()) {
            if (stretch.next(one) == Stretch.Part.WITHIN) {
                orders.add(one.order());
            }
            if (stretch.ended()) {
                break;
            }
        }
        stretch.requireFound();
        return orders;
    }

    private static String refused(String from, String to) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> within(from, to)).getMessage());
    }

    @Test
    void eachKindIsReadAndSaidAsItIsWritten() {
        assertEquals(new Place.OfOrder(4711), Place.parse("4711"));
        assertEquals(new Place.OfTime(1_790_000_000_000L), Place.parse("2026-09-21T14:13:20Z"));
        assertEquals(new Place.OfTrade(new TradeId(Made.BTC, 17)), Place.parse("BTC-17"));
        assertEquals(
                new Place.OfCut(new TreeMap<>(Map.of("book-BTC", 12L, "capacity", 3L))),
                Place.parse("book-BTC=12,capacity=3"));
        for (String text :
                List.of("4711", "2026-09-21T14:13:20Z", "BTC-17", "book-BTC=12,capacity=3")) {
            assertEquals(text, Place.parse(text).toString());
        }
    }

    @Test
    void whatIsNoPlaceIsRefusedWithItsText() {
        for (String text :
                List.of(
                        "",
                        "yesterday",
                        "10:00",
                        "BTC-0",
                        "BTC-x",
                        "book-BTC",
                        "book-BTC=",
                        "=3",
                        "book-BTC=-1",
                        "book-BTC=1,book-BTC=2",
                        "12345678901234567890")) {
            String said =
                    String.valueOf(
                            assertThrows(
                                            IllegalArgumentException.class,
                                            () -> Place.parse(text),
                                            text)
                                    .getMessage());
            assertTrue(said.startsWith("place=" + text + " is no ORDER"), said);
        }
    }

    @Test
    void anOrderAndATimeEndWithTheLastEventUntilThen() {
        assertEquals(List.of(2L, 4L, 6L), within("", "6"));
        assertEquals(List.of(2L, 4L, 6L), within("", "7"));
        assertEquals(List.of(2L, 4L, 6L), within("", "2026-09-21T14:13:22Z"));
        assertEquals(List.of(2L, 4L, 6L), within("", "2026-09-21T14:13:22.999Z"));
        assertEquals(8, within("", "99").size());
    }

    @Test
    void aTradeEndsItAndBeginsItWithItself() {
        assertEquals(List.of(2L, 4L, 6L, 8L, 10L), within("", "BTC-2"));
        assertEquals(List.of(10L, 12L, 14L, 16L), within("BTC-2", ""));
        assertEquals(List.of(10L, 12L), within("BTC-2", "BTC-3"));
        assertEquals(List.of(10L), within("BTC-2", "BTC-2"));
        assertEquals(List.of(12L, 14L), within("12", "15"));
        assertEquals(List.of(14L, 16L), within("2026-09-21T14:13:26Z", ""));
    }

    @Test
    void aCutTakesOfEachWriterWhatItSays() {
        assertEquals(List.of(2L, 4L, 8L, 14L), within("", "book-BTC=3,account-bob=1"));
        assertEquals(List.of(6L), within("", "account-alice=1,book-BTC=0"));
    }

    @Test
    void aTradeOrACutThatIsNotThereIsRefusedByName() {
        assertEquals("place=BTC-5 must be a trade of the journal", refused("", "BTC-5"));
        assertEquals("place=ETH-1 must be a trade of the journal", refused("ETH-1", ""));
        assertEquals(
                "place=BTC-3 must be a trade of the journal up to BTC-2",
                refused("BTC-3", "BTC-2"));
        assertEquals(
                "place=book-BTC=99 must be a cut of the journal, which has {book-BTC=6}",
                refused("", "book-BTC=99"));
        assertTrue(refused("book-BTC=1", "").contains("to begin at"));
    }
}
