package io.dolim.capacity;

import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Input of the tests: what a hedger of one underlying reports. */
record Perpetuals(
        Underlying underlying,
        long incarnation,
        long sequence,
        Usdc cash,
        SortedMap<String, HedgeReport.AtVenue> byVenue) {

    /** A pool whose books' hedgers are the test's; no view is open. */
    static Pool hedgedPool(Underlying... hedged) {
        Pool pool = new Pool();
        pool.desk =
                new Desk(Pool.PARAMETERS, Pool.SPECS, Set.of(hedged), Pool.PRICER, Pool.START_MS);
        return pool;
    }

    static Perpetuals of(Underlying underlying) {
        return new Perpetuals(underlying, 1, 1, Usdc.ZERO, new TreeMap<>());
    }

    /** With a position bought at a price, maintained at 5 % and standing. */
    Perpetuals at(String venue, String coins, long priceUsdc, long postedUsdc) {
        return at(venue, coins, priceUsdc, postedUsdc, true);
    }

    Perpetuals at(String venue, String coins, long priceUsdc, long postedUsdc, boolean standing) {
        SortedMap<String, HedgeReport.AtVenue> more = new TreeMap<>(byVenue);
        BigDecimal quantity = new BigDecimal(coins);
        more.put(
                venue,
                new HedgeReport.AtVenue(
                        quantity,
                        Usdc.of(quantity.multiply(BigDecimal.valueOf(priceUsdc))),
                        Usdc.ofWhole(postedUsdc),
                        0.10,
                        0.05,
                        standing));
        return new Perpetuals(underlying, incarnation, sequence, cash, more);
    }

    Perpetuals numbered(long otherIncarnation, long otherSequence) {
        return new Perpetuals(underlying, otherIncarnation, otherSequence, cash, byVenue);
    }

    Perpetuals brought(long usdc) {
        return new Perpetuals(underlying, incarnation, sequence, Usdc.ofWhole(usdc), byVenue);
    }

    HedgeReport report() {
        return report(0);
    }

    HedgeReport report(double bandCoins) {
        return new HedgeReport(underlying, incarnation, sequence, cash, bandCoins, byVenue);
    }

    /** Tells the pool's desk. */
    Desk.Effect tell(Pool pool) {
        return pool.desk.hedged(report(), pool.rules(), pool.now);
    }
}
