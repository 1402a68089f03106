package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.capacity.scenario.Conditions;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What hedges do to the pool's figures, each against its definition written down again. */
class HedgedMeasuresTest {

    private static final ScenarioSet SET = Pool.PRICER.scenarios();
    private static final OptionContract CALL = contract(30, "C");
    private static final OptionContract PUT = contract(30, "P");
    private static final String VENUE = "deribit";

    private final Pool pool = Perpetuals.hedgedPool(Pool.BTC);

    /** A call that is sold and a put that is bought are a forward sold, which coins hedge. */
    @Test
    void aPerfectHedgeTakesTheDeltaOutOfEveryCalmScenario() {
        hold(CALL, -300);
        hold(PUT, 300);
        open(Perpetuals.of(Pool.BTC).at(VENUE, "30", 65_000, 2_000_000));
        Inventory held = inventory();

        double[] profit = held.profit();
        double[] bare = held.total().values();
        assertTrue(Pool.in(pool.view().hedges().venueCash(), VENUE).covered());
        double worst = 0;
        for (int s = 0; s < SET.size(); s++) {
            if (SET.scenario(s).conditions().recoveries().isEmpty()
                    && SET.scenario(s).conditions().basis() == 0) {
                assertEquals(0, profit[s], 601 * 0x1p-20, "scenario " + s);
                worst = Math.min(worst, bare[s]);
            }
        }
        assertTrue(worst < -1_900_000, "unhedged " + worst);
        assertEquals(0, pool.view().unhedgedDeltaCoins(Pool.BTC), 1e-6);
        assertEquals(0, pool.view().measures().worstDamped(), 1e-2);
        // Z is the peg alone
        double[] z =
                MarketView.background(
                        SET,
                        pool.view().markets(),
                        pool.view().inputs().unhedgedDeltaCoins(),
                        pool.view().inputs().cashUsdc());
        double[] peg =
                MarketView.background(
                        SET,
                        pool.view().markets(),
                        new TreeMap<>(),
                        pool.view().inputs().cashUsdc());
        for (int s = 0; s < z.length; s++) {
            assertEquals(peg[s], z[s], 0.1);
        }
    }

    @Test
    void shortfallAndWorstLossAreThoseOfOptionsHedgesAndCashTogether() {
        SplittableRandom random = new SplittableRandom(71);
        for (int round = 0; round < 25; round++) {
            hold(CALL, random.nextLong(-900, 200));
            hold(PUT, random.nextLong(-600, 400));
            Perpetuals perpetuals =
                    Perpetuals.of(Pool.BTC)
                            .numbered(1, round)
                            .brought(random.nextLong(-100_000, 100_000))
                            .at(VENUE, coins(random), 64_000, random.nextLong(3_000_000))
                            .at("elsewhere", coins(random), 66_000, random.nextLong(900_000))
                            .at("down", coins(random), 64_500, 100_000, false);
            open(perpetuals);
            Measures measures = pool.view().measures();
            double[] profit = profit(perpetuals.report(), pool.view());

            assertEquals(shortfall(profit), measures.expectedShortfall(), 1e-3);
            double worst = 0;
            double damped = 0;
            for (int s = 0; s < profit.length; s++) {
                worst = Math.max(worst, -profit[s]);
                damped =
                        s < SET.gridStart()
                                ? damped
                                : Math.max(damped, -SET.damping(s) * profit[s]);
            }
            assertEquals(worst, measures.worstUndamped(), 1e-3);
            assertEquals(damped, measures.worstDamped(), 1e-3);
        }
    }

