package io.dolim.book.prints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.BookEvent;
import io.dolim.book.history.Resolution;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.Posting;
import io.dolim.book.trade.TradeId;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.pricing.Black76;
import io.dolim.quoting.quote.Leg;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Given the Books' events, what the trades tape says. */
class PrintsTest {

    private static final long DAY_MS = 86_400_000L;
    private static final Leg BUYS_TWO = new Leg(Told.CALL, 2);

    private static double mark(OptionContract contract) {
        return Black76.price(
                contract.type(),
                Told.SPOT,
                contract.strike().doubleValue(),
                contract.expiry().yearsFrom(Told.BEGIN_MS),
                Told.VOL,
                1);
    }

    private static List<String> prices(List<Print> prints) {
        return prints.stream().map(print -> print.priceUsdc().toPlainString()).toList();
    }

    @Test
    void aTradeIsPrintedAsItWasAgreed() {
        Told told = Told.roomy().listed(Told.CALL).tell(Told.BTC, Told.recorded());
        told.traded(Told.ALICE, 5, "260", BUYS_TWO);
        double vol = told.found(PrintQuery.of(Told.CALL, 10)).getFirst().ivAnnual();
        Print expected =
                new Print(
                        new TradeId(Told.BTC, 1),
                        1,
                        1,
                        Told.ALICE,
                        new ClientOrderId("order-1"),
                        Told.CALL,
                        2,
                        new BigDecimal("0.02"),
                        new BigDecimal("13000").stripTrailingZeros(),
                        Print.Tick.ZERO_PLUS,
                        mark(Told.CALL),
                        vol,
                        Told.SPOT,
                        Usdc.ofWhole(1),
                        Told.BEGIN_MS + 5_000);
        assertEquals(List.of(expected), told.found(PrintQuery.of(Told.CALL, 10)));
        double years = Told.CALL.expiry().yearsFrom(Told.BEGIN_MS);
        assertEquals(
                13_000,
                Black76.price(Told.CALL.type(), Told.SPOT, 100_000, years, vol, 1),
                1e-6,
                "its volatility gives its price");
    }

    @Test
    void eachPriceStandsToTheOneBefore() {
        Told told = Told.roomy().listed(Told.CALL).tell(Told.BTC, Told.recorded());
        for (String paid : List.of("100", "100", "90", "90", "110", "110")) {
            told.traded(Told.ALICE, 1, paid, BUYS_TWO);
        }
        assertEquals(
                List.of(
                        Print.Tick.ZERO_PLUS,
                        Print.Tick.ZERO_PLUS,
                        Print.Tick.MINUS,
                        Print.Tick.ZERO_MINUS,
                        Print.Tick.PLUS,
                        Print.Tick.ZERO_PLUS),
                told.found(PrintQuery.of(Told.CALL, 10).fromTheOldest()).stream()
                        .map(Print::tick)
                        .toList());
    }

    @Test
    void theLegsOfAPackageAddUpToItsPriceAndMakeNoPriceOfTheirOwn() {
        Told told = Told.roomy().listed(Told.CALL, Told.PUT).tell(Told.BTC, Told.recorded());
        told.traded(Told.ALICE, 1, "100", BUYS_TWO);
        told.traded(Told.BOB, 2, "90", new Leg(Told.CALL, 2), new Leg(Told.PUT, -3));
        List<Print> legs =
                told.found(PrintQuery.of(Set.of(Told.BTC), 10).numbered(2, 2).fromTheOldest());
        assertEquals(List.of(1, 2), legs.stream().map(Print::leg).toList());
        assertEquals(List.of(2, 2), legs.stream().map(Print::legs).toList());
        BigDecimal sum = BigDecimal.ZERO;
        Usdc fees = Usdc.ZERO;
        for (Print leg : legs) {
            BigDecimal paid = leg.priceUsdc().multiply(leg.coins());
            sum = leg.isBought() ? sum.add(paid) : sum.subtract(paid);
            fees = fees.plus(leg.fee());
        }
        assertEquals(90.0, sum.doubleValue(), 1e-6);
        assertEquals(Usdc.ofWhole(1), fees);
        double beyond = 90 - 0.02 * mark(Told.CALL) + 0.03 * mark(Told.PUT);
        double share = beyond / (0.02 * mark(Told.CALL) + 0.03 * mark(Told.PUT));
        double bought = mark(Told.CALL) * (1 + share);
        assertEquals(bought, legs.getLast().priceUsdc().doubleValue(), 1e-6);
        DayFigures day = told.prints.day(Told.CALL, Told.BEGIN_MS + 3_000);
        assertEquals(Optional.of(new BigDecimal("5E+3")), day.lastUsdc(), "of the trade alone");
        assertEquals(new BigDecimal("0.04"), day.volumeCoins(), "but volume is volume");
    }

