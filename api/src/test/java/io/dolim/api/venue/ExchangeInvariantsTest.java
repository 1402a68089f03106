package io.dolim.api.venue;

import static io.dolim.api.venue.Exchanges.BTC;
import static io.dolim.api.venue.Exchanges.ETH;
import static io.dolim.api.venue.Exchanges.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.api.feed.Dice;
import io.dolim.book.hedge.Venue;
import io.dolim.book.hedge.VenueFill;
import io.dolim.book.hedge.VenueOrder;
import io.dolim.book.hedge.VenuePayment;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What holds of every simulated exchange after every step, over thousands of drawn lives. */
class ExchangeInvariantsTest {

    private static final int SEEDS = 3_000;
    private static final int STEPS = 60;

    /** One drawn life: jumps, orders, transfers, outages, repeated labels. */
    private static final class Life {

        final Dice dice;
        final SimulatedExchange exchange;
        final Map<Underlying, Double> index = new TreeMap<>(Map.of(BTC, 65_000.0, ETH, 3_000.0));
        final List<VenueOrder> sent = new ArrayList<>();
        final List<ExchangeAnswer> answers = new ArrayList<>();
        long nowMs = START;

        Life(long seed) {
            this.dice = new Dice(seed);
            ExchangeRules own = Exchanges.rules();
            ExchangeRules rules =
                    new ExchangeRules(
                            own.perpetuals(),
                            own.liquidationFee(),
                            new ExchangeRules.Chances(0.1, 0.3),
                            own.latency(),
                            3_600_000,
                            own.mostRecords());
            this.exchange = new SimulatedExchange(rules, START, dice.split(1));
            exchange.transfer(Usdc.ofWhole(50_000), "start");
        }

        void step(int number) {
            nowMs += (long) (dice.uniform() * 7_200_000);
            for (Underlying underlying : List.of(BTC, ETH)) {
                double moved = index.getOrDefault(underlying, 0.0) * (1 + 0.02 * dice.normal());
                index.put(underlying, moved);
                if (dice.uniform() < 0.5) {
                    exchange.observe(underlying, nowMs, moved);
                } else {
                    exchange.observe(underlying, nowMs, moved, moved * (1 + 0.002 * dice.normal()));
                }
            }
            if (dice.uniform() < 0.05) {
                exchange.plan(new Outage(nowMs, nowMs + 3_600_000, Outage.Kind.REFUSES));
            }
            if (dice.uniform() < 0.1) {
                exchange.transfer(
                        new Usdc((long) (20_000_000_000L * (dice.uniform() - 0.5))), "t" + number);
            }
            if (!sent.isEmpty() && dice.uniform() < 0.1) {
                int again = (int) (dice.uniform() * sent.size());
                ExchangeAnswer answer = exchange.trade(sent.get(again));
                if (answers.get(again) instanceof ExchangeAnswer.Taken && !isDown(answer)) {
                    assertEquals(answers.get(again), answer);
                }
                return;
            }
            trade(number);
        }

        private static boolean isDown(ExchangeAnswer answer) {
            return answer instanceof ExchangeAnswer.Refused refused
                    && refused.reason() == ExchangeAnswer.Reason.DOWN;
        }

        private void trade(int number) {
            boolean btc = dice.uniform() < 0.5;
            long lots = (long) (dice.uniform() * 20_000) - 10_000;
            if (lots == 0) {
                return;
            }
            double limit = index.getOrDefault(btc ? BTC : ETH, 0.0) * (lots > 0 ? 1.01 : 0.99);
            VenueOrder order =
                    new VenueOrder(
                            btc ? BTC : ETH,
                            lots,
                            BigDecimal.valueOf(Math.round(limit)),
                            dice.uniform() < 0.2,
                            "o" + number);
            sent.add(order);
            answers.add(exchange.trade(order));
        }

        Venue.Ledger ledger(Underlying underlying) {
            return exchange.ledger("v", underlying, 0, 0, 10_000);
        }
    }