    /** P by the formulas of doc/risk.md, in doubles as they come. */
    private static double[] profit(HedgeReport report, CapacityView view) {
        double spot = 65_000;
        double posted = 0;
        for (HedgeReport.AtVenue at : report.byVenue().values()) {
            posted += at.postedUsdc().toDouble();
        }
        double[] profit = new double[SET.size()];
        for (int s = 0; s < profit.length; s++) {
            Conditions conditions = SET.scenario(s).conditions();
            double move = Math.expm1(SET.move(s, Pool.BTC).logSpot() + conditions.basis());
            double funding =
                    SET.instantaneous(s) ? 0 : conditions.fundingAnnual() * SET.horizonDays() / 365;
            double calls = 0;
            for (var each : report.byVenue().entrySet()) {
                calls += call(each.getKey(), each.getValue(), s, move, funding);
            }
            boolean met = calls <= 0.5 * (view.cash().toDouble() - posted);
            profit[s] = view.inventory().value(s) + view.cash().toDouble() * SET.cashMove(s);
            for (var each : report.byVenue().entrySet()) {
                HedgeReport.AtVenue at = each.getValue();
                double notional = at.coins().doubleValue() * spot;
                double mark = notional - at.costUsdc().toDouble();
                double after = at.postedUsdc().toDouble() + mark + notional * (move - funding);
                boolean called = call(each.getKey(), at, s, move, funding) > 0;
                double back = called && !met ? 0 : recovery(s, each.getKey());
                double left = after > 0 ? back * after : after;
                double counted =
                        at.postedUsdc().toDouble() + (at.standing() ? mark : Math.min(0, mark));
                profit[s] += at.standing() ? left - counted : Math.min(0, left - counted);
            }
        }
        return profit;
    }

    private static double call(
            String venue, HedgeReport.AtVenue at, int s, double move, double funding) {
        if (recovery(s, venue) < 1) {
            return 0;
        }
        double notional = at.coins().doubleValue() * 65_000;
        double after =
                at.postedUsdc().toDouble()
                        + notional
                        - at.costUsdc().toDouble()
                        + notional * (move - funding);
        return Math.max(0, 0.05 * Math.abs(notional) * (1 + move) - after);
    }

    private static double recovery(int s, String venue) {
        SortedMap<String, Double> stated = SET.scenario(s).conditions().recoveries();
        return stated.isEmpty() ? 1 : stated.getOrDefault(venue, 0.3);
    }

    /** The mean of the worst 2.5 % of the families over the horizon. */
    private static double shortfall(double[] profit) {
        List<Integer> order = new ArrayList<>();
        double mass = 0;
        for (int s = 0; s < SET.gridStart(); s++) {
            order.add(s);
            mass += SET.probability(s);
        }
        order.sort(Comparator.comparingDouble(s -> profit[s]));
        double tail = (1 - Pool.PARAMETERS.tailLevel()) * mass;
        double left = tail;
        double sum = 0;
        for (int s : order) {
            double weight = Math.min(left, SET.probability(s));
            sum -= weight * profit[s];
            left -= weight;
        }
        return sum / tail;
    }

    @Test
    void itsPartsByVenueAddUpToTheShortfall() {
        hold(CALL, -800);
        open(
                Perpetuals.of(Pool.BTC)
                        .at(VENUE, "20", 65_000, 900_000)
                        .at("elsewhere", "15.5", 66_000, 400_000));
        SortedMap<Underlying, SortedMap<OptionContract, Long>> lots = new TreeMap<>();
        pool.books.forEach((coin, book) -> lots.put(coin, new TreeMap<>(book.positions)));
        RiskReport.Terms terms = new RiskReport.Terms(Pool.PARAMETERS.tailLevel(), List.of(0.5), 3);

        RiskReport report = RiskReport.of(pool.view(), terms, Pool.SPECS, lots).orElseThrow();

        Contributions parts = report.contributions();
        double expected = pool.view().measures().expectedShortfall();
        assertEquals(expected, parts.expected());
        assertEquals(
                List.of(VENUE, "elsewhere", Contributions.NO_VENUE),
                List.copyOf(parts.byVenue().keySet()));
        assertEquals(expected, sum(parts.byVenue()), 1e-6);
        double venues = sum(parts.byVenue()) - Pool.in(parts.byVenue(), Contributions.NO_VENUE);
        assertEquals(expected, sum(parts.byInstrument()) + venues + parts.collateral(), 1e-6);
        Shortfall shortfall = pool.view().measures().shortfall();
        assertEquals(expected, sum(shortfall.byUnderlying()) + shortfall.collateral(), 1e-6);
        assertEquals(
                pool.view().measures().worstUndamped(), -report.worst().getFirst().profitUsdc());
        assertEquals(HedgeFigures.of(pool.view()), report.hedges());
    }

