package io.dolim.deploy.bench;

import io.dolim.quoting.instrument.Underlying;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Goals and tables of a walk with a pool that is short gamma. */
final class GammaFigures {

    private static final double CORRELATED = 0.9;
    private static final double NEAR_PERCENT = 5;

    private final SortedMap<Underlying, List<GammaSample>> byCoin = new TreeMap<>();

    GammaFigures(List<GammaSample> samples) {
        samples.forEach(
                sample ->
                        byCoin.computeIfAbsent(sample.underlying(), _ -> new ArrayList<>())
                                .add(sample));
    }

    Report report() {
        Report report = new Report();
        byCoin.forEach((coin, samples) -> goals(report, coin, samples));
        List<List<String>> rows = new ArrayList<>();
        byCoin.forEach(
                (coin, samples) -> {
                    rows.add(row(coin + ", pool flat", samples, GammaSample::isFlat));
                    rows.add(row(coin + ", pool short", samples, sample -> !sample.isFlat()));
                });
        report.table(
                List.of(
                        "",
                        "views",
                        "short, coins",
                        "gamma, USDC of delta for 1 %",
                        "delta, coins",
                        "strain",
                        "RAC, USDC",
                        "ask less bid, points",
                        "spread line, points",
                        "charge of buying the probe, USDC",
                        "of selling it"),
                rows);
        return report;
    }

    private static void goals(Report report, Underlying coin, List<GammaSample> samples) {
        correlation(
                report, coin + ": ask less bid", samples, sample -> sample.probe().widthPoints());
        correlation(
                report, coin + ": spread line", samples, sample -> sample.probe().spreadPoints());
        correlation(
                report,
                coin + ": spread line above a flat pool's",
                samples,
                sample -> sample.probe().spreadPoints() - sample.probe().flatSpreadPoints());
        List<GammaSample.Pair> held = new ArrayList<>();
        samples.forEach(sample -> sample.held().ifPresent(held::add));
        if (!held.isEmpty()) {
            charges(report, coin, held);
        }
        report.goal(
                Goal.atMost(
                        NEAR_PERCENT,
                        "%",
                        coin + ": pool flat again, farthest line from a flat pool's",
                        100 * greatest(again(samples), GammaSample::farthestShare)));
    }

    /** Of a coin that the pool was short of. */
    private static void charges(Report report, Underlying coin, List<GammaSample.Pair> held) {
        report.goal(
                Goal.atLeast(
                        0,
                        "USDC",
                        coin
                                + ": charge of buying what the pool is short, above a flat pool's, least",
                        -greatest(
                                held,
                                pair -> pair.buy().flatChargeUsdc() - pair.buy().chargeUsdc())));
        report.goal(
                Goal.atMost(
                        0,
                        "USDC",
                        coin + ": charge of selling it back, greatest",
                        greatest(held, pair -> pair.sell().chargeUsdc())));
        report.goal(
                Goal.atMost(
                        0,
                        "USDC",
                        coin + ": charge of selling it back above a flat pool's, greatest",
                        greatest(
                                held,
                                pair -> pair.sell().chargeUsdc() - pair.sell().flatChargeUsdc())));
    }

    private static void correlation(
            Report report,
            String what,
            List<GammaSample> samples,
            ToDoubleFunction<GammaSample> figure) {
        report.goal(
                Goal.atLeast(
                        CORRELATED,
                        "",
                        what + ", rank correlation with strain (Spearman)",
                        RankCorrelation.of(
                                figures(samples, figure), figures(samples, GammaSample::strain))));
    }

    /** Views of a flat pool that has been short before. */
    private static List<GammaSample> again(List<GammaSample> samples) {
        List<GammaSample> again = new ArrayList<>();
        boolean was = false;
        for (GammaSample sample : samples) {
            was |= !sample.isFlat();
            if (was && sample.isFlat()) {
                again.add(sample);
            }
        }
        return again;
    }

    /** NaN of none: what was not seen meets no goal. */
    private static <T> double greatest(List<T> all, ToDoubleFunction<T> figure) {
        return all.stream().mapToDouble(figure).max().orElse(Double.NaN);
    }

    private static List<Double> figures(
            List<GammaSample> samples, ToDoubleFunction<GammaSample> figure) {
        return samples.stream().map(figure::applyAsDouble).toList();
    }

    private static List<String> row(
            String name, List<GammaSample> all, java.util.function.Predicate<GammaSample> some) {
        List<GammaSample> samples = all.stream().filter(some).toList();
        return List.of(
                name,
                Integer.toString(samples.size()),
                range(samples, GammaSample::heldCoins),
                range(samples, GammaSample::gammaUsdc),
                range(samples, GammaSample::deltaCoins),
                range(samples, GammaSample::strain),
                range(samples, GammaSample::racUsdc),
                range(samples, sample -> sample.probe().widthPoints()),
                range(samples, sample -> sample.probe().spreadPoints()),
                range(samples, sample -> sample.probe().buy().chargeUsdc()),
                range(samples, sample -> sample.probe().sell().chargeUsdc()));
    }

    private static String range(List<GammaSample> samples, ToDoubleFunction<GammaSample> figure) {
        return Figures.text(-greatest(samples, sample -> -figure.applyAsDouble(sample)))
                + " to "
                + Figures.text(greatest(samples, figure));
    }
}
