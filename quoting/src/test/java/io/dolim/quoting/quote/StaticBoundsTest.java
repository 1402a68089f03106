package io.dolim.quoting.quote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StaticBoundsTest {

    private static final int[] DAYS = {1, 2, 7, 30};
    private static final FlatMarket MARKET = FlatMarket.of(60_000.0, 0.5);

    @Test
    void askOfSingleCallBoundsTheBidsOfEveryOtherStrike() {
        OptionContract call = FlatMarket.contract(7, 60_000, OptionType.CALL);
        StaticBounds bounds =
                StaticBounds.under(MARKET, List.of(new StaticBounds.Ask(call, 1_000.0)));
        assertEquals(1_000.0, bounds.leastUsdc(MARKET, call), 1e-6);
        assertEquals(1_000.0, bounds.mostUsdc(MARKET, call), 1e-6);
        OptionContract above = FlatMarket.contract(7, 70_000, OptionType.CALL);
        assertEquals(1_000.0, bounds.mostUsdc(MARKET, above), 1e-6);
        assertEquals(0.0, bounds.leastUsdc(MARKET, above), 1e-6);
        OptionContract below = FlatMarket.contract(7, 30_000, OptionType.CALL);
        double forward = MARKET.forwardUsdc(call.expiry());
        double discounted = MARKET.discount(call.expiry()) * forward;
        assertEquals((discounted + 1_000.0) / 2, bounds.mostUsdc(MARKET, below), 1e-6);
        OptionContract sooner = FlatMarket.contract(1, 60_000, OptionType.CALL);
        assertTrue(bounds.mostUsdc(MARKET, sooner) < 1_060.0, "a calendar caps the sooner call");
        OptionContract later = FlatMarket.contract(30, 60_000, OptionType.CALL);
        assertTrue(bounds.leastUsdc(MARKET, later) > 940.0, "and holds the later one up");
    }

    @Test
    void withoutBatchOnlyTheForwardBounds() {
        OptionContract put = FlatMarket.contract(7, 70_000, OptionType.PUT);
        double forward = MARKET.forwardUsdc(put.expiry());
        double discount = MARKET.discount(put.expiry());
        assertEquals(
                discount * (70_000 - forward), StaticBounds.none().leastUsdc(MARKET, put), 1e-6);
        assertEquals(discount * 70_000, StaticBounds.none().mostUsdc(MARKET, put), 1e-6);
        assertTrue(StaticBounds.none().isEmpty());
    }

    @Test
    void anAskThatIsNoPriceIsRefused() {
        OptionContract call = FlatMarket.contract(7, 60_000, OptionType.CALL);
        assertThrows(IllegalArgumentException.class, () -> new StaticBounds.Ask(call, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new StaticBounds.Ask(call, 0.0));
    }

    @Test
    void bidsUnderTheBoundsOfAnyAsksPayNobodyForNothing() {
        for (long seed = 1; seed <= 60; seed++) {
            List<Shown> shown = randomBatch(new SplittableRandom(seed));
            assertEquals(List.of(), new ArbitrageHunt(MARKET, shown).found(), "seed=" + seed);
        }
    }

    @Test
    void withoutTheBoundsTheSameAsksAndBidsPay() {
        int paid = 0;
        for (long seed = 1; seed <= 60; seed++) {
            List<Shown> raw = new ArrayList<>();
            for (Shown one : randomBatch(new SplittableRandom(seed))) {
                raw.add(new Shown(one.contract(), 0.98 * one.askUsdc(), one.askUsdc()));
            }
            paid += new ArbitrageHunt(MARKET, raw).found().isEmpty() ? 0 : 1;
        }
        assertEquals(60, paid);
    }

    @Test
    void everyPackageOfTheBatchCostsWhatItsLegsDoOnOnePriceSystem() {
        SplittableRandom random = new SplittableRandom(7);
        List<Shown> shown = randomBatch(random);
        StaticBounds bounds = StaticBounds.under(MARKET, asks(shown));
        for (Shown one : shown) {
            assertEquals(
                    bounds.leastUsdc(MARKET, one.contract()),
                    bounds.mostUsdc(MARKET, one.contract()),
                    0.0,
                    one.contract().name());
            assertTrue(bounds.leastUsdc(MARKET, one.contract()) <= one.askUsdc());
        }
    }

    @Test
    void betweenDisplayedStrikesTheLeastIsNeverAboveTheMost() {
        for (long seed = 1; seed <= 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StaticBounds bounds = StaticBounds.under(MARKET, asks(randomBatch(random)));
            for (int i = 0; i < 200; i++) {
                OptionContract unlisted =
                        FlatMarket.contract(
                                random.nextInt(1, 60),
                                random.nextLong(5_000, 150_000),
                                random.nextBoolean() ? OptionType.CALL : OptionType.PUT);
                double least = bounds.leastUsdc(MARKET, unlisted);
                double most = bounds.mostUsdc(MARKET, unlisted);
                assertTrue(
                        least <= most + 1e-9,
                        "seed=" + seed + " " + unlisted + " " + least + " > " + most);
            }
        }
    }

    private static List<StaticBounds.Ask> asks(List<Shown> shown) {
        return shown.stream().map(s -> new StaticBounds.Ask(s.contract(), s.askUsdc())).toList();
    }

    /** Asks that are intrinsic plus noise, full of arbitrage, and the highest bids the bounds allow. */
    private static List<Shown> randomBatch(SplittableRandom random) {
        List<StaticBounds.Ask> asks = new ArrayList<>();
        for (int days : DAYS) {
            for (long strike = 40_000; strike <= 84_000; strike += random.nextLong(2, 9) * 1_000) {
                for (OptionType type : OptionType.values()) {
                    OptionContract contract = FlatMarket.contract(days, strike, type);
                    double forward = MARKET.forwardUsdc(contract.expiry());
                    double intrinsic = Math.max(0.0, type.sign() * (forward - strike));
                    asks.add(
                            new StaticBounds.Ask(
                                    contract, intrinsic + random.nextDouble(5, 4_000)));
                }
            }
        }
        StaticBounds bounds = StaticBounds.under(MARKET, asks);
        return asks.stream()
                .map(
                        a ->
                                new Shown(
                                        a.contract(),
                                        bounds.mostUsdc(MARKET, a.contract()),
                                        a.askUsdc()))
                .toList();
    }
}