    @Test
    void aTradeWaitsForTheMarketThatAnotherBookRecorded() {
        Told told = Told.roomy().listed(Told.CALL);
        told.traded(Told.ALICE, 1, "100", BUYS_TWO);
        assertEquals(List.of(), told.found(PrintQuery.of(Told.CALL, 10)));
        told.traded(Told.ALICE, 2, "120", BUYS_TWO);
        told.tell(Told.ETH, Told.recorded());
        assertEquals(List.of("5000", "6000"), prices(told.found(all().fromTheOldest())));
        assertEquals(Told.SPOT, told.found(all()).getLast().indexUsdc());
    }

    private static PrintQuery all() {
        return PrintQuery.of(Set.of(Told.BTC, Told.ETH), 100);
    }

    @Test
    void whatIsNeverRecordedHoldsUpNobodyForLong() {
        Told told = Told.roomy().listed(Told.CALL);
        for (int i = 0; i < 6; i++) {
            told.traded(Told.ALICE, i, "100", BUYS_TWO);
        }
        List<Print> printed = told.found(all());
        assertEquals(2, printed.size(), "four may wait");
        assertEquals(0.0, printed.getFirst().indexUsdc());
        assertEquals(4_850, printed.getFirst().markUsdc(), "of the trade's own lines");
    }

    @Test
    void anEventThatComesAgainIsPassedOver() {
        Told told = Told.roomy().listed(Told.CALL).tell(Told.BTC, Told.recorded());
        BookEvent.TradeExecuted trade = told.trade(Told.ALICE, 1, "100", BUYS_TWO);
        told.tell(Told.BTC, trade);
        told.repeat(Told.BTC, trade);
        assertEquals(1, told.found(all()).size());
    }

    @Test
    void aDayIsTwentyFourHours() {
        Told told = Told.roomy().listed(Told.CALL).tell(Told.BTC, Told.recorded());
        told.traded(Told.ALICE, 0, "100", BUYS_TWO);
        told.traded(Told.ALICE, 60, "80", BUYS_TWO);
        told.traded(Told.BOB, 120, "-90", new Leg(Told.CALL, -3));
        DayFigures today = told.prints.day(Told.CALL, Told.BEGIN_MS + 180_000);
        assertEquals(Optional.of(new BigDecimal("3E+3")), today.lastUsdc());
        assertEquals(Optional.of(new BigDecimal("3E+3")), today.lowUsdc());
        assertEquals(Optional.of(new BigDecimal("5E+3")), today.highUsdc());
        assertEquals(-40.0, today.changePercent().orElseThrow(), 1e-9);
        assertEquals(new BigDecimal("0.07"), today.volumeCoins());
        assertEquals(0, new BigDecimal("270").compareTo(today.volumeUsdc()));
        DayFigures later = told.prints.day(Told.CALL, Told.BEGIN_MS + DAY_MS + 90_000);
        assertEquals(new BigDecimal("0.03"), later.volumeCoins());
        assertEquals(Optional.of(new BigDecimal("3E+3")), later.highUsdc());
        DayFigures old = told.prints.day(Told.CALL, Told.BEGIN_MS + 2 * DAY_MS);
        assertEquals(Optional.empty(), old.highUsdc());
        assertEquals(today.lastUsdc(), old.lastUsdc(), "the last price stays");
    }

