package io.dolim.capacity.vector;

import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.quoting.instrument.Underlying;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a book, or a change of it, gains or loses in each scenario of one market view, and the
 * amounts that limits are set on. An exact sum of lots times instruments: the same bits in whatever
 * order and grouping it was added. Immutable.
 */
public final class BookVectors {

    private final ScenarioSet scenarios;
    private final double[] value;
    private final double[][] hedged;
    private final double[][] gridHedged;
    private final SortedMap<Underlying, Holding> holdings;
    private final SortedMap<Series, SeriesExposure> series;

    /** Exposure to one underlying with what re-hedging it takes on the grid. */
    private record Holding(Exposure exposure, GridRehedge rehedge) {
        Holding plus(Holding other) {
            return new Holding(exposure.plus(other.exposure), rehedge.plus(other.rehedge, 1));
        }
    }

    private BookVectors(
            ScenarioSet scenarios,
            double[] value,
            double[][] hedged,
            double[][] gridHedged,
            SortedMap<Underlying, Holding> holdings,
            SortedMap<Series, SeriesExposure> series) {
        this.scenarios = scenarios;
        this.value = value;
        this.hedged = hedged;
        this.gridHedged = gridHedged;
        this.holdings = holdings;
        this.series = series;
    }

    /** An empty book. */
    public static BookVectors none(ScenarioSet scenarios) {
        return new BookVectors(
                scenarios,
                new double[scenarios.size()],
                one(new double[scenarios.size()]),
                one(new double[scenarios.gridSize()]),
                new TreeMap<>(),
                new TreeMap<>());
    }

    private static double[][] one(double[] layer) {
        double[][] layers = new double[InstrumentVectors.LAYERS][];
        Arrays.fill(layers, layer);
        return layers;
    }

    /**
     * With so many lots more of an instrument.
     *
     * @throws ArithmeticException when a sum leaves the range that adds exactly, 2^32 USDC
     * @throws IllegalArgumentException when the vectors run over another scenario set
     */
    public BookVectors plus(InstrumentVectors one, long lots) {
        requireSame(one.scenarios);
        Underlying underlying = one.contract().underlying();
        SortedMap<Underlying, Holding> held = new TreeMap<>(holdings);
        held.merge(
                underlying,
                new Holding(
                        Exposure.of(one.greeks(), lots),
                        GridRehedge.none(scenarios.gridSize())
                                .plus(new GridRehedge(one.gridRehedge), lots)),
                Holding::plus);
        SortedMap<Series, SeriesExposure> bySeries = new TreeMap<>(series);
        bySeries.merge(
                new Series(underlying, one.contract().expiry()),
                SeriesExposure.of(one.contract().type(), one.greeks(), lots),
                SeriesExposure::plus);
        return new BookVectors(
                scenarios,
                sum(value, one.value, lots),
                sum(hedged, one.hedged, lots),
                sum(gridHedged, one.gridHedged, lots),
                held,
                bySeries);
    }

    /** Both together. Throws as {@link #plus(InstrumentVectors, long)} does. */
    public BookVectors plus(BookVectors other) {
        return plus(other, 1);
    }

    /** Without the other. Throws as {@link #plus(InstrumentVectors, long)} does. */
    public BookVectors minus(BookVectors other) {
        return plus(other, -1);
    }

    private BookVectors plus(BookVectors other, long sign) {
        requireSame(other.scenarios);
        SortedMap<Underlying, Holding> held = new TreeMap<>(holdings);
        other.holdings.forEach((u, h) -> held.merge(u, signed(h, sign), Holding::plus));
        SortedMap<Series, SeriesExposure> bySeries = new TreeMap<>(series);
        other.series.forEach((s, e) -> bySeries.merge(s, signed(e, sign), SeriesExposure::plus));
        return new BookVectors(
                scenarios,
                sum(value, other.value, sign),
                sum(hedged, other.hedged, sign),
                sum(gridHedged, other.gridHedged, sign),
                held,
                bySeries);
    }

    /** The scenario set it runs over. */
    public ScenarioSet scenarios() {
        return scenarios;
    }

    /** v[s], USDC: profit when positive. */
    public double value(int s) {
        return value[s];
    }

    /** X^k[s], USDC: damped, hedged, centred, by layer of holding time. */
    public double hedged(int layer, int s) {
        return hedged[layer][s];
    }

    /** The sum of a^2 H on the grid, USDC, by layer. */
    public double gridHedged(int layer, int g) {
        return gridHedged[layer][g];
    }

