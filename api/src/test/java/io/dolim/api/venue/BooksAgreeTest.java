package io.dolim.api.venue;

import static io.dolim.api.venue.Exchanges.BTC;
import static io.dolim.api.venue.Exchanges.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.dolim.api.feed.Dice;
import io.dolim.book.hedge.HedgeEvent;
import io.dolim.book.hedge.HedgeState;
import io.dolim.book.hedge.HedgeTerms;
import io.dolim.book.hedge.LedgerDecisions;
import io.dolim.book.hedge.Venue;
import io.dolim.book.hedge.VenueBook;
import io.dolim.quoting.money.Usdc;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The pool's books of a venue, made of its ledger, are the venue's own figures to the last micro-USDC. */
class BooksAgreeTest {

    private static final String VENUE = "simulated";
    private static final HedgeTerms TERMS =
            HedgeTerms.of(BTC, ConfigFactory.load().getConfig("dolim.book.hedge"));

    @Test
    void positionAndCashAreTheVenuesOverTradesFundingTransfersAndLiquidations() {
        long trades = 0;
        long liquidations = 0;
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SimulatedExchange exchange =
                    new SimulatedExchange(Exchanges.rules(), START, new Dice(seed));
            HedgeState state = begun();
            double index = 65_000;
            for (int i = 0; i < 80; i++) {
                long nowMs = exchange.nowMs() + random.nextLong(1_000, 3_600_000);
                index *= 1 + random.nextDouble(-0.02, 0.02);
                exchange.observe(BTC, nowMs, index);
                act(exchange, random, i);
                if (random.nextInt(3) == 0) {
                    state = heard(state, exchange);
                    VenueBook book = state.venue(VENUE);
                    assertEquals(exchange.lots(BTC), book.lots(), "seed=" + seed);
                    assertEquals(exchange.cash(), book.cash(), "seed=" + seed);
                    assertEquals(exchange.realised(), book.realised(), "seed=" + seed);
                    assertTrue(book.standing(), "seed=" + seed);
                }
            }
            trades += state.venue(VENUE).afterTrade();
            liquidations += exchange.liquidations();
        }
        assertTrue(trades > 10_000 && liquidations > 20, trades + " " + liquidations);
    }

    private static void act(SimulatedExchange exchange, SplittableRandom random, int i) {
        long lots = random.nextLong(-20_000, 20_001);
        switch (random.nextInt(5)) {
            case 0 -> exchange.transfer(Usdc.ofWhole(random.nextLong(1, 50_000)), "t" + i);
            case 1 -> exchange.transfer(Usdc.ofWhole(-random.nextLong(1, 20_000)), "t" + i);
            default -> {
                if (lots != 0) {
                    exchange.trade(
                            Exchanges.order(lots, lots > 0 ? "900000" : "0.1", false, "o" + i));
                }
            }
        }
    }

    private static HedgeState begun() {
        return HedgeState.empty(BTC)
                .apply(
                        new HedgeEvent.HedgingBegun(
                                BTC, START, TERMS.spec(), TERMS.policy(), List.of(VENUE)));
    }

    private static HedgeState heard(HedgeState before, SimulatedExchange exchange) {
        HedgeState state = before;
        boolean whole = false;
        while (!whole) {
            VenueBook book = state.venue(VENUE);
            Venue.Ledger ledger =
                    exchange.ledger(VENUE, BTC, book.afterTrade(), book.afterPayment(), 7);
            for (HedgeEvent event :
                    LedgerDecisions.of(state, TERMS, ledger, true, exchange.nowMs())) {
                state = state.apply(event);
            }
            whole = ledger.isWhole();
        }
        return state;
    }
}