    @Test
    void openInterestIsWhatIsHeldLongUntilItIsSettled() {
        Told told = Told.roomy().listed(Told.CALL).tell(Told.BTC, Told.recorded());
        told.traded(Told.ALICE, 1, "100", new Leg(Told.CALL, 5));
        told.traded(Told.BOB, 2, "-90", new Leg(Told.CALL, -2));
        assertEquals(new BigDecimal("0.05"), open(told), "alice's; the pool is short 3, bob 2");
        told.traded(Told.ALICE, 3, "-90", new Leg(Told.CALL, -4));
        assertEquals(new BigDecimal("0.02"), open(told), "alice's 1 and the pool's 1");
        settle(told, Told.ALICE, 1);
        settle(told, Told.BOB, -2);
        assertEquals(new BigDecimal("0.00"), open(told));
        assertEquals(
                List.of(
                        new Settled(
                                Told.CALL,
                                new BigDecimal("101000"),
                                new BigDecimal("0.02"),
                                Told.CALL.expiry().epochMs())),
                told.prints.settled(Told.BTC),
                "two events, one settlement");
    }

    private static BigDecimal open(Told told) {
        return told.prints.day(Told.CALL, Told.BEGIN_MS).openCoins();
    }

    private static void settle(Told told, AccountId account, long lots) {
        settle(told, Told.CALL, account, lots);
    }

    private static void settle(Told told, OptionContract contract, AccountId account, long lots) {
        told.tell(
                Told.BTC,
                new BookEvent.ExpirySettled(
                        contract.expiry(),
                        new BigDecimal("101000"),
                        contract.expiry().epochMs(),
                        List.of(
                                Posting.lots(Posting.taker(account), contract, -lots),
                                Posting.lots(Posting.POOL, contract, lots))));
    }

    @Test
    void deliveryPricesStandNewestFirst() {
        Told told = Told.roomy();
        for (int i = 1; i <= 12; i++) {
            told.tell(
                    Told.BTC,
                    new BookEvent.DeliveryPriceSet(
                            Told.CALL.expiry(),
                            BigDecimal.valueOf(100_000 + i),
                            "twap-30m",
                            180,
                            "settlement",
                            "",
                            i));
        }
        List<Delivery> kept = told.prints.deliveries(Told.BTC);
        assertEquals(10, kept.size(), "bounded");
        assertEquals(BigDecimal.valueOf(100_012), kept.getFirst().priceUsdc());
        assertEquals(List.of(), told.prints.deliveries(Told.ETH));
    }

    @Test
    void candlesAreFlatWhereNothingWasTraded() {
        Told told = Told.roomy().listed(Told.CALL, Told.PUT).tell(Told.BTC, Told.recorded());
        long begin = Told.BEGIN_MS - Math.floorMod(Told.BEGIN_MS, 60_000L);
        told.traded(Told.ALICE, 0, "100", BUYS_TWO);
        told.traded(Told.ALICE, 1, "120", BUYS_TWO);
        told.traded(Told.ALICE, 2, "80", BUYS_TWO);
        told.traded(Told.ALICE, 3, "110", BUYS_TWO);
        told.traded(Told.ALICE, 4, "90", BUYS_TWO, new Leg(Told.PUT, -3));
        told.traded(Told.ALICE, 180, "100", BUYS_TWO);
        List<String> rows = new ArrayList<>();
        for (Candle one : candles(told, "1", begin, begin + 240_000)) {
            rows.add(
                    (one.beginMs() - begin) / 60_000
                            + " "
                            + one.open().intValueExact()
                            + " "
                            + one.high().intValueExact()
                            + " "
                            + one.low().intValueExact()
                            + " "
                            + one.close().intValueExact()
                            + " "
                            + one.volumeCoins().movePointRight(2).intValueExact()
                            + " "
                            + one.costUsdc().intValueExact());
        }
        assertEquals(
                List.of(
                        "0 5000 6000 4000 5500 8 410",
                        "1 5500 5500 5500 5500 0 0",
                        "2 5500 5500 5500 5500 0 0",
                        "3 5000 5000 5000 5000 2 100",
                        "4 5000 5000 5000 5000 0 0"),
                rows);
        assertEquals(
                List.of(begin + 120_000L, begin + 180_000L),
                candles(told, "1", begin + 61_000, begin + 180_000).stream()
                        .map(Candle::beginMs)
                        .toList(),
                "what began before is not in it, but its close is");
        assertEquals(1, candles(told, "1D", begin - DAY_MS, begin).size());
        assertEquals(List.of(), candles(told, "1", begin - DAY_MS, begin - 60_000));
    }

