package io.dolim.deploy.bench;

import com.opengamma.strata.pricer.impl.option.BlackFormulaRepository;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.pricing.Black76;
import io.dolim.quoting.pricing.Black76Kernel;
import io.dolim.quoting.pricing.GreekColumns;
import io.dolim.quoting.pricing.ImpliedVolatility;
import io.dolim.quoting.pricing.OptionColumns;
import java.util.SplittableRandom;

/** Formulas beside Strata's: the same options, forwards and volatilities for both. */
final class FormulaTurns {

    private static final int OPTIONS = 1_024;
    private static final int SCENARIOS = 1_000;
    private static final int INSTRUMENTS = 500;
    private static final int POSITIONS = 10_000;

    private final Turns turns;
    private final Report report;
    private final SplittableRandom random = new SplittableRandom(77);

    FormulaTurns(Turns turns, Report report) {
        this.turns = turns;
        this.report = report;
    }

    void formulas() {
        int repeats = 64;
        double[] forward = new double[OPTIONS];
        double[] strike = new double[OPTIONS];
        double[] years = new double[OPTIONS];
        double[] vol = new double[OPTIONS];
        double[] price = new double[OPTIONS];
        OptionColumns columns = new OptionColumns(OPTIONS);
        for (int i = 0; i < OPTIONS; i++) {
            forward[i] = random.nextDouble(50_000, 70_000);
            strike[i] = forward[i] * random.nextDouble(0.75, 1.3);
            years[i] = random.nextDouble(0.05, 0.5);
            vol[i] = random.nextDouble(0.4, 0.8);
            columns.set(i, type(i), forward[i], strike[i], years[i], vol[i], 1);
            price[i] =
                    BlackFormulaRepository.price(
                            forward[i], strike[i], years[i], vol[i], i % 2 == 0);
        }
        GreekColumns greeks = new GreekColumns(OPTIONS);
        Black76Kernel kernel = new Black76Kernel();
        double[] ns =
                turns.turns(
                        "price and greeks",
                        () -> {
                            double sum = 0;
                            for (int i = 0; i < OPTIONS; i++) {
                                boolean call = i % 2 == 0;
                                sum +=
                                        BlackFormulaRepository.price(
                                                        forward[i],
                                                        strike[i],
                                                        years[i],
                                                        vol[i],
                                                        call)
                                                + BlackFormulaRepository.delta(
                                                        forward[i],
                                                        strike[i],
                                                        years[i],
                                                        vol[i],
                                                        call)
                                                + BlackFormulaRepository.gamma(
                                                        forward[i], strike[i], years[i], vol[i])
                                                + BlackFormulaRepository.vega(
                                                        forward[i], strike[i], years[i], vol[i])
                                                + BlackFormulaRepository.driftlessTheta(
                                                        forward[i], strike[i], years[i], vol[i]);
                            }
                            return sum;
                        },
                        () -> {
                            double sum = 0;
                            for (int i = 0; i < OPTIONS; i++) {
                                sum +=
                                        Black76.greeks(
                                                        type(i),
                                                        forward[i],
                                                        strike[i],
                                                        years[i],
                                                        vol[i],
                                                        1)
                                                .price();
                            }
                            return sum;
                        },
                        () -> {
                            double sum = 0;
                            for (int i = 0; i < repeats; i++) {
                                kernel.greeks(columns, greeks);
                                sum += greeks.price(i);
                            }
                            return sum;
                        });
        double peer = ns[0] / OPTIONS;
        turns.row("price, delta, gamma, vega, theta of one option, Strata", peer, "ns");
        turns.row("price and seven greeks, scalar", ns[1] / OPTIONS, "ns");
        turns.row("price and five greeks, lanes", ns[2] / OPTIONS / repeats, "ns");
        report.goal(Goal.atMost(0.33, "of Strata", "price and greeks, scalar", ns[1] / ns[0]));
        report.goal(
                Goal.atMost(
                        0.08,
                        "of Strata",
                        "price and five greeks, lanes",
                        ns[2] / repeats / ns[0]));
        double[] implied =
                turns.turns(
                        "implied volatility",
                        () -> {
                            double sum = 0;
                            for (int i = 0; i < OPTIONS; i++) {
                                sum +=
                                        BlackFormulaRepository.impliedVolatility(
                                                price[i],
                                                forward[i],
                                                strike[i],
                                                years[i],
                                                i % 2 == 0);
                            }
                            return sum;
                        },
                        () -> {
                            double sum = 0;
                            for (int i = 0; i < OPTIONS; i++) {
                                if (ImpliedVolatility.of(
                                                type(i),
                                                price[i],
                                                forward[i],
                                                strike[i],
                                                years[i],
                                                1)
                                        instanceof ImpliedVolatility.Found found) {
                                    sum += found.volAnnual();
                                }
                            }
                            return sum;
                        });
        turns.row("implied volatility, Strata", implied[0] / OPTIONS, "ns");
        turns.row("implied volatility", implied[1] / OPTIONS, "ns");
        report.goal(Goal.atMost(0.33, "of Strata", "implied volatility", implied[1] / implied[0]));
    }

