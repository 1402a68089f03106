package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.capacity.vector.BookVectors;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.OptionPackage;
import java.math.BigDecimal;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A pool on one thread decides as the desk does that Books report to. */
class LonePoolTest {

    private static final OptionPackage CALLS = Pool.option(Pool.BTC, 30, 65_000, "C", 100);
    private static final OptionPackage PUTS = Pool.option(Pool.ETH, 9, 2_500, "P", -60);
    private static final Usdc GENEROUS = Usdc.ofWhole(100_000);

    private final LonePool pool =
            new LonePool(
                    Pool.PARAMETERS,
                    Pool.SPECS,
                    Pool.PRICER,
                    Usdc.ofWhole(10_000_000),
                    Pool.START_MS);

    @Test
    void itDecidesTheChargesThatADeskDecides() {
        Pool books = Pool.opened();
        pool.open(markets(65_000));
        for (OptionPackage asked : java.util.List.of(CALLS, PUTS, CALLS.reversed())) {
            Underlying underlying = asked.underlying();
            Capacity.Granted expected = Pool.granted(books.ask(underlying, asked, GENEROUS));
            Usdc price = Pool.in(books.book(underlying).pending, expected.id()).price();
            Capacity.Granted granted =
                    Pool.granted(pool.reserve(asked, GENEROUS, price, Pool.TICK));

            assertEquals(expected.decidedCharge(), granted.decidedCharge());
            books.book(underlying).write(expected.id(), books.now.epochMs());
            books.report(underlying);
            pool.write(granted.id());
            assertEquals(books.view().of(CALLS), pool.view().of(CALLS));
        }
        assertEquals(books.view().chargeAccount(), pool.view().chargeAccount());
        assertEquals(books.view().measures(), pool.view().measures());
    }

    @Test
    void itsTotalsAreThoseOfItsPositionsUnderEveryView() {
        pool.open(markets(65_000));
        trade(CALLS);
        trade(PUTS);
        assertEquals(summed(), pool.view().inventory());

        pool.pass(1_000);
        pool.open(markets(66_000));
        assertEquals(summed(), pool.view().inventory());
    }

    @Test
    void whatIsLetGoIsAsIfItHadNotBeenAskedFor() {
        pool.open(markets(65_000));
        Capacity.Granted first = reserve(CALLS);
        Usdc besideIt = reserve(CALLS).decidedCharge();
        pool.letGo(first.id());
        assertEquals(1, pool.reservations());

        assertTrue(besideIt.compareTo(first.decidedCharge()) > 0);
        assertEquals(besideIt, reserve(CALLS).decidedCharge());
        assertThrows(IllegalArgumentException.class, () -> pool.letGo(first.id()));
    }

    @Test
    void anExpiryPaysOutAndItsPositionsAreGone() {
        pool.open(markets(65_000));
        trade(CALLS);
        OptionContract contract = CALLS.legs().getFirst().contract();
        Usdc before = cash();
        pool.settle(Pool.BTC, contract.expiry(), new BigDecimal("66000.5"));
        pool.pass(1_000);
        pool.open(markets(66_000));

        // 100 lots of 0.1 coins, 1,000.5 in the money
        assertEquals(before.minus(Usdc.ofWhole(10_005)), cash());
        assertEquals(Map.of(), pool.positions(Pool.BTC));
    }

    @Test
    void capitalLeavesAsFarAsItIsFree() {
        pool.open(markets(65_000));
        assertTrue(pool.payIn(Usdc.ofWhole(1_000_000)));
        assertFalse(pool.payOut(Usdc.ofWhole(9_000_000)));
        assertTrue(pool.payOut(Usdc.ofWhole(1_000_000)));
        assertEquals(Usdc.ofWhole(10_000_000), cash());
    }

    private Usdc cash() {
        return Usdc.nearest(pool.view().measures().equity() - pool.view().inventory().markUsdc());
    }

    private Capacity.Granted reserve(OptionPackage asked) {
        return Pool.granted(pool.reserve(asked, GENEROUS, GENEROUS, Pool.TICK));
    }

    private void trade(OptionPackage asked) {
        pool.write(reserve(asked).id());
    }

    private BookVectors summed() {
        BookVectors sum = Pool.PRICER.none();
        for (Underlying underlying : Pool.SPECS.keySet()) {
            for (var each : pool.positions(underlying).entrySet()) {
                sum =
                        sum.plus(
                                Pool.PRICER.of(
                                        Pool.in(pool.view().markets(), underlying),
                                        Pool.in(Pool.SPECS, underlying),
                                        each.getKey()),
                                each.getValue());
            }
        }
        return sum;
    }

    private SortedMap<Underlying, PricingMarket> markets(double bitcoin) {
        SortedMap<Underlying, PricingMarket> markets = new TreeMap<>();
        long nowMs = pool.now().epochMs();
        markets.put(Pool.BTC, new Pool.Flat(Pool.BTC, nowMs, bitcoin, 0.5));
        markets.put(Pool.ETH, new Pool.Flat(Pool.ETH, nowMs, 2_500, 0.65));
        return markets;
    }
}