    private static List<Candle> candles(Told told, String resolution, long from, long until) {
        return told.prints.candles(Told.CALL, Resolution.parse(resolution), from, until);
    }

    @Test
    void whatIsAskedForIsAnsweredInItsOrder() {
        Told told = Told.roomy().listed(Told.CALL, Told.PUT).tell(Told.BTC, Told.recorded());
        told.traded(Told.ALICE, 1, "10", new Leg(Told.CALL, 1));
        told.traded(Told.BOB, 2, "20", new Leg(Told.PUT, 1));
        told.traded(Told.ALICE, 3, "30", new Leg(Told.CALL, 1));
        told.traded(Told.BOB, 4, "40", new Leg(Told.CALL, 1));
        PrintQuery calls = PrintQuery.of(Told.CALL, 2);
        assertEquals(List.of("4000", "3000"), prices(told.found(calls)));
        assertTrue(told.prints.find(calls).more());
        assertEquals(List.of("1000", "3000"), prices(told.found(calls.fromTheOldest())));
        assertFalse(told.prints.find(calls.numbered(2, 9)).more());
        assertEquals(List.of("4000", "3000"), prices(told.found(calls.numbered(2, 9))));
        long from = Told.BEGIN_MS + 2_000;
        assertEquals(
                List.of("3000", "2000"), prices(told.found(all().between(from, from + 1_000))));
        assertEquals(List.of("3000", "1000"), prices(told.found(all().of(Told.ALICE))));
        assertEquals(List.of("4000"), prices(told.found(calls.of(Told.BOB))));
        ClientOrderId third = new ClientOrderId("order-3");
        assertEquals(List.of("3000"), prices(told.found(all().of(Told.ALICE).of(third))));
        assertEquals(List.of(), told.found(all().of(Told.BOB).of(third)));
    }

    @Test
    void whatItRemembersIsBounded() {
        Told told = new Told(3, 2, 1).listed(Told.CALL).tell(Told.BTC, Told.recorded());
        for (String paid : List.of("10", "20", "30", "40")) {
            told.traded(Told.ALICE, 1, paid, new Leg(Told.CALL, 1));
        }
        assertEquals(List.of("4000", "3000", "2000"), prices(told.found(all())));
        assertEquals(List.of("4000", "3000"), prices(told.found(all().of(Told.ALICE))));
        assertEquals(3, told.found(PrintQuery.of(Told.CALL, 10)).size());
        told.traded(Told.BOB, 1, "50", new Leg(Told.CALL, 1));
        assertEquals(List.of(), told.found(all().of(Told.ALICE)), "one account may be known");
        assertEquals(1, told.found(all().of(Told.BOB)).size());
    }

    @Test
    void whatExpiredLongAgoIsForgottenUnlessSomebodyHoldsIt() {
        OptionContract past = OptionContract.parse("BTC_USDC-18SEP26-100000-C");
        OptionContract held = OptionContract.parse("BTC_USDC-18SEP26-90000-C");
        Told told = Told.roomy().listed(past, held);
        settle(told, held, Told.ALICE, -1);
        told.listed(Told.CALL);
        assertFalse(told.prints.knows(past), "it expired before BEGIN_MS less a day");
        assertTrue(told.prints.knows(held));
        assertTrue(told.prints.knows(Told.CALL));
    }

    @Test
    void listenersAreToldEachTradeOnceTheTapeIsWhole() {
        Told told = Told.roomy().listed(Told.CALL, Told.PUT).tell(Told.BTC, Told.recorded());
        List<List<Print>> heard = new ArrayList<>();
        told.prints.listen(heard::add);
        told.prints.whole(false);
        told.traded(Told.ALICE, 1, "10", new Leg(Told.CALL, 1));
        told.prints.whole(true);
        told.traded(Told.ALICE, 2, "90", BUYS_TWO, new Leg(Told.PUT, -3));
        assertEquals(1, heard.size());
        assertEquals(
                List.of(Told.PUT, Told.CALL),
                heard.getFirst().stream().map(Print::contract).toList());
    }
}
