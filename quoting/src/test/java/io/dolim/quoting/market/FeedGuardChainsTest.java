package io.dolim.quoting.market;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dolim.quoting.instrument.Expiry;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Promise O1 for option chains. */
class FeedGuardChainsTest extends GuardedMarket {
    @Test
    void badRowsOfAChainAreDroppedAndCounted() {
        open();
        OptionQuote good = row(80_000, 0.5);
        TreeMap<HoldReason, Integer> expected = new TreeMap<>();
        expected.put(HoldReason.NOT_FINITE, 2);
        expected.put(HoldReason.NOT_POSITIVE, 2);
        expected.put(HoldReason.OUT_OF_RANGE, 2);
        expected.put(HoldReason.CROSSED, 1);
        expected.put(HoldReason.OUT_OF_ORDER, 1);
        FeedEvent.ChainQuotes sent =
                chain(
                        80_100,
                        row(60_000, Double.NaN),
                        row(61_000, Double.POSITIVE_INFINITY),
                        row(62_000, 0),
                        row(63_000, -0.5),
                        row(64_000, 11),
                        row(65_000, 0.001),
                        priced(66_000, 0.5, 120, 110),
                        good,
                        row(80_000, 0.5));
        GuardDecision.ChainAccepted kept = (GuardDecision.ChainAccepted) hear(sent).decision();
        assertEquals(expected, kept.dropped());
        assertEquals(List.of(good), kept.chain().quotes());
        assertEquals(sent, kept.event());
    }

    @Test
    void chainsThatCannotBeTrueAreHeldWhole() {
        assertEquals(HoldReason.NO_INDEX, heldReason(chain(80_100, row(80_000, 0.5))));
        open();
        GuardState before = state;
        OptionQuote row = row(80_000, 0.5);
        assertEquals(HoldReason.NOT_FINITE, heldReason(chain(Double.NaN, row)));
        assertEquals(HoldReason.NOT_POSITIVE, heldReason(chain(0, row)));
        assertEquals(HoldReason.BASIS, heldReason(chain(800_000, row)));
        assertEquals(HoldReason.EMPTY, heldReason(chain(80_100)));
        assertEquals(HoldReason.EMPTY, heldReason(chain(80_100, row(80_000, Double.NaN))));
        assertEquals(
                HoldReason.EXPIRED,
                heldReason(
                        new FeedEvent.ChainQuotes(
                                BTC,
                                source("a"),
                                nowMs,
                                Expiry.parse("1FEB26"),
                                80_000,
                                List.of(row))));
        assertEquals(
                HoldReason.OUT_OF_ORDER,
                heldReason(
                        new FeedEvent.ChainQuotes(
                                BTC, source("a"), nowMs - 1, MARCH, 80_100, List.of(row))));
        assertEquals(before, state);
    }

    @Test
    void anOldChainStopsQuotingButNotTheIndex() {
        open();
        for (int i = 0; i < 31; i++) {
            later(1_000);
            hear(tick("a", 80_000 + i));
            hear(tick("b", 80_000 + i));
        }
        assertStopped("chain stale");
        assertEquals(OptionalDouble.of(80_030), guard.indexUsdc(state, nowMs));
    }
}