    /** A copy of v. */
    public double[] values() {
        return value.clone();
    }

    /** A copy of X^k. */
    public double[] hedged(int layer) {
        return hedged[layer].clone();
    }

    /** Value at mark over all underlyings, USDC. */
    public double markUsdc() {
        double sum = 0;
        for (Holding holding : holdings.values()) {
            sum = Exact.within(sum + holding.exposure().markUsdc(), Exact.LARGEST_USDC);
        }
        return sum;
    }

    /** Exposure to one underlying; none when nothing is held. */
    public Exposure exposure(Underlying underlying) {
        Holding holding = holdings.get(underlying);
        return holding == null ? Exposure.NONE : holding.exposure();
    }

    /** USDC of the underlying that must be traded to stay hedged after grid scenario g. */
    public double rehedgeUsdc(Underlying underlying, int g) {
        Holding holding = holdings.get(underlying);
        return holding == null ? 0 : holding.rehedge().at(g);
    }

    /** The same of all scenarios of the grid; a copy. */
    public double[] rehedgesUsdc(Underlying underlying) {
        double[] all = new double[scenarios.gridSize()];
        Holding holding = holdings.get(underlying);
        for (int g = 0; holding != null && g < all.length; g++) {
            all[g] = holding.rehedge().at(g);
        }
        return all;
    }

    /** What is held by series. */
    public SortedMap<Series, SeriesExposure> series() {
        return Collections.unmodifiableSortedMap(series);
    }

    /** The underlyings of what was added. */
    public java.util.SortedSet<Underlying> underlyings() {
        return Collections.unmodifiableSortedSet(new java.util.TreeSet<>(holdings.keySet()));
    }

    /** Equal when every number of every scenario is, bit for bit; empty holdings don't count. */
    @Override
    public boolean equals(Object object) {
        return object instanceof BookVectors other
                && scenarios.version().equals(other.scenarios.version())
                && Arrays.equals(value, other.value)
                && Arrays.deepEquals(hedged, other.hedged)
                && Arrays.deepEquals(gridHedged, other.gridHedged)
                && heldOnly().equals(other.heldOnly())
                && seriesOnly().equals(other.seriesOnly());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "BookVectors[" + scenarios.version() + " " + heldOnly() + "]";
    }

    private SortedMap<Underlying, Holding> heldOnly() {
        SortedMap<Underlying, Holding> held = new TreeMap<>(holdings);
        held.values().removeIf(h -> h.exposure().equals(Exposure.NONE) && h.rehedge().isNone());
        return held;
    }

    private SortedMap<Series, SeriesExposure> seriesOnly() {
        SortedMap<Series, SeriesExposure> held = new TreeMap<>(series);
        held.values().removeIf(SeriesExposure.NONE::equals);
        return held;
    }

    private void requireSame(ScenarioSet other) {
        if (scenarios != other && !scenarios.version().equals(other.version())) {
            throw new IllegalArgumentException(
                    "scenarios=" + other.version() + " must be " + scenarios.version());
        }
        if (scenarios.size() != other.size()) {
            throw new IllegalArgumentException(
                    "scenarios=" + other.size() + " must number " + scenarios.size());
        }
    }

    private static Holding signed(Holding held, long sign) {
        if (sign == 1) {
            return held;
        }
        Exposure e = held.exposure();
        return new Holding(
                new Exposure(
                        0 - e.markUsdc(),
                        0 - e.deltaCoins(),
                        0 - e.gammaUsdc(),
                        0 - e.vegaUsdc(),
                        0 - e.thetaUsdc()),
                held.rehedge().negated());
    }

    private static SeriesExposure signed(SeriesExposure e, long sign) {
        return sign == 1
                ? e
                : new SeriesExposure(0 - e.vegaUsdc(), 0 - e.callsUsdc(), 0 - e.putsUsdc());
    }

    /** Layers that are one array in both stay one. */
    @SuppressWarnings("ReferenceEquality")
    private static double[][] sum(double[][] sums, double[][] perLot, long lots) {
        double[][] result = new double[sums.length][];
        for (int k = 0; k < sums.length; k++) {
            boolean same = k > 0 && sums[k] == sums[k - 1] && perLot[k] == perLot[k - 1];
            result[k] = same ? result[k - 1] : sum(sums[k], perLot[k], lots);
        }
        return result;
    }

    static double[] sum(double[] sums, double[] perLot, long lots) {
        return Exact.plus(sums, lots, perLot, Exact.LARGEST_USDC);
    }
}
