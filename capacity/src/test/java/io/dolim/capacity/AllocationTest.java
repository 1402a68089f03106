package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.money.Usdc;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the pool's equity is for, and who may change it how. */
class AllocationTest {

    private static final AllocationTerms TERMS = new AllocationTerms(0.2, 0.1, 1.5);
    private static final long DAY_MS = 86_400_000;

    @Test
    void thePartsAddUpToEquityWhateverItIs() {
        SplittableRandom random = new SplittableRandom(31);
        for (int round = 0; round < 10_000; round++) {
            double hedging = 0.01 + 0.4 * random.nextDouble();
            double reserve = 0.01 + 0.4 * random.nextDouble();
            AllocationTerms terms = new AllocationTerms(hedging, reserve, 1);
            Usdc paidIn = new Usdc(random.nextLong(20_000_000_000_000L));
            Usdc unused = new Usdc(random.nextLong(paidIn.micros() + 1));
            Usdc equity = new Usdc(random.nextLong(-5_000_000_000_000L, 25_000_000_000_000L));

            Allocation made = Allocation.of(terms, equity, paidIn, unused, Usdc.ZERO);

            assertEquals(
                    equity,
                    made.pending().plus(made.reserve()).plus(made.hedging()).plus(made.writing()));
            assertTrue(made.pending().signum() >= 0 && made.reserve().signum() >= 0);
            assertTrue(made.hedging().signum() >= 0);
            assertEquals(equity.signum() < 0, made.writing().signum() < 0, made::toString);
        }
    }

    @Test
    void lossesTakeWritingThenHedgingThenTheReserveThenWhatIsPending() {
        assertEquals(parts(1_100, 100, 100, 200, 700), at(1_100));
        assertEquals(parts(1_500, 100, 100, 200, 1_100), at(1_500));
        assertEquals(parts(400, 100, 100, 200, 0), at(400));
        assertEquals(parts(250, 100, 100, 50, 0), at(250));
        assertEquals(parts(150, 100, 50, 0, 0), at(150));
        assertEquals(parts(40, 40, 0, 0, 0), at(40));
        assertEquals(parts(-40, 0, 0, 0, -40), at(-40));
    }

    @Test
    void capitalIsPendingUntilTheNextViewHoldsIt() {
        Pool pool = new Pool();
        pool.apply(new CapacityEvent.AllocationSet("test", 1, TERMS, "drill"));
        pool.openView();
        Allocation before = pool.view().allocation().orElseThrow();
        assertEquals(parts(10_000_000, 0, 1_000_000, 2_000_000, 7_000_000), before);

        pool.apply(
                new CapacityEvent.CapitalPaidIn(
                        "test", 2, Usdc.ofWhole(1_000_000), java.util.List.of()));

        assertEquals(
                parts(11_000_000, 1_000_000, 1_000_000, 2_000_000, 7_000_000),
                pool.view().allocation().orElseThrow());
        pool.openView();
        assertEquals(
                parts(11_000_000, 0, 1_100_000, 2_200_000, 7_700_000),
                pool.view().allocation().orElseThrow());
    }

    @Test
    void theFactorIsHeldAgainstTheShortfall() {
        Measures measures =
                new Measures(1_000, 990, 0.01, 80, 90, 20, 890, 297, shortfall(200), 0.1);
        Allocation made =
                Allocation.of(
                        TERMS, Usdc.ofWhole(1_000), Usdc.ofWhole(1_000), Usdc.ZERO, Usdc.ZERO);
        assertEquals(300, made.requiredUsdc(measures), 1e-9);
        assertEquals(990 - 300 - 20, made.shortfallRacUsdc(measures), 1e-9);
        assertEquals(100, measures.liquidationThresholdUsdc(), 1e-9);
    }

    @Test
    void theFactorMovesUpByAStepADayAndNeverDown() {
        CapacityParameters.Allocating rules = Pool.PARAMETERS.allocation();
        assertEquals(TERMS, rules.initial());
        assertTrue(rules.refusal(TERMS, factor(1.6), DAY_MS).isEmpty());
        assertTrue(rules.refusal(TERMS, factor(1.5), 0).isEmpty(), "shares alone");
        assertRefused("no backtest", rules, factor(1.4), DAY_MS);
        assertRefused("at most 0.1", rules, factor(1.61), DAY_MS);
        assertRefused("must stand", rules, factor(1.55), DAY_MS - 1);
    }

    @Test
    void termsThatCannotBeAreRefusedByName() {
        assertThrows(IllegalArgumentException.class, () -> new AllocationTerms(0, 0.1, 1.5));
        assertThrows(IllegalArgumentException.class, () -> new AllocationTerms(0.1, -0.1, 1.5));
        assertThrows(IllegalArgumentException.class, () -> new AllocationTerms(0.5, 0.41, 1.5));
        assertThrows(IllegalArgumentException.class, () -> new AllocationTerms(0.1, 0.1, 0.99));
        assertThrows(
                IllegalArgumentException.class, () -> new AllocationTerms(0.1, Double.NaN, 1.5));
    }

    private static void assertRefused(
            String why, CapacityParameters.Allocating rules, AllocationTerms to, long sinceMs) {
        String reason = rules.refusal(TERMS, to, sinceMs).orElse("");
        assertTrue(reason.contains(why), reason);
    }

    private static AllocationTerms factor(double factor) {
        return new AllocationTerms(0.2, 0.1, factor);
    }

    private static Shortfall shortfall(double expected) {
        return new Shortfall(
                0, expected, 0, new java.util.TreeMap<>(), new java.util.TreeMap<>(), 0);
    }

    /** A thousand in use, a hundred more paid in. */
    private static Allocation at(long equity) {
        return Allocation.of(
                TERMS, Usdc.ofWhole(equity), Usdc.ofWhole(1_100), Usdc.ofWhole(100), Usdc.ZERO);
    }

    private static Allocation parts(
            long equity, long pending, long reserve, long hedging, long writing) {
        return new Allocation(
                TERMS,
                Usdc.ofWhole(equity),
                Usdc.ofWhole(pending),
                Usdc.ofWhole(reserve),
                Usdc.ofWhole(hedging),
                Usdc.ofWhole(writing),
                Usdc.ZERO);
    }
}
