package io.dolim.quoting.quote;

import static io.dolim.quoting.quote.Quoting.QUOTER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class DisplayedQuotesTest {

    private static final FlatMarket MARKET = FlatMarket.of(60_000.0, 0.5);

    @Test
    void whatIsDisplayedTogetherPaysNobodyForNothing() {
        int bidsOverMark = 0;
        for (long seed = 1; seed <= 40; seed++) {
            DisplayedQuotes displayed = displayed(seed);
            assertEquals(
                    List.of(), new ArbitrageHunt(MARKET, shown(displayed)).found(), "seed=" + seed);
            for (DisplayedQuotes.Row row : displayed.rows().values()) {
                bidsOverMark +=
                        row.bid()
                                        .map(bid -> bid.usdc().doubleValue() > row.markUsdc())
                                        .orElse(false)
                                ? 1
                                : 0;
            }
        }
        assertTrue(bidsOverMark > 100, "the pools must be pushed: " + bidsOverMark);
    }

    @Test
    @Tag("slow")
    void withoutBoundsTheSamePoolsPay() {
        int paying = 0;
        for (long seed = 1; seed <= 40; seed++) {
            QuoteBasis basis = Quoting.basis(MARKET, pool(seed));
            List<Shown> raw = new ArrayList<>();
            for (OptionContract contract : Quoting.chain()) {
                raw.add(new Shown(contract, -unit(basis, contract, -1), unit(basis, contract, 1)));
            }
            paying += new ArbitrageHunt(MARKET, raw).found().isEmpty() ? 0 : 1;
        }
        assertTrue(paying > 20, "pools that pay without bounds: " + paying);
    }

    @Test
    void aFirmQuoteOfOneLotIsTheDisplayedPrice() {
        int refused = 0;
        for (long seed = 1; seed <= 5; seed++) {
            DisplayedQuotes displayed = displayed(seed);
            for (DisplayedQuotes.Row row : displayed.rows().values()) {
                assertEquals(
                        row.ask().orElseThrow().usdc().doubleValue(),
                        unit(displayed.basis(), row.contract(), 1),
                        1e-9,
                        "seed=" + seed + " " + row);
                assertEquals(
                        row.bid().map(bid -> bid.usdc().doubleValue()).orElse(0.0),
                        -unit(displayed.basis(), row.contract(), -1),
                        1e-9,
                        "seed=" + seed + " " + row);
                OptionPackage sale = OptionPackage.of(new Leg(row.contract(), -1));
                boolean dear = Quoting.offered(displayed.basis(), sale).isEmpty();
                assertEquals(dear, row.refused().isPresent(), row::toString);
                assertTrue(!dear || (row.noBid().isEmpty() && row.bid().isEmpty()), row::toString);
                refused += dear ? 1 : 0;
            }
        }
        assertTrue(refused > 0);
    }

    @Test
    void theBoundsOfABatchLeaveTheRoundingOfItsOwnAskInTheTickLine() {
        OptionContract contract = FlatMarket.contract(10, 60_000, OptionType.CALL);
        OptionPackage one = OptionPackage.of(new Leg(contract, 1));
        DisplayedQuotes flat =
                DisplayedQuotes.of(QUOTER, MARKET, ConvexPool.flat(), Quoting.chain(), List.of());
        assertEquals(
                Quoting.quoted(QUOTER, Quoting.basis(MARKET, ConvexPool.flat()), one).lines(),
                Quoting.quoted(QUOTER, flat.basis(), one).lines());
    }

    @Test
    void noMixOfFirmPackagesThatCancelsOutPays() {
        int tried = 0;
        for (long seed = 1; seed <= 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            QuoteBasis basis = displayed(seed % 10 + 1).basis();
            OptionPackage whole = Quoting.randomPackage(random, Quoting.chain());
            List<OptionPackage> all = new ArrayList<>(List.of(whole));
            whole.reversed().legs().forEach(leg -> all.add(OptionPackage.of(leg)));
            List<Quote.Quoted> offered =
                    all.stream()
                            .map(asked -> Quoting.offered(basis, asked))
                            .flatMap(Optional::stream)
                            .toList();
            if (offered.size() < all.size()) {
                continue;
            }
            Usdc paid = Usdc.ZERO;
            for (Quote.Quoted one : offered) {
                paid = paid.plus(one.price());
            }
            assertTrue(paid.signum() >= 0, "seed=" + seed + " taken apart for " + paid);
            tried++;
        }
        assertTrue(tried > 50, "tried=" + tried);
    }

    @Test
    void theBookIsSortedAndItsSumIsTheQuote() {
        DisplayedQuotes displayed = displayed(2);
        OptionContract contract = FlatMarket.contract(10, 60_000, OptionType.CALL);
        DisplayedQuotes.Levels levels = displayed.levels(contract);
        assertEquals(4, levels.asks().size());
        assertEquals(
                displayed.row(contract).orElseThrow().ask().orElseThrow().usdc().doubleValue(),
                levels.asks().getFirst().usdc().doubleValue());
        double sum = 0.0;
        long lots = 0;
        BigDecimal last = BigDecimal.ZERO;
        for (DisplayedQuotes.Level level : levels.asks()) {
            assertTrue(level.usdc().compareTo(last) >= 0);
            last = level.usdc();
            lots += level.lots();
            sum += level.usdc().doubleValue() * level.lots() * 0.01;
            double quoted =
                    Quoting.price(displayed.basis(), OptionPackage.of(new Leg(contract, lots)))
                            .toDouble();
            assertTrue(sum >= quoted - 1e-6 && sum <= quoted + 4 * 0.5 * level.lots() * 0.01 + 1.0);
        }
        assertEquals(500, lots);
    }

    @Test
    void aContractWithoutABidSaysWhy() {
        SortedSet<OptionContract> chain = new TreeSet<>(Quoting.chain());
        Expiry expiry = chain.first().expiry();
        for (int strike : List.of(120_000, 300_000)) {
            chain.add(
                    new OptionContract(
                            FlatMarket.BTC, expiry, new BigDecimal(strike), OptionType.CALL));
        }
        int silent = 0;
        DisplayedQuotes quotes =
                DisplayedQuotes.of(QUOTER, MARKET, ConvexPool.flat(), chain, List.of());
        for (DisplayedQuotes.Row row : quotes.rows().values()) {
            assertEquals(row.bid().isEmpty(), row.noBid().isPresent(), row.contract().name());
            silent += row.noBid().isPresent() ? 1 : 0;
        }
        assertTrue(silent > 0);
        DisplayedQuotes.Row far =
                quotes.row(
                                new OptionContract(
                                        FlatMarket.BTC,
                                        expiry,
                                        new BigDecimal(300_000),
                                        OptionType.CALL))
                        .orElseThrow();
        assertEquals("under_one_tick", far.noBid().orElseThrow().code());
    }

    @Test
    void expiredContractsAreNotDisplayed() {
        OptionContract past =
                new OptionContract(
                        FlatMarket.BTC,
                        Expiry.parse("1MAR26"),
                        new BigDecimal(60_000),
                        OptionType.CALL);
        SortedSet<OptionContract> chain = new TreeSet<>(Quoting.chain());
        chain.add(past);
        assertEquals(
                Quoting.chain(),
                DisplayedQuotes.of(QUOTER, MARKET, ConvexPool.flat(), chain, List.of())
                        .rows()
                        .keySet());
    }

    private static ConvexPool pool(long seed) {
        return new ConvexPool(seed, 0.05 * (seed % 6), (seed % 5) / 5.0, seed % 11 - 5.0);
    }

    private static DisplayedQuotes displayed(long seed) {
        return DisplayedQuotes.of(
                QUOTER, MARKET, pool(seed), Quoting.chain(), List.of(10L, 100L, 500L));
    }

    private static double unit(QuoteBasis basis, OptionContract contract, int lots) {
        return Quoting.offered(basis, OptionPackage.of(new Leg(contract, lots)))
                        .map(quote -> quote.price().toDouble())
                        .orElse(0.0)
                / 0.01;
    }

    private static List<Shown> shown(DisplayedQuotes displayed) {
        return displayed.rows().values().stream()
                .map(
                        row ->
                                new Shown(
                                        row.contract(),
                                        row.bid().map(b -> b.usdc().doubleValue()).orElse(0.0),
                                        row.ask().orElseThrow().usdc().doubleValue()))
                .toList();
    }
}
