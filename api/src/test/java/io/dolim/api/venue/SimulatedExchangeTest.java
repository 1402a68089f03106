package io.dolim.api.venue;

import static io.dolim.api.venue.Exchanges.BTC;
import static io.dolim.api.venue.Exchanges.START;
import static io.dolim.api.venue.Exchanges.buy;
import static io.dolim.api.venue.Exchanges.funded;
import static io.dolim.api.venue.Exchanges.order;
import static io.dolim.api.venue.Exchanges.refusal;
import static io.dolim.api.venue.Exchanges.sell;
import static io.dolim.api.venue.Exchanges.taken;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.api.feed.Dice;
import io.dolim.book.hedge.Venue;
import io.dolim.book.hedge.VenueFill;
import io.dolim.book.hedge.VenueOrder;
import io.dolim.book.hedge.VenuePayment;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedExchangeTest {

    private static final long HOUR = 3_600_000L;

    private static Usdc usdc(String amount) {
        return Usdc.of(new BigDecimal(amount));
    }

    @Test
    void anOrderTakesTheBookLevelByLevelAndPaysTheFeeOfEach() {
        SimulatedExchange exchange = funded();
        // of 500,000 lots a twentieth squared stands first, then three times as many
        ExchangeOrder done = taken(exchange.trade(buy(2_000, "a")));
        assertEquals(
                List.of(
                        new VenueFill(
                                1,
                                "BTC_USDC-1",
                                START,
                                "a",
                                1_250,
                                new BigDecimal("100002.0"),
                                usdc("62.50125")),
                        new VenueFill(
                                2,
                                "BTC_USDC-2",
                                START,
                                "a",
                                750,
                                new BigDecimal("100027.0"),
                                usdc("37.510125"))),
                done.fills());
        assertEquals(2_000, exchange.lots(BTC));
        assertEquals(usdc("999899.988625"), exchange.cash());
        // 1.25 coins 2 USDC above the mark, 0.75 coins 27
        assertEquals(usdc("999877.238625"), exchange.equity());
    }

    @Test
    void aLimitCutsTheRestOff() {
        SimulatedExchange exchange = funded();
        ExchangeOrder done = taken(exchange.trade(order(5_000, "100026.9", false, "a")));
        assertEquals(1_250, done.filledLots());
        assertEquals(0, taken(exchange.trade(order(1, "100001.9", false, "b"))).filledLots());
        assertEquals(1_250, exchange.lots(BTC));
    }

    @Test
    void whatWasTakenComesBackEvenly() {
        SimulatedExchange exchange = funded();
        taken(exchange.trade(buy(5_000, "a")));
        Venue.Level best = exchange.depth("v", BTC).asks().getFirst();
        assertEquals(new BigDecimal("100052.0"), best.priceUsdc());
        // a side of 500,000 lots stands again after 60 s: 5,000 lots after 600 ms
        exchange.advance(START + 600);
        assertEquals(
                new Venue.Level(new BigDecimal("100002.0"), 1_250),
                exchange.depth("v", BTC).asks().getFirst());
    }

    @Test
    void theBookStandsOnBothSidesOfTheMark() {
        Venue.Depth depth = funded().depth("v", BTC);
        assertEquals(20, depth.bids().size());
        assertEquals(new Venue.Level(new BigDecimal("99998.0"), 1_250), depth.bids().getFirst());
        assertEquals(new Venue.Level(new BigDecimal("99523.0"), 48_750), depth.bids().getLast());
        assertEquals(500_000, depth.asks().stream().mapToLong(Venue.Level::lots).sum());
        assertEquals(0.0005, depth.takerFee());
    }

    @Test
    void linearImpactHasLevelsAlike() {
        PerpetualRules.Depth rules =
                new PerpetualRules.Depth(PerpetualRules.Impact.LINEAR, 0.001, 0.01, 100, 4, 1_000);
        Ladder asks = new Ladder(Exchanges.rules().perpetuals().getFirst().spec(), rules, 1);
        assertEquals(
                List.of(
                        new Venue.Level(new BigDecimal("100100.0"), 25_000),
                        new Venue.Level(new BigDecimal("100350.0"), 25_000),
                        new Venue.Level(new BigDecimal("100600.0"), 25_000),
                        new Venue.Level(new BigDecimal("100850.0"), 25_000)),
                asks.levels(100_000));
    }

    @Test
    void profitIsRealisedAgainstTheMeanCostAndExactly() {
        SimulatedExchange exchange = funded();
        taken(exchange.trade(buy(1_000, "a")));
        exchange.observe(BTC, START, 101_000, 101_000);
        // bought at 100,002 and sold at 100,997.9
        taken(exchange.trade(sell(400, "b")));
        assertEquals(usdc("398.36"), exchange.realised());
        taken(exchange.trade(sell(600, "c")));
        assertEquals(0, exchange.lots(BTC));
        assertEquals(usdc("995.9"), exchange.realised());
        assertEquals(exchange.cash(), exchange.equity());
        assertEquals(
                usdc("1000000").plus(usdc("995.9")).minus(usdc("50.001")).minus(usdc("50.49895")),
                exchange.cash());
    }

    @Test
    void anOrderThroughTheOtherSideClosesAndOpens() {
        SimulatedExchange exchange = funded();
        taken(exchange.trade(buy(1_000, "a")));
        taken(exchange.trade(sell(1_250, "b")));
        assertEquals(-250, exchange.lots(BTC));
        assertEquals(usdc("-4"), exchange.realised());
        // 0.25 coins sold 2 USDC below the mark
        assertEquals(usdc("-0.5"), exchange.equity().minus(exchange.cash()));
    }

    @Test
    void longsPayThePremiumBeyondTheDeadBand() {
        SimulatedExchange exchange = funded();
        taken(exchange.trade(buy(1_000, "a")));
        Usdc before = exchange.cash();
        exchange.observe(BTC, START, 100_000, 100_075);
        // 0.075 % less 0.025 % of 100,000 USDC in eight hours
        exchange.advance(START + 4 * HOUR);
        assertEquals(usdc("-25"), exchange.accrued());
        assertEquals(before, exchange.cash());
        exchange.advance(START + 8 * HOUR);
        assertEquals(usdc("-50"), exchange.cash().minus(before));
        assertEquals(Usdc.ZERO, exchange.accrued());
        assertEquals(
                new VenuePayment(2, START + 8 * HOUR, VenuePayment.Kind.FUNDING, usdc("-50")),
                exchange.ledger("v", BTC, 0, 1, 9).payments().getFirst());
    }

    @Test
    void fractionsOfAMicroAreNotLostBetweenPayments() {
        ExchangeRules own = Exchanges.rules();
        SimulatedExchange exchange =
                new SimulatedExchange(
                        new ExchangeRules(
                                own.perpetuals(),
                                own.liquidationFee(),
                                ExchangeRules.Chances.NONE,
                                ExchangeRules.Latency.NONE,
                                1_000,
                                own.mostRecords()),
                        START,
                        new Dice(1));
        exchange.transfer(Usdc.ofWhole(1_000), "first");
        exchange.observe(BTC, START, 100_000, 100_075);
        taken(exchange.trade(buy(1, "a")));
        Usdc before = exchange.cash();
        // 50,000 micros in 8 hours are 1.74 a second
        exchange.advance(START + 8 * HOUR);
        assertEquals(usdc("-0.05"), exchange.cash().minus(before));
    }

    @Test
    void fundingRateFollowsDeribitsFormula() {
        SimulatedExchange exchange = funded();
        SimulatedPerpetual btc = exchange.account().known(BTC);
        for (double[] markAndRate :
                new double[][] {
                    {100_025, 0},
                    {99_975, 0},
                    {100_100, 0.00075},
                    {99_900, -0.00075},
                    {101_000, 0.005},
                    {99_000, -0.005}
                }) {
            exchange.observe(BTC, START, 100_000, markAndRate[0]);
            assertEquals(markAndRate[1], btc.rate8h(), 1e-12, "mark=" + markAndRate[0]);
        }
    }

    @Test
    void aLabelSeenBeforeIsNotTradedTwice() {
        SimulatedExchange exchange = funded();
        ExchangeOrder first = taken(exchange.trade(buy(10, "a")));
        exchange.observe(BTC, START + 1, 90_000, 90_000);
        assertEquals(first, taken(exchange.trade(order(10, "200000.00", false, "a"))));
        assertEquals(ExchangeAnswer.Reason.LABEL_USED, refusal(exchange.trade(buy(11, "a"))));
        assertEquals(10, exchange.lots(BTC));
    }

    @Test
    void whatIsRefusedDoesNothing() {
        SimulatedExchange exchange = funded();
        Venue.Ledger before = exchange.ledger("v", BTC, 0, 0, 9);
        VenueOrder sol = new VenueOrder(new Underlying("XRP"), 1, BigDecimal.ONE, false, "x");
        VenueOrder eth = new VenueOrder(Exchanges.ETH, 1, BigDecimal.ONE, false, "x");
        assertEquals(ExchangeAnswer.Reason.UNKNOWN_INSTRUMENT, refusal(exchange.trade(sol)));
        assertEquals(ExchangeAnswer.Reason.NO_INDEX, refusal(exchange.trade(eth)));
        assertEquals(
                ExchangeAnswer.Reason.PRICE_WRONG_TICK,
                refusal(exchange.trade(order(1, "100000.05", false, "x"))));
        assertEquals(
                ExchangeAnswer.Reason.INVALID_AMOUNT,
                refusal(exchange.trade(buy(Long.MAX_VALUE, "x"))));
        assertEquals(
                ExchangeAnswer.Reason.INVALID_AMOUNT,
                refusal(exchange.trade(order(Long.MIN_VALUE, "1", false, "x"))));
        assertEquals(
                ExchangeAnswer.Reason.NOTHING_TO_REDUCE,
                refusal(exchange.trade(order(1, "200000", true, "x"))));
        assertEquals(
                ExchangeAnswer.Reason.NOT_ENOUGH_FUNDS, refusal(exchange.trade(buy(300_000, "x"))));
        assertEquals(before, exchange.ledger("v", BTC, 0, 0, 9));
        for (double nonsense : new double[] {Double.NaN, 0, -1, Double.POSITIVE_INFINITY}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> exchange.observe(BTC, START + 1, nonsense));
        }
        assertEquals(before, exchange.ledger("v", BTC, 0, 0, 9));
    }

    @Test
    void reduceOnlyStopsAtZero() {
        SimulatedExchange exchange = funded();
        taken(exchange.trade(buy(100, "a")));
        assertEquals(100, taken(exchange.trade(order(-500, "1", true, "b"))).filledLots());
        assertEquals(0, exchange.lots(BTC));
    }

    @Test
    void theLedgerIsReadInPagesAndSaysWhetherMoreFollows() {
        SimulatedExchange exchange = funded();
        for (int i = 0; i < 5; i++) {
            taken(exchange.trade(buy(1, "o" + i)));
        }
        Venue.Ledger first = exchange.ledger("v", BTC, 0, 0, 3);
        assertEquals(List.of(1L, 2L, 3L), first.fills().stream().map(VenueFill::sequence).toList());
        assertFalse(first.isWhole());
        Venue.Ledger second = exchange.ledger("v", BTC, 3, 1, 3);
        assertEquals(List.of(4L, 5L), second.fills().stream().map(VenueFill::sequence).toList());
        assertEquals(List.of(), second.payments());
        assertTrue(second.isWhole());
        assertTrue(exchange.ledger("v", BTC, 99, 99, 3).fills().isEmpty());
    }

    @Test
    void aFullLedgerRefusesUntilItMayForget() {
        ExchangeRules few =
                new ExchangeRules(
                        Exchanges.rules().perpetuals(),
                        BigDecimal.ZERO,
                        ExchangeRules.Chances.NONE,
                        ExchangeRules.Latency.NONE,
                        28_800_000,
                        5);
        SimulatedExchange exchange = new SimulatedExchange(few, START, new Dice(1));
        exchange.observe(BTC, START, 100_000, 100_000);
        exchange.transfer(Usdc.ofWhole(100_000), "t");
        taken(exchange.trade(buy(1, "a")));
        taken(exchange.trade(buy(1, "b")));
        assertEquals(ExchangeAnswer.Reason.LEDGER_FULL, refusal(exchange.trade(buy(1, "c"))));
        assertEquals(
                ExchangeAnswer.Reason.LEDGER_FULL,
                refusal(exchange.transfer(Usdc.ofWhole(1), "u")));
        exchange.advance(START + 1);
        exchange.forget(START + 1);
        taken(exchange.trade(buy(1, "c")));
        Venue.Ledger ledger = exchange.ledger("v", BTC, 0, 0, 9);
        assertEquals(List.of(3L), ledger.fills().stream().map(VenueFill::sequence).toList());
        assertEquals(3, ledger.lots());
    }

    @Test
    void cashIsMovedOnceForEachLabelAndNotBelowWhatMarginNeeds() {
        SimulatedExchange exchange = funded();
        exchange.transfer(Usdc.ofWhole(5), "t");
        exchange.transfer(Usdc.ofWhole(5), "t");
        assertEquals(usdc("1000005"), exchange.cash());
        assertEquals(
                ExchangeAnswer.Reason.LABEL_USED, refusal(exchange.transfer(Usdc.ofWhole(6), "t")));
        exchange.movePosition(BTC, 25_000);
        // 53,125 USDC are bound as initial margin
        assertEquals(
                ExchangeAnswer.Reason.NOT_ENOUGH_FUNDS,
                refusal(exchange.transfer(usdc("-946880.000001"), "u")));
        assertEquals(new ExchangeAnswer.Moved("u"), exchange.transfer(usdc("-946880"), "u"));
    }
}
