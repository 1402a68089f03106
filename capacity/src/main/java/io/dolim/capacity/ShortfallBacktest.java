package io.dolim.capacity;

import io.dolim.capacity.backtest.Forecast;
import io.dolim.capacity.backtest.Tail;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.scenario.SetVersion;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.DayCount;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.market.Uncertainty;
import io.dolim.quoting.math.Elementary;
import io.dolim.quoting.surface.SviSlice;
import io.dolim.quoting.surface.SviSmile;
import io.dolim.quoting.surface.VolSurface;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Expected shortfall of a book of one underlying's options, forecast each day from that day's scenario
 * set and held against the next day. The book is taken up anew every day at the same moneyness and life,
 * on a flat smile at the day's volatility index; its delta is not hedged, as the pool's is not.
 *
 * <p>The set of a day is filtered by the volatility of the days before ({@link #today}). A day is
 * forecast only when the one after it is known and both come within the horizon of each other.
 */
public final class ShortfallBacktest {

    private static final Underlying COIN = new Underlying("BTC");
    private static final double DAYS_PER_YEAR = 365;
    private static final double DECAY = 0.94;
    private static final int WARM_UP = 60;
    private static final long DAY_MS = 86_400_000L;
    private static final ContractSpec SPEC =
            new ContractSpec(COIN, BigDecimal.ONE, new BigDecimal("0.01"), 1, 1_000_000);

    private final CapacityParameters parameters;
    private final String recipe;
    private final List<Day> days;

    /**
     * One day at its close.
     *
     * @param timeMs milliseconds since 1970
     * @param spotUsdc of a coin
     * @param volAnnual of the volatility index, as a decimal
     */
    public record Day(long timeMs, double spotUsdc, double volAnnual) {}

    /**
     * A position that is held every day.
     *
     * @param moneyness strike over spot
     * @param lifeDays to the expiry
     * @param coins negative when sold
     */
    public record Position(OptionType type, double moneyness, int lifeDays, int coins) {}

    /**
     * A backtest over days.
     *
     * @param recipe of the scenario set; it must be filtered
     * @param days one after another; the first {@value #WARM_UP} only give a volatility to begin with
     */
    public ShortfallBacktest(CapacityParameters parameters, String recipe, List<Day> days) {
        this.parameters = parameters;
        this.recipe = recipe;
        this.days = List.copyOf(days);
    }

    /** Of VaR and ES. */
    public double level() {
        return parameters.tailLevel();
    }

    /**
     * Forecasts of several books, a list each; a day on which a book has nothing at risk is left out.
     *
     * @param from the first day that is forecast, milliseconds since 1970
     * @param done hears how many days are through
     */
    public List<List<Forecast>> forecasts(List<List<Position>> books, long from, IntConsumer done) {
        List<List<Forecast>> all = new ArrayList<>();
        books.forEach(book -> all.add(new ArrayList<>()));
        for (int d = WARM_UP; d + 1 < days.size(); d++) {
            done.accept(d);
            boolean next = days.get(d + 1).timeMs() - days.get(d).timeMs() == DAY_MS;
            if (days.get(d).timeMs() < from || !next) {
                continue;
            }
            SortedMap<Underlying, BigDecimal> vol = new TreeMap<>();
            vol.put(COIN, today(days.subList(0, d + 1)));
            VectorPricer pricer =
                    parameters.pricer(new SetVersion(recipe, vol), new TreeSet<>(List.of(COIN)));
            for (int b = 0; b < books.size(); b++) {
                forecast(pricer, books.get(b), days.get(d), days.get(d + 1))
                        .ifPresent(all.get(b)::add);
            }
        }
        return all;
    }

    /**
     * Today's volatility, a year: exponentially weighted over daily log moves with a decay of 0.94
     * (RiskMetrics), to four decimals, within what a scenario set takes.
     *
     * @param days at least two, one after another
     */
    public static BigDecimal today(List<Day> days) {
        double variance = Double.NaN;
        for (int d = 1; d < days.size(); d++) {
            double move = Elementary.log(days.get(d).spotUsdc() / days.get(d - 1).spotUsdc());
            variance =
                    Double.isNaN(variance)
                            ? move * move
                            : DECAY * variance + (1 - DECAY) * move * move;
        }
        double annual = Math.sqrt(variance * DAYS_PER_YEAR);
        return BigDecimal.valueOf(Math.clamp(annual, 0.05, 5))
                .setScale(4, RoundingMode.HALF_UP)
                .stripTrailingZeros();
    }

    /**
     * What a published pool's positions were forecast to lose over the horizon, its cash aside; empty
     * when nothing was at risk.
     *
     * @param level of VaR and ES, in (0, 1)
     * @param lossUsdc what they lost
     */
    public static Optional<Forecast> forecast(CapacityView view, double level, double lossUsdc) {
        return forecast(view.pricer().scenarios(), view.inventory().values(), level, lossUsdc);
    }

    private static Optional<Forecast> forecast(
            ScenarioSet scenarios, double[] profit, double level, double lossUsdc) {
        TailMeasure measure = TailMeasure.of(scenarios, profit, level);
        return measure.expectedShortfall() > 0
                ? Optional.of(
                        new Forecast(
                                measure.valueAtRisk(),
                                measure.expectedShortfall(),
                                tail(scenarios, profit, measure.valueAtRisk()),
                                lossUsdc))
                : Optional.empty();
    }

    private Optional<Forecast> forecast(
            VectorPricer pricer, List<Position> book, Day day, Day next) {
        BookVectors before = BookVectors.none(pricer.scenarios());
        BookVectors after = before;
        for (Position position : book) {
            OptionContract contract = contract(position, day);
            before =
                    before.plus(
                            pricer.of(market(day, contract.expiry()), SPEC, contract),
                            position.coins());
            after =
                    after.plus(
                            pricer.of(market(next, contract.expiry()), SPEC, contract),
                            position.coins());
        }
        return forecast(
                pricer.scenarios(),
                before.values(),
                parameters.tailLevel(),
                before.markUsdc() - after.markUsdc());
    }

    private static Tail tail(ScenarioSet scenarios, double[] profit, double valueAtRisk) {
        int[] beyond =
                IntStream.range(0, scenarios.gridStart())
                        .filter(s -> -profit[s] > valueAtRisk)
                        .toArray();
        double mass = 0;
        for (int s = 0; s < scenarios.gridStart(); s++) {
            mass += scenarios.probability(s);
        }
        double whole = mass;
        return new Tail(
                Arrays.stream(beyond).mapToDouble(s -> -profit[s]).toArray(),
                Arrays.stream(beyond).mapToDouble(s -> scenarios.probability(s) / whole).toArray());
    }

    private static OptionContract contract(Position position, Day day) {
        LocalDate date = Instant.ofEpochMilli(day.timeMs()).atZone(ZoneOffset.UTC).toLocalDate();
        return new OptionContract(
                COIN,
                new Expiry(date.plusDays(position.lifeDays())),
                BigDecimal.valueOf(Math.rint(position.moneyness() * day.spotUsdc())),
                position.type());
    }

    /** Flat at the index, forward equal to spot, no rates. */
    private static MarketSnapshot market(Day day, Expiry expiry) {
        double years = DayCount.years(day.timeMs(), expiry.epochMs());
        SviSmile smile = SviSmile.flat(day.volAnnual() * day.volAnnual() * years);
        VolSurface surface =
                new VolSurface(
                        day.timeMs(),
                        List.of(
                                new SviSlice(
                                        expiry.epochMs(),
                                        years,
                                        day.spotUsdc(),
                                        1,
                                        smile,
                                        List.of(),
                                        0)));
        return new MarketSnapshot(
                COIN, day.timeMs(), day.spotUsdc(), surface, day.spotUsdc(), Uncertainty.NONE);
    }
}
