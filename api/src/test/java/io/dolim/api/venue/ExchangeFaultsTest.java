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
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.api.feed.Dice;
import io.dolim.book.hedge.Venue;
import io.dolim.book.hedge.VenueFill;
import io.dolim.book.hedge.VenuePayment;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Margins, liquidation, outages and what else goes wrong at a simulated exchange. */
class ExchangeFaultsTest {

    private static Usdc usdc(String amount) {
        return Usdc.of(new BigDecimal(amount));
    }

    @Test
    void equityBelowTheMaintenanceMarginEndsEveryPositionWithAFee() {
        SimulatedExchange exchange =
                new SimulatedExchange(Exchanges.rules().certain(), START, new Dice(1));
        exchange.observe(BTC, START, 100_000, 100_000);
        exchange.transfer(Usdc.ofWhole(30_000), "first");
        taken(exchange.trade(buy(10_000, "a")));
        assertFalse(exchange.isCalled());
        exchange.observe(BTC, START, 99_000, 99_000);
        assertTrue(exchange.isCalled());
        assertEquals(0, exchange.liquidations());
        exchange.observe(BTC, START, 98_000, 98_000);
        assertEquals(1, exchange.liquidations());
        assertEquals(0, exchange.lots(BTC));
        Venue.Ledger ledger = exchange.ledger("v", BTC, 0, 0, 99);
        assertTrue(ledger.fills().getLast().label().isEmpty());
        assertEquals(0, ledger.fills().stream().mapToLong(VenueFill::lots).sum());
        VenuePayment fee = ledger.payments().getLast();
        assertEquals(VenuePayment.Kind.LIQUIDATION_FEE, fee.kind());
        // 0.75 % of 10 coins sold some 10 basis points below 98,000
        assertEquals(-7_343, fee.amount().toDouble(), 5);
        assertEquals(exchange.cash(), exchange.equity());
    }

    @Test
    void aCrashLeavesADebtAndNoPosition() {
        SimulatedExchange exchange =
                new SimulatedExchange(Exchanges.rules().certain(), START, new Dice(1));
        exchange.observe(BTC, START, 100_000, 100_000);
        exchange.transfer(Usdc.ofWhole(30_000), "first");
        taken(exchange.trade(buy(10_000, "a")));
        exchange.observe(BTC, START, 50_000, 50_000);
        assertEquals(0, exchange.lots(BTC));
        assertTrue(exchange.cash().signum() < 0);
        assertEquals(1, exchange.ledger("v", BTC, 0, 0, 99).payments().size());
    }

    @Test
    void inAnOutageNothingIsTradedAndTheLiquidationWaits() {
        SimulatedExchange exchange =
                new SimulatedExchange(Exchanges.rules().certain(), START, new Dice(1));
        exchange.observe(BTC, START, 100_000, 100_000);
        exchange.transfer(Usdc.ofWhole(30_000), "first");
        taken(exchange.trade(buy(10_000, "a")));
        exchange.plan(new Outage(START + 10, START + 20, Outage.Kind.REFUSES));
        exchange.observe(BTC, START + 10, 90_000, 90_000);
        assertEquals(Optional.of(Outage.Kind.REFUSES), exchange.outage());
        assertEquals(ExchangeAnswer.Reason.DOWN, refusal(exchange.trade(sell(1, "b"))));
        assertEquals(ExchangeAnswer.Reason.DOWN, refusal(exchange.transfer(Usdc.ofWhole(1), "t")));
        assertEquals(10_000, exchange.lots(BTC));
        exchange.observe(BTC, START + 20, 90_000, 90_000);
        assertEquals(Optional.empty(), exchange.outage());
        assertEquals(0, exchange.lots(BTC));
    }

    @Test
    void itTradesWhileAnswersAreLost() {
        SimulatedExchange exchange = funded();
        exchange.plan(new Outage(START, START + 20, Outage.Kind.ANSWERS_LOST));
        taken(exchange.trade(buy(1, "b")));
        assertEquals(1, exchange.lots(BTC));
    }

    @Test
    void anotherPositionStandsWithoutATrade() {
        SimulatedExchange exchange = funded();
        taken(exchange.trade(buy(100, "a")));
        Usdc before = exchange.equity();
        exchange.movePosition(BTC, -40);
        Venue.Ledger ledger = exchange.ledger("v", BTC, 0, 0, 9);
        assertEquals(-40, ledger.lots());
        assertEquals(100, ledger.fills().stream().mapToLong(VenueFill::lots).sum());
        assertEquals(before, exchange.equity());
    }

    /** Deribit's own examples (support.deribit.com, Linear Perpetual). */
    @Test
    void marginsAreThoseThatDeribitPublishes() {
        SimulatedExchange exchange = funded();
        exchange.movePosition(BTC, 25_000);
        assertEquals(usdc("53125"), exchange.account().initial());
        assertEquals(usdc("28125"), exchange.account().maintenance());
        exchange.movePosition(BTC, -350_000);
        assertEquals(usdc("1312500"), exchange.account().initial());
    }

    @Test
    void latencyLiesBetweenItsBoundsWithItsMean() {
        ExchangeRules rules =
                new ExchangeRules(
                        Exchanges.rules().perpetuals(),
                        BigDecimal.ZERO,
                        ExchangeRules.Chances.NONE,
                        new ExchangeRules.Latency(5, 20, 100),
                        28_800_000,
                        5);
        SimulatedExchange exchange = new SimulatedExchange(rules, START, new Dice(3));
        double sum = 0;
        for (int i = 0; i < 10_000; i++) {
            long latency = exchange.latencyMs();
            assertTrue(latency >= 5 && latency <= 100, "latency=" + latency);
            sum += latency;
        }
        assertEquals(24.2, sum / 10_000, 0.8);
    }

    @Test
    void chanceRejectsAndFillsInPartAsOftenAsItIsSetTo() {
        SimulatedExchange exchange = funded();
        exchange.set(new ExchangeRules.Chances(0.25, 0.5));
        int rejected = 0;
        int partial = 0;
        for (int i = 0; i < 4_000; i++) {
            long side = i % 2 == 0 ? 1 : -1;
            ExchangeAnswer answer =
                    exchange.trade(order(side * 100, side > 0 ? "200000" : "1", false, "o" + i));
            if (answer instanceof ExchangeAnswer.Taken done) {
                partial += done.order().filledLots() < 100 ? 1 : 0;
            } else {
                assertEquals(ExchangeAnswer.Reason.REJECTED, refusal(answer));
                rejected++;
            }
        }
        assertEquals(0.25, rejected / 4_000.0, 0.03);
        assertEquals(0.5, partial / (4_000.0 - rejected), 0.04);
    }
}
