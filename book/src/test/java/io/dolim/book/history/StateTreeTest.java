package io.dolim.book.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.book.PricingInputs;
import io.dolim.book.Recorded;
import io.dolim.capacity.CapacityParameters;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.DayCount;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.market.Uncertainty;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.surface.SviSlice;
import io.dolim.quoting.surface.SviSmile;
import io.dolim.quoting.surface.VolSurface;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pool's value at any place, on the last view that was written down before it. */
class StateTreeTest {

    private static final ContractSpec SPEC =
            new ContractSpec(Made.BTC, new BigDecimal("0.01"), new BigDecimal("0.1"), 1, 10_000);
    private static final long CAPITAL = 1_000_000;
    private static final double SPOT = 100_000.0;

    private final Made made = new Made();
    private final Past past = new Past();
    private final StateTree state = new StateTree();
    private final CapacityParameters parameters = Recorded.terms(SPEC).capacity();
    private int read;

    @BeforeEach
    void aPoolThatSoldTenCalls() {
        made.paidIn(CAPITAL);
        made.listed(Made.CALL, Made.PUT, Made.LATER);
        made.recorded(inputs());
        made.traded(Made.ALICE, 2_000, Made.CALL, 10);
    }

    private static SviSlice slice(Expiry expiry) {
        return new SviSlice(
                expiry.epochMs(),
                DayCount.years(Made.BEGIN_MS, expiry.epochMs()),
                SPOT,
                1.0,
                SviSmile.flat(0.06),
                List.of(),
                0.0);
    }

    /** An empty pool on a flat surface, recorded by the Book's own code. */
    private PricingInputs inputs() {
        MarketSnapshot market =
                new MarketSnapshot(
                        Made.BTC,
                        Made.BEGIN_MS,
                        SPOT,
                        new VolSurface(
                                Made.BEGIN_MS,
                                List.of(slice(Made.CALL.expiry()), slice(Made.LATER.expiry()))),
                        SPOT,
                        Uncertainty.NONE);
        return Recorded.ofEmptyPool(market, SPEC, CAPITAL, (1 - haircut()) * CAPITAL);
    }

    private ObjectNode shown() {
        List<Written> log = made.log();
        log.subList(read, log.size()).forEach(past::apply);
        read = log.size();
        return state.of(past);
    }

    /** Equity is what is held: cash to the micro, and the mark of the positions. */
    private static void equityIsCashAndMark(ObjectNode tree) {
        BigDecimal cash =
                tree.path("capital_paid_in")
                        .decimalValue()
                        .add(tree.at("/books/BTC/cash").decimalValue());
        BigDecimal mark = tree.at("/greeks/BTC/mark").decimalValue();
        assertEquals(
                cash.add(mark).doubleValue(),
                tree.at("/capital/equity").asDouble(),
                1e-5,
                tree.toPrettyString());
    }

    private static double delta(ObjectNode tree) {
        return tree.at("/greeks/BTC/delta").asDouble();
    }

    @Test
    void afterItsTradeThePoolHasItsRisk() {
        ObjectNode tree = shown();
        equityIsCashAndMark(tree);
        assertEquals("BTC-1", tree.at("/view/of_trade").asText());
        assertEquals(7, tree.at("/view/number").asInt());
        assertEquals(Made.BEGIN_MS, tree.at("/view/time_ms").asLong());
        assertEquals(SPOT, tree.at("/market/BTC/spot").asDouble());
        assertTrue(delta(tree) < -0.04 && delta(tree) > -0.07, tree.toPrettyString());
        assertTrue(tree.at("/capital/worst_loss").asDouble() > 0);
    }

    @Test
    void aRecordedViewSaysTheCashThatAPegWouldMove() {
        shown();
        assertEquals(
                CAPITAL,
                RecordedBasis.of(past, past.lastTrade().orElseThrow())
                        .frozen()
                        .inputs()
                        .cashUsdc());
    }

    @Test
    void whatIsTradedOnTheSameViewIsHeldAtOnce() {
        double one = delta(shown());
        made.traded(Made.BOB, 2_000, Made.CALL, 10);
        ObjectNode tree = shown();
        assertEquals(2 * one, delta(tree), 1e-12);
        assertEquals("BTC-2", tree.at("/view/of_trade").asText());
        equityIsCashAndMark(tree);
        made.traded(Made.ALICE, 2_000, Made.CALL, -20);
        assertEquals(0.0, delta(shown()), 1e-12);
    }

    @Test
    void depositsLeaveThePoolAsItIsAndItsOwnCapitalDoesNot() {
        ObjectNode before = shown();
        made.deposited(Made.ALICE, "d-1", 7_000);
        ObjectNode deposited = shown();
        assertEquals(before.path("capital"), deposited.path("capital"));
        assertEquals(before.path("greeks"), deposited.path("greeks"));
        assertEquals(before.path("view"), deposited.path("view"));
        made.paidIn(500_000);
        ObjectNode richer = shown();
        equityIsCashAndMark(richer);
        assertEquals(
                before.at("/capital/risk_weighted").asDouble() + (1 - haircut()) * 500_000,
                richer.at("/capital/risk_weighted").asDouble(),
                1e-5);
    }

    @Test
    void anAdjustmentAndASettlementReachTheCapital() {
        double before = shown().at("/capital/equity").asDouble();
        made.adjusted(1, Made.ALICE, 100);
        ObjectNode adjusted = shown();
        assertEquals(before - 100, adjusted.at("/capital/equity").asDouble(), 1e-5);
        equityIsCashAndMark(adjusted);
        made.priced(Made.CALL.expiry(), "101000");
        made.settled(
                Made.CALL.expiry(),
                "101000",
                new TreeMap<>(
                        Map.of(
                                Made.ALICE,
                                new Made.Settled(
                                        new TreeMap<>(Map.of(Made.CALL, 10L)),
                                        Usdc.ofWhole(100)))));
        ObjectNode settled = shown();
        assertEquals(CAPITAL + 1_999 - 100 - 100, settled.at("/capital/equity").asDouble(), 1e-9);
        assertEquals(0.0, delta(settled));
        assertEquals(0.0, settled.at("/capital/worst_loss").asDouble());
        assertTrue(settled.path("positions").isEmpty());
        assertEquals("BTC-1", settled.at("/view/of_trade").asText());
    }

    private double haircut() {
        return parameters
                .usdcHaircut()
                .of(parameters.pricer(new TreeSet<>(java.util.Set.of(Made.BTC))).scenarios());
    }
}