    private static double sum(SortedMap<?, Double> parts) {
        double sum = 0;
        for (double part : parts.values()) {
            sum += part;
        }
        return sum;
    }

    @Test
    void theNetDeltaHasTheLimitAndMakesTheBuffer() {
        hold(CALL, -800);
        double options = pool.book(Pool.BTC).total(1).exposure(Pool.BTC).deltaCoins();
        assertEquals(-42.6, options, 1);
        assertEquals(-options, used(0, "0", true), 1e-9);
        assertEquals(-options - 30, used(0, "30", true), 1e-9);
        assertEquals(60 + options, used(0, "60", true), 1e-9);
        // one in doubt hedges nothing, and counts where it makes matters worse
        assertEquals(-options, used(0, "30", false), 1e-9);
        assertEquals(-options + 30, used(0, "-30", false), 1e-9);
        assertEquals(100 + options, used(0, "100", false), 1e-9);

        double bare = buffer(0, "0");
        double hedged = buffer(0, "30");
        HedgingCosts costs = Pool.PARAMETERS.hedging();
        double each = 65_000 * costs.volAnnual() * Math.sqrt(costs.delayDays() / 365) * costs.z();
        assertEquals(30 * each, bare - hedged, 1e-6);
        assertEquals(4 * each, buffer(4, "30") - hedged, 1e-6);
    }

    private double used(double band, String coins, boolean standing) {
        open(Perpetuals.of(Pool.BTC).at(VENUE, coins, 65_000, 2_000_000, standing), band);
        MarketView view = marketView();
        return new Evaluator(view, Pool.PARAMETERS, Pool.PARAMETERS.limits())
                .of(inventory(), List.of(), List.of())
                .used(Limits.UNHEDGED_DELTA + "BTC");
    }

    private double buffer(double band, String coins) {
        open(Perpetuals.of(Pool.BTC).at(VENUE, coins, 65_000, 2_000_000), band);
        return pool.view().measures().hedgingBuffer();
    }

    private void hold(OptionContract contract, long lots) {
        Pool.FakeBook book = pool.book(Pool.BTC);
        book.freeze(1, pool.now.epochMs());
        book.positions.put(contract, lots);
        book.sequence++;
    }

    private void open(Perpetuals perpetuals) {
        open(perpetuals, 0);
    }

    private void open(Perpetuals perpetuals, double band) {
        pool.desk.hedged(perpetuals.report(band), pool.rules(), pool.now);
        pool.openView();
    }

    private Inventory inventory() {
        SortedMap<Underlying, BookVectors> books = new TreeMap<>();
        BookVectors total = Pool.PRICER.none();
        for (Pool.FakeBook book : pool.books.values()) {
            BookVectors one = book.total(pool.openNumber);
            books.put(book.underlying, one);
            total = total.plus(one);
        }
        return new Inventory(books, total, Usdc.ofWhole(10_000_000), new TreeMap<>())
                .with(pool.view().hedges());
    }

    private MarketView marketView() {
        CapacityView view = pool.view();
        return MarketView.open(
                view.viewNumber(),
                view.openedAt(),
                view.markets(),
                new TreeMap<>(),
                Pool.PRICER,
                view.inputs().capital(),
                inventory(),
                Pool.PARAMETERS.potential());
    }

    private static String coins(SplittableRandom random) {
        return BigDecimal.valueOf(random.nextLong(-400_000, 900_000), 4).toPlainString();
    }

    private static OptionContract contract(int days, String type) {
        return Pool.option(Pool.BTC, days, 65_000, type, 1).legs().getFirst().contract();
    }
}
