package io.dolim.deploy.bench;

import io.dolim.quoting.instrument.Underlying;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Spread, charge, RAC and delta over the hours from midnight, a column for each coin, as a picture. Needs no screen. */
final class GammaPlot {

    private static final int WIDTH = 620;
    private static final int HEIGHT = 230;
    private static final double HOUR_MS = 3_600_000;
    private static final long DAY_MS = 86_400_000;

    private GammaPlot() {}

    static void write(List<GammaSample> samples, Path png) throws IOException {
        System.setProperty("java.awt.headless", "true");
        List<List<GammaSample>> coins = new ArrayList<>();
        for (Underlying coin : coins(samples)) {
            coins.add(samples.stream().filter(sample -> sample.underlying().equals(coin)).toList());
        }
        List<XYChart> charts = new ArrayList<>();
        coins.forEach(
                coin -> {
                    XYChart chart = chart(coin, "width of the probe, volatility points");
                    line(chart, coin, "ask less bid", one -> one.probe().widthPoints());
                    line(chart, coin, "of a flat pool", one -> one.probe().flatWidthPoints());
                    line(chart, coin, "spread line", one -> one.probe().spreadPoints());
                    line(chart, coin, "that of a flat pool", one -> one.probe().flatSpreadPoints());
                    charts.add(chart);
                });
        coins.forEach(
                coin -> {
                    XYChart chart = chart(coin, "capital charge of the probe, USDC");
                    line(chart, coin, "bought", one -> one.probe().buy().chargeUsdc());
                    line(chart, coin, "sold back", one -> one.probe().sell().chargeUsdc());
                    line(
                            chart,
                            coin,
                            "bought, flat pool",
                            one -> one.probe().buy().flatChargeUsdc());
                    charts.add(chart);
                });
        coins.forEach(
                coin -> {
                    XYChart chart = chart(coin, "RAC of the pool, thousand USDC");
                    line(chart, coin, "RAC", one -> one.racUsdc() / 1_000);
                    charts.add(chart);
                });
        coins.forEach(
                coin -> {
                    XYChart chart = chart(coin, "delta of the pool, coins");
                    line(chart, coin, "delta", GammaSample::deltaCoins);
                    charts.add(chart);
                });
        int rows = charts.size() / coins.size();
        BitmapEncoder.saveBitmap(
                charts, rows, coins.size(), png.toString(), BitmapEncoder.BitmapFormat.PNG);
    }

    private static SortedSet<Underlying> coins(List<GammaSample> samples) {
        SortedSet<Underlying> coins = new TreeSet<>();
        samples.forEach(sample -> coins.add(sample.underlying()));
        return coins;
    }

    private static XYChart chart(List<GammaSample> coin, String what) {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(coin.getFirst().underlying() + ": " + what)
                        .build();
        Styler styler = chart.getStyler();
        styler.setLegendPosition(Styler.LegendPosition.OutsideE);
        styler.setChartTitleBoxVisible(false);
        return chart;
    }

    private static void line(
            XYChart chart,
            List<GammaSample> coin,
            String name,
            ToDoubleFunction<GammaSample> figure) {
        double[] hours =
                coin.stream().mapToDouble(one -> hoursFrom(coin.getFirst(), one)).toArray();
        double[] figures = coin.stream().mapToDouble(figure).toArray();
        XYSeries series = chart.addSeries(name, hours, figures);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineWidth(1.5f);
    }

    /** From midnight before the first. */
    private static double hoursFrom(GammaSample first, GammaSample sample) {
        return (sample.timeMs() - Math.floorDiv(first.timeMs(), DAY_MS) * DAY_MS) / HOUR_MS;
    }
}
