package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.CapitalCharge;
import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.quote.Quote;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * C5 on pools drawn by a seed: what reduces risk, by a definition that is written down here again, is
 * taken in every mode, under limits that are all but used up. {@code -Ddolim.pools=N} draws more.
 */
@Tag("slow")
class RiskReducingTest {

    private static final int POOLS = Integer.getInteger("dolim.pools", 2_000);
    private static final long SEED = 11_000_000;

    /** Less than this share lower is not called lower here: two ways to compute it differ by less. */
    private static final double CLEARLY = 1e-9;

    private static final Limits TIGHT = tight();

    @Test
    void whatReducesRiskIsTakenInEveryMode() {
        int taken = 0;
        for (int i = 0; i < POOLS; i++) {
            long seed = SEED + i;
            SplittableRandom random = new SplittableRandom(seed);
            RandomPool pool = RandomPool.of(random);
            for (int n = 0; n < 3; n++) {
                Optional<OptionPackage> asked =
                        n == 0
                                ? Optional.of(pool.randomPackage(random, 100))
                                : pool.closing(random);
                if (asked.isPresent() && reduces(pool, asked.get())) {
                    for (Mode mode : Mode.values()) {
                        taken++;
                        CapitalCharge.Answer answer = pool.published(TIGHT, mode).of(asked.get());
                        CapitalCharge.Charged charged =
                                assertInstanceOf(
                                        CapitalCharge.Charged.class,
                                        answer,
                                        () -> "seed=" + seed + " " + mode + " " + answer);
                        assertTrue(charged.reducing(), () -> "seed=" + seed + " " + asked);
                    }
                    Quote quote = pool.quote(asked.get());
                    assertInstanceOf(Quote.Quoted.class, quote, () -> "seed=" + seed + " " + quote);
                }
            }
        }
        // something like every tenth of what is asked reduces, and is asked in three modes
        assertTrue(taken > POOLS / 2, "taken=" + taken);
    }

    private static boolean reduces(RandomPool pool, OptionPackage asked) {
        BookVectors change = pool.vectors(asked).poolChange();
        BookVectors before = pool.inventory.total();
        BookVectors after = before.plus(change);
        Potential potential = pool.view.potential().orElseThrow();
        if (!(potential.of(before) instanceof Potential.Valued from
                && potential.of(after) instanceof Potential.Valued to
                && to.phi() <= from.phi())) {
            return false;
        }
        return lower(worst(pool, before, false), worst(pool, after, false))
                && lower(worst(pool, before, true), worst(pool, after, true))
                && lower(shortfall(pool, before), shortfall(pool, after))
                && noBreachGoesFurther(pool, asked, change);
    }

    private static boolean lower(double before, double after) {
        return after <= before - CLEARLY * Math.abs(before);
    }

    /** The worst loss, that of the cash of now among it: damped on the grid, or undamped of any scenario. */
    private static double worst(RandomPool pool, BookVectors book, boolean damped) {
        ScenarioSet scenarios = pool.view.pricer().scenarios();
        double[] profit = profit(pool, book);
        double worst = 0;
        for (int s = damped ? scenarios.gridStart() : 0; s < scenarios.size(); s++) {
            worst = Math.max(worst, -profit[s] * (damped ? scenarios.damping(s) : 1));
        }
        return worst;
    }

    private static double shortfall(RandomPool pool, BookVectors book) {
        return ShortfallTest.bruteForce(
                book.scenarios(), profit(pool, book), Pool.PARAMETERS.tailLevel());
    }

    private static double[] profit(RandomPool pool, BookVectors book) {
        double cash = Math.max(pool.inventory.cash().toDouble(), 0);
        double[] profit = book.values();
        for (int s = 0; s < profit.length; s++) {
            profit[s] += cash * book.scenarios().cashMove(s);
        }
        return profit;
    }

    private static boolean noBreachGoesFurther(
            RandomPool pool, OptionPackage asked, BookVectors change) {
        Evaluator evaluator = new Evaluator(pool.view, Pool.PARAMETERS, TIGHT);
        Usdc atMark = Usdc.nearest(-change.markUsdc());
        Evaluation before = evaluator.of(pool.inventory, List.of(), List.of());
        Evaluation after =
                evaluator.of(
                        pool.inventory,
                        List.of(),
                        List.of(new Evaluator.Change(asked.underlying(), change, atMark)));
        return after.limited().stream()
                .allMatch(each -> each.holds() || each.used() <= before.used(each.name()));
    }

    private static Limits tight() {
        Limits tight = Pool.PARAMETERS.limits().with(Limits.RAC_FLOOR, 0.95);
        for (String share :
                List.of(
                        Limits.GAMMA,
                        Limits.VEGA,
                        Limits.SHORT_NOTIONAL,
                        Limits.CONCENTRATION,
                        Limits.UNHEDGED_DELTA + Pool.BTC,
                        Limits.UNHEDGED_DELTA + Pool.ETH)) {
            tight = tight.with(share, 1e-6);
        }
        return tight;
    }
}
