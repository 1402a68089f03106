package io.dolim.quoting.quote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.market.Uncertainty;
import io.dolim.quoting.surface.RecordedMarkets;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every option of recorded chains, and some that are in none, quoted by pools pushed to the side. */
@Tag("slow")
class RecordedMarketsQuotedTest {

    @Test
    void everyInstrumentIsQuotedAndNothingDisplayedPays() {
        long seed = 0;
        int quoted = 0;
        int bids = 0;
        for (RecordedMarkets.Recorded recorded : RecordedMarkets.every(16)) {
            seed++;
            MarketSnapshot market = market(recorded);
            Quoter quoter = quoter(market);
            SortedSet<OptionContract> chain = chain(recorded, market);
            DisplayedQuotes displayed =
                    DisplayedQuotes.of(quoter, market, pool(seed, market), chain, List.of());
            List<Shown> shown = new ArrayList<>();
            for (DisplayedQuotes.Row row : displayed.rows().values()) {
                row.refused().ifPresent(bid -> assertCostsExceedValue(bid, row.contract()));
                shown.add(
                        new Shown(
                                row.contract(),
                                row.bid().map(bid -> bid.usdc().doubleValue()).orElse(0.0),
                                row.ask().orElseThrow().usdc().doubleValue()));
            }
            assertEquals(chain.size(), shown.size());
            assertEquals(List.of(), new ArbitrageHunt(market, shown).found(), "seed=" + seed);
            bids +=
                    (int)
                            displayed.rows().values().stream()
                                    .filter(row -> row.bid().isPresent())
                                    .count();
            quoted += shown.size() + unlisted(quoter, displayed, market, seed);
        }
        assertTrue(quoted > 3_000, "quoted=" + quoted);
        assertTrue(bids > quoted * 3 / 4, "bids=" + bids + " of quoted=" + quoted);
    }

    /** Twenty strikes and two expiries that are in no chain. */
    private static int unlisted(
            Quoter quoter, DisplayedQuotes displayed, MarketSnapshot market, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 40; i++) {
            Expiry expiry =
                    i < 20
                            ? displayed.rows().lastKey().expiry()
                            : Expiry.ofEpochMs(market.timeMs() + (i < 30 ? 11 : 100) * 86_400_000L);
            BigDecimal strike =
                    BigDecimal.valueOf(
                            Math.rint(market.spotUsdc() * random.nextDouble(0.6, 1.6)) + 0.5);
            OptionContract contract =
                    new OptionContract(
                            market.underlying(),
                            expiry,
                            strike,
                            random.nextBoolean() ? OptionType.CALL : OptionType.PUT);
            OptionPackage one = OptionPackage.of(new Leg(contract, 10));
            Quote.Quoted ask =
                    assertInstanceOf(Quote.Quoted.class, quoter.quote(displayed.basis(), one));
            switch (quoter.quote(displayed.basis(), one.reversed())) {
                case Quote.Quoted bid ->
                        assertTrue(
                                ask.price().plus(bid.price()).signum() >= 0,
                                "seed=" + seed + " " + contract);
                case Quote.Refused bid -> assertCostsExceedValue(bid, contract);
            }
        }
        return 40;
    }

    /** The one reason for which a pool that has capacity does not bid: a bid would not be above 0. */
    private static void assertCostsExceedValue(Quote.Refused bid, OptionContract contract) {
        assertEquals("costs_exceed_value", bid.rule(), contract + " " + bid);
        assertTrue(
                number(bid, "capital_charge") + number(bid, "hedge_cost") > number(bid, "value"),
                contract + " " + bid);
    }

    private static double number(Quote.Refused refused, String name) {
        return refused.numbers().getOrDefault(name, Double.NaN);
    }

    private static MarketSnapshot market(RecordedMarkets.Recorded recorded) {
        return new MarketSnapshot(
                new Underlying(recorded.code()),
                recorded.timeMs(),
                recorded.spotUsdc(),
                recorded.surface(),
                recorded.spotUsdc(),
                Uncertainty.NONE);
    }

    private static Quoter quoter(MarketSnapshot market) {
        return new Quoter(
                new ContractSpec(
                        market.underlying(),
                        new BigDecimal("0.01"),
                        new BigDecimal("0.1"),
                        1,
                        100_000),
                QuoteRules.standard());
    }

    private static ConvexPool pool(long seed, MarketSnapshot market) {
        return new ConvexPool(
                seed, seed % 4 * market.spotUsdc() * 1e-6, (seed % 5) / 5.0, seed % 7 - 3.0);
    }

    private static SortedSet<OptionContract> chain(
            RecordedMarkets.Recorded recorded, MarketSnapshot market) {
        SortedSet<OptionContract> chain = new TreeSet<>();
        for (int i = 0; i < recorded.strikes().size(); i++) {
            Expiry expiry = Expiry.ofEpochMs(recorded.surface().slices().get(i).expiryMs());
            if (expiry.epochMs() - market.timeMs() <= 1_800_000L) {
                continue;
            }
            for (double strike : recorded.strikes().get(i)) {
                for (OptionType type : OptionType.values()) {
                    chain.add(
                            new OptionContract(
                                    market.underlying(), expiry, BigDecimal.valueOf(strike), type));
                }
            }
        }
        return chain;
    }
}
