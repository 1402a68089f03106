package io.dolim.capacity;

import io.dolim.capacity.scenario.Family;
import io.dolim.capacity.scenario.Move;
import io.dolim.capacity.scenario.Scenario;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.FullRepricing;
import io.dolim.capacity.vector.VectorParameters;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.DayCount;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.market.Uncertainty;
import io.dolim.quoting.pricing.Black76Kernel;
import io.dolim.quoting.surface.Knot;
import io.dolim.quoting.surface.RawSvi;
import io.dolim.quoting.surface.SviSlice;
import io.dolim.quoting.surface.SviSmile;
import io.dolim.quoting.surface.VolSurface;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Gives prices, vectors and potential their machine code before anyone waits for a price: until the lanes are
 * compiled, they take many times as long.
 */
public final class Warmth {

    /** After so many vectors and charges everything on their way is compiled. */
    private static final int CALLS = 400;

    private static final int DAYS = 240;
    private static final int GRID = 16;
    private static final Underlying COIN = new Underlying("WARM");
    private static final Expiry EXPIRY = new Expiry(LocalDate.of(2030, 3, 29));
    private static final long LIFE_MS = 30 * 86_400_000L;

    private Warmth() {}

    /** Returns when they are warm; takes seconds of one core. */
    public static void warm() {
        Black76Kernel.warm();
        ScenarioSet scenarios = scenarios();
        FullRepricing pricer = new FullRepricing(scenarios, VectorParameters.STANDARD);
        MarketSnapshot market = market();
        ContractSpec spec =
                new ContractSpec(COIN, BigDecimal.ONE, new BigDecimal("0.01"), 1, 1_000_000);
        Potential potential =
                new Potential(
                        scenarios, 1e7, new double[scenarios.size()], new Potential.Terms(2, 0.25));
        BookVectors book = BookVectors.none(scenarios);
        Potential.Point before = potential.at(book);
        for (int i = 0; i < CALLS; i++) {
            OptionContract contract =
                    new OptionContract(
                            COIN,
                            EXPIRY,
                            BigDecimal.valueOf(70 + i % 60),
                            i % 2 == 0 ? OptionType.CALL : OptionType.PUT);
            BookVectors change =
                    BookVectors.none(scenarios)
                            .plus(pricer.of(market, spec, contract), i % 3 == 0 ? 500 : -900);
            book = book.plus(change);
            Potential.Point after = potential.at(book, before);
            double share = potential.risingShare(before, after, change);
            TailMeasure tail = TailMeasure.of(scenarios, book.values(), 0.975);
            if (Double.isNaN(share) || Double.isNaN(tail.expectedShortfall())) {
                throw new IllegalStateException("a price of the warming pool is no number");
            }
            before = after;
        }
    }

    private static ScenarioSet scenarios() {
        List<Scenario> all = new ArrayList<>();
        for (int i = 0; i < DAYS + GRID; i++) {
            boolean grid = i >= DAYS;
            double out = grid ? (i - DAYS) / (GRID - 1.0) - 0.5 : i / (DAYS - 1.0) - 0.5;
            TreeMap<Underlying, Move> moves = new TreeMap<>();
            moves.put(COIN, new Move(0.3 * out, -0.4 * out, grid ? 0.1 * out : 0));
            all.add(
                    new Scenario(
                            grid ? Family.GRID : Family.HISTORICAL, grid ? 1e-4 : 1, 1, moves));
        }
        return ScenarioSet.of("warmth", 1, all);
    }

    private static MarketSnapshot market() {
        long fixedMs = EXPIRY.epochMs() - LIFE_MS;
        double years = DayCount.years(fixedMs, EXPIRY.epochMs());
        List<Knot> knots = new ArrayList<>();
        for (int i = 0; i <= GRID; i++) {
            boolean end = i == 0 || i == GRID;
            knots.add(new Knot(0.05 * (i - GRID / 2), 1e-4 * (i % 2), end ? 0 : 1e-3));
        }
        SviSmile smile = new SviSmile(new RawSvi(0.01, 0.02, -0.2, 0, 0.2), knots);
        VolSurface surface =
                new VolSurface(
                        fixedMs,
                        List.of(
                                new SviSlice(
                                        EXPIRY.epochMs(), years, 100, 1, smile, List.of(), 0.01)));
        return new MarketSnapshot(COIN, fixedMs, 100, surface, 100, Uncertainty.NONE);
    }
}