    private static OptionType type(int i) {
        return i % 2 == 0 ? OptionType.CALL : OptionType.PUT;
    }

    /** The same prices under the same forwards and volatilities: each position by itself, and netted. */
    void book() {
        double[] strike = new double[INSTRUMENTS];
        double[] years = new double[INSTRUMENTS];
        double[][] forwards = new double[INSTRUMENTS][SCENARIOS];
        double[][] vols = new double[INSTRUMENTS][SCENARIOS];
        for (int i = 0; i < INSTRUMENTS; i++) {
            strike[i] = random.nextDouble(40_000, 90_000);
            years[i] = random.nextDouble(0.02, 1);
            for (int s = 0; s < SCENARIOS; s++) {
                forwards[i][s] = 65_000 * random.nextDouble(0.8, 1.25);
                vols[i][s] = random.nextDouble(0.3, 1.2);
            }
        }
        int[] instrument = new int[POSITIONS];
        double[] lots = new double[POSITIONS];
        for (int p = 0; p < POSITIONS; p++) {
            instrument[p] = random.nextInt(INSTRUMENTS);
            lots[p] = random.nextInt(-50, 50);
        }
        Black76Kernel kernel = new Black76Kernel();
        double[] prices = new double[SCENARIOS];
        double[] ns =
                turns.turns(
                        "a book over a thousand scenarios",
                        () -> {
                            double[] sum = new double[SCENARIOS];
                            for (int p = 0; p < POSITIONS; p++) {
                                int i = instrument[p];
                                for (int s = 0; s < SCENARIOS; s++) {
                                    sum[s] +=
                                            lots[p]
                                                    * BlackFormulaRepository.price(
                                                            forwards[i][s],
                                                            strike[i],
                                                            years[i],
                                                            vols[i][s],
                                                            i % 2 == 0);
                                }
                            }
                            return sum[SCENARIOS / 2];
                        },
                        () -> {
                            double[] net = new double[INSTRUMENTS];
                            for (int p = 0; p < POSITIONS; p++) {
                                net[instrument[p]] += lots[p];
                            }
                            double[] sum = new double[SCENARIOS];
                            for (int i = 0; i < INSTRUMENTS; i++) {
                                kernel.reprice(
                                        type(i),
                                        strike[i],
                                        years[i],
                                        1,
                                        forwards[i],
                                        vols[i],
                                        SCENARIOS,
                                        prices);
                                for (int s = 0; s < SCENARIOS; s++) {
                                    sum[s] += net[i] * prices[s];
                                }
                            }
                            return sum[SCENARIOS / 2];
                        });
        turns.row(
                "10,000 positions in 500 instruments over 1,000 scenarios, Strata",
                ns[0] / 1e6,
                "ms");
        turns.row("the same, netted, lanes", ns[1] / 1e6, "ms");
        report.goal(
                Goal.atMost(
                        0.010,
                        "of Strata",
                        "10,000 positions in 500 instruments over 1,000 scenarios",
                        ns[1] / ns[0]));
    }
}
