package io.dolim.book.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The first event after which a condition holds, on a log whose planted event is known. */
class BisectionTest {

    /** The pool is short five calls after event 10, flat after 12, and short five again after 14. */
    private static List<Written> log() {
        Made made = new Made().listed(Made.CALL);
        made.deposited(Made.ALICE, "d-1", 1_000);
        made.traded(Made.ALICE, 10, Made.CALL, 2);
        made.deposited(Made.BOB, "d-2", 500);
        made.traded(Made.ALICE, 10, Made.CALL, 3);
        made.traded(Made.ALICE, 10, Made.CALL, -5);
        made.traded(Made.ALICE, 10, Made.CALL, 5);
        return made.log();
    }

    private record Found(long order, ObjectNode state) {}

    private static Optional<Found> first(Bisection bisection) {
        for (Written one : log()) {
            Optional<ObjectNode> state = bisection.next(one);
            if (state.isPresent()) {
                return Optional.of(new Found(one.order(), state.get()));
            }
        }
        return Optional.empty();
    }

    private static long firstOf(String expression) {
        return first(new Bisection(Condition.parse(expression))).map(Found::order).orElse(-1L);
    }

    @Test
    void itIsTheFirstAlsoOfWhatEndsAndHoldsAgain() {
        assertEquals(10, firstOf("positions." + Made.CALL + " <= -0.05"));
        assertEquals(6, firstOf("positions." + Made.CALL + " < 0"));
        assertEquals(8, firstOf("accounts.bob.cash >= 500"));
        assertEquals(12, firstOf("books.BTC.trades == 3"));
        assertEquals(10, firstOf("books.BTC.trades > 1 and accounts.alice.cash < 990"));
        assertEquals(-1, firstOf("books.BTC.trades > 4"));
    }

    @Test
    void theWholeStateComesWithIt() {
        ObjectNode state =
                first(new Bisection(Condition.parse("books.BTC.trades == 2")))
                        .orElseThrow()
                        .state();
        assertEquals(10, state.at("/at/order").asLong());
        assertEquals("BTC-2", state.at("/last_trade/id").asText());
        assertEquals(0, state.at("/cash_imbalance").asInt());
        assertTrue(state.path("state_hash").asText().matches("[0-9a-f]{64}"));
    }

    @Test
    void aPathThatNoStateHasIsToldAndOneThatSomeHaveIsNot() {
        Bisection bisection =
                new Bisection(
                        Condition.parse(
                                "books.DOGE.trades > 0 or accounts.bob.cash > 501 and books.DOGE.cash > 0"));
        assertEquals(Optional.empty(), first(bisection));
        assertEquals(
                new TreeSet<>(List.of("books.DOGE.cash", "books.DOGE.trades")),
                bisection.unknown());
    }

    @Test
    void aPathThatWasThereForAWhileIsNoUnknownOne() {
        Bisection bisection = new Bisection(Condition.parse("positions." + Made.CALL + " > 100"));
        for (Written one : log().subList(0, 6)) {
            assertEquals(Optional.empty(), bisection.next(one));
        }
        assertTrue(bisection.past().held(Made.BTC).lots().isEmpty(), "flat, and so not told");
        assertEquals(new TreeSet<>(), bisection.unknown());
    }

    @Test
    void withoutAViewGreeksAndCapitalSayWhyTheyAreAbsent() {
        Bisection bisection = new Bisection(Condition.parse("books.BTC.trades == 1"));
        ObjectNode state = first(bisection).orElseThrow().state();
        for (String root : List.of("view", "market", "greeks", "capital")) {
            assertEquals(
                    "input=view is not recorded before its trade",
                    state.path(root).path("absent").asText());
        }
        ObjectNode before =
                first(new Bisection(Condition.parse("accounts.alice.cash > 0")))
                        .orElseThrow()
                        .state();
        assertEquals(
                "no trade is written before this place, and so no market view",
                before.at("/capital/absent").asText());
    }
}