    @Test
    void cashIsTransfersRealisedFundingLessFeesToTheMicroAndPositionsAreTheSumOfTrades() {
        long liquidations = 0;
        long refusedForFunds = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Life life = new Life(seed);
            for (int step = 0; step < STEPS; step++) {
                long before = life.exchange.liquidations();
                life.step(step);
                check(life, "seed=" + seed + " step=" + step);
                liquidations += life.exchange.liquidations() - before;
            }
            refusedForFunds += life.answers.stream().filter(a -> isForFunds(a)).count();
        }
        assertTrue(liquidations > 100, "liquidations=" + liquidations);
        assertTrue(refusedForFunds > 100, "refusedForFunds=" + refusedForFunds);
    }

    private static boolean isForFunds(ExchangeAnswer answer) {
        return answer instanceof ExchangeAnswer.Refused refused
                && refused.reason() == ExchangeAnswer.Reason.NOT_ENOUGH_FUNDS;
    }

    /** From what the ledger shows alone, in decimals. */
    private static void check(Life life, String where) {
        SimulatedExchange exchange = life.exchange;
        BigDecimal paid = BigDecimal.ZERO;
        BigDecimal fees = BigDecimal.ZERO;
        BigDecimal spent = BigDecimal.ZERO;
        BigDecimal worth = BigDecimal.ZERO;
        for (Underlying underlying : List.of(BTC, ETH)) {
            Venue.Ledger ledger = life.ledger(underlying);
            BigDecimal coinsPerLot = exchange.account().known(underlying).spec().coinsPerLot();
            long lots = 0;
            long sequence = 0;
            for (VenueFill fill : ledger.fills()) {
                lots += fill.lots();
                assertEquals(++sequence, fill.sequence(), where);
                fees = fees.add(fill.fee().toDecimal());
                spent =
                        spent.add(
                                coinsPerLot
                                        .multiply(BigDecimal.valueOf(fill.lots()))
                                        .multiply(fill.priceUsdc()));
            }
            assertEquals(lots, ledger.lots(), where);
            worth =
                    worth.add(
                            coinsPerLot
                                    .multiply(BigDecimal.valueOf(lots))
                                    .multiply(ledger.markUsdc()));
        }
        long sequence = 0;
        for (VenuePayment payment : life.ledger(BTC).payments()) {
            assertEquals(++sequence, payment.sequence(), where);
            paid = paid.add(payment.amount().toDecimal());
        }
        assertEquals(
                Usdc.of(paid).plus(exchange.realised()).minus(Usdc.of(fees)),
                exchange.cash(),
                where);
        assertEquals(
                Usdc.of(paid.subtract(spent).subtract(fees).add(worth)).plus(exchange.accrued()),
                exchange.equity(),
                where);
        if (exchange.outage().isEmpty()) {
            Venue.Ledger ledger = life.ledger(BTC);
            assertTrue(
                    ledger.equity().compareTo(ledger.maintenanceMargin()) >= 0
                            || ledger.maintenanceMargin().signum() == 0,
                    where);
        }
    }

    @Test
    void theSameSeedLivesTheSameLife() {
        for (long seed = 0; seed < 50; seed++) {
            Life one = new Life(seed);
            Life other = new Life(seed);
            for (int step = 0; step < STEPS; step++) {
                one.step(step);
                other.step(step);
            }
            assertEquals(one.answers, other.answers);
            assertEquals(one.ledger(BTC), other.ledger(BTC));
            assertEquals(one.ledger(ETH), other.ledger(ETH));
        }
    }

    @Test
    void theDrawnPremiumHasItsMeanAndDeviation() {
        SimulatedExchange exchange = new SimulatedExchange(Exchanges.rules(), START, new Dice(7));
        double sum = 0;
        double squares = 0;
        int samples = 20_000;
        for (int i = 0; i < samples; i++) {
            exchange.observe(BTC, START + i * 14_400_000L, 100_000);
            double premium = exchange.account().known(BTC).premium();
            sum += premium;
            squares += premium * premium;
        }
        double mean = sum / samples;
        assertEquals(0.0001, mean, 0.00002);
        assertEquals(0.0004, Math.sqrt(squares / samples - mean * mean), 0.00001);
    }
}
