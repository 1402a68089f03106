package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.InstrumentVectors;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Fitted smiles after every scenario: how far a butterfly or a vertical of calls, three deviations to
 * either side, is from what it can be worth.
 */
class MovedSmilesTest {

    private static final long DAY_MS = 86_400_000L;
    private static final int STRIKES = 41;

    @Test
    void movedSmilesAreAsFreeOfArbitrageAsIsSaid() {
        for (String set : List.of("standard-1", "standard-2", "standard-3")) {
            Worst worst = worst(set);
            assertTrue(
                    worst.butterflyShare < 5e-6 && worst.verticalShare < 1e-8, set + " " + worst);
        }
    }

    /** Shares of the forward. */
    private static final class Worst {
        private double butterflyShare;
        private double verticalShare;
        private int bad;
        private int all;
        private String where = "";

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "butterfly=%.3g vertical=%.3g bad=%d of %d worst in %s",
                    butterflyShare,
                    verticalShare,
                    bad,
                    all,
                    where);
        }
    }

    private static Worst worst(String set) {
        VectorPricer pricer = GoldenPool.fresh(set);
        GoldenPool pool = new GoldenPool(pricer);
        Worst worst = new Worst();
        for (Underlying underlying : GoldenPool.SPECS.keySet()) {
            for (int days : new int[] {2, 8, 20, 29, 85}) {
                look(pool, pricer, underlying, days, worst);
            }
        }
        return worst;
    }

    private static void look(
            GoldenPool pool, VectorPricer pricer, Underlying underlying, int days, Worst worst) {
        ScenarioSet set = pricer.scenarios();
        var market = pool.market(underlying);
        Expiry expiry =
                Expiry.ofEpochMs(
                        (market.timeMs() / DAY_MS) * DAY_MS + 8 * 3_600_000L + days * DAY_MS);
        double forward = market.forwardUsdc(expiry);
        double deviation = market.volAnnual(expiry, 0) * Math.sqrt(days / 365.0);
        double low = forward * Math.exp(-3 * deviation);
        double step = (forward * Math.exp(3 * deviation) - low) / (STRIKES - 1);
        List<InstrumentVectors> calls = new ArrayList<>();
        for (int i = 0; i < STRIKES; i++) {
            BigDecimal strike = new BigDecimal(low + i * step).setScale(2, RoundingMode.HALF_EVEN);
            calls.add(
                    pricer.of(
                            market,
                            Pool.in(GoldenPool.SPECS, underlying),
                            new OptionContract(underlying, expiry, strike, OptionType.CALL)));
        }
        double coins = Pool.in(GoldenPool.SPECS, underlying).coinsPerLot().doubleValue() * forward;
        for (int s = 0; s < set.size(); s++) {
            boolean bad = false;
            for (int i = 1; i + 1 < STRIKES; i++) {
                double here = price(calls.get(i), s);
                double butterfly =
                        (price(calls.get(i - 1), s) - 2 * here + price(calls.get(i + 1), s))
                                / coins;
                double vertical = (here - price(calls.get(i - 1), s)) / coins;
                bad |= butterfly < -1e-6 || vertical > 1e-8;
                worst.verticalShare = Math.max(worst.verticalShare, vertical);
                if (-butterfly > worst.butterflyShare) {
                    worst.butterflyShare = -butterfly;
                    worst.where = underlying + " " + days + "d " + set.scenario(s).name();
                }
            }
            worst.bad += bad ? 1 : 0;
            worst.all++;
        }
    }

    private static double price(InstrumentVectors call, int s) {
        return call.value(s) + call.greeks().markUsdc();
    }
}
