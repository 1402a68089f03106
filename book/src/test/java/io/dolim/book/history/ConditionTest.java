package io.dolim.book.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Expressions over the state's paths. */
class ConditionTest {

    private static boolean holds(String expression) throws Exception {
        JsonNode tree =
                new ObjectMapper()
                        .readTree(
                                "{\"mode\":\"OPEN\",\"capital\":{\"rac\":5.5},"
                                        + "\"positions\":{\"BTC_USDC-25DEC26-100000-C\":-3.10}}");
        return Condition.parse(expression).holds(tree);
    }

    @Test
    void everyComparisonIsOfNumbersByValueAndOfWordsByEquality() throws Exception {
        assertTrue(holds("capital.rac < 5.6"));
        assertFalse(holds("capital.rac < 5.5"));
        assertTrue(holds("capital.rac <= 5.50"));
        assertTrue(holds("capital.rac >= 55e-1"));
        assertFalse(holds("capital.rac > 5.5"));
        assertTrue(holds("capital.rac == 5.500"));
        assertTrue(holds("capital.rac != 5"));
        assertTrue(holds("mode==OPEN"));
        assertFalse(holds("mode != OPEN"));
        assertFalse(holds("mode < 5"));
        assertTrue(holds("capital.rac != OPEN"));
        assertTrue(holds("positions.BTC_USDC-25DEC26-100000-C == -3.1"));
    }

    @Test
    void andBindsCloserThanOrAndParenthesesCloserStill() throws Exception {
        assertTrue(holds("mode == OPEN or mode == HALTED and capital.rac < 0"));
        assertFalse(holds("(mode == OPEN or mode == HALTED) and capital.rac < 0"));
        assertTrue(holds("capital.rac < 0 and mode == HALTED or mode == OPEN"));
        assertFalse(holds("capital.rac<0 and (mode==HALTED or mode==OPEN)"));
        assertTrue(holds("((mode == OPEN)) and ( capital.rac > 0 or (mode == HALTED))"));
    }

    @Test
    void aMissingPathHoldsNothingAndIsTold() throws Exception {
        assertFalse(holds("greeks.BTC.delta != 5"));
        JsonNode tree = new ObjectMapper().readTree("{\"greeks\":{\"ETH\":{\"delta\":1}}}");
        Condition both = Condition.parse("greeks.BTC.delta < 1 or greeks.ETH.delta < 1");
        assertEquals(new TreeSet<>(List.of("greeks.BTC.delta")), both.missing(tree));
        assertEquals(
                new TreeSet<>(List.of("greeks", "mode")),
                Condition.parse("greeks.BTC.delta < 1 or (mode == OPEN and mode != X)").roots());
    }

    @Test
    void whatIsNoExpressionIsRefusedAndAnUnknownRootNamesTheKnown() {
        for (String text :
                List.of(
                        "",
                        "mode",
                        "mode ==",
                        "== OPEN",
                        "mode = OPEN",
                        "(mode == OPEN",
                        "mode == OPEN)",
                        "mode == OPEN and",
                        "mode == OPEN mode == OPEN",
                        "mode < many",
                        "mode == == OPEN",
                        "5 < mode",
                        "mode ! OPEN")) {
            assertThrows(IllegalArgumentException.class, () -> Condition.parse(text), text);
        }
        String said =
                String.valueOf(
                        assertThrows(
                                        IllegalArgumentException.class,
                                        () -> Condition.parse("mood == OPEN"))
                                .getMessage());
        assertTrue(said.startsWith("path=mood must begin with one of [accounts, at, "), said);
    }
}
