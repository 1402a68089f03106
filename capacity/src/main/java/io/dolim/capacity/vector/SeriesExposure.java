package io.dolim.capacity.vector;

import io.dolim.quoting.instrument.OptionType;

/**
 * What a book holds in one series. Exact sums; calls and puts net within the series.
 *
 * @param vegaUsdc USDC for one volatility point
 * @param callsUsdc net calls held, coins times spot; negative when short
 * @param putsUsdc net puts held, coins times spot; negative when short
 */
public record SeriesExposure(double vegaUsdc, double callsUsdc, double putsUsdc) {

    /** Nothing held. */
    public static final SeriesExposure NONE = new SeriesExposure(0, 0, 0);

    /** Notional that the holder owes, USDC: net short calls and net short puts. */
    public double shortNotionalUsdc() {
        return Math.max(-callsUsdc, 0) + Math.max(-putsUsdc, 0);
    }

    /** The sum of both. */
    public SeriesExposure plus(SeriesExposure other) {
        return new SeriesExposure(
                sum(vegaUsdc, other.vegaUsdc),
                sum(callsUsdc, other.callsUsdc),
                sum(putsUsdc, other.putsUsdc));
    }

    static SeriesExposure of(OptionType type, InstrumentGreeks greeks, long lots) {
        double notional = Exact.plus(0, lots, greeks.notionalUsdc(), Exact.LARGEST_USDC);
        return new SeriesExposure(
                Exact.plus(0, lots, greeks.vegaUsdc(), Exact.LARGEST_USDC),
                type == OptionType.CALL ? notional : 0,
                type == OptionType.PUT ? notional : 0);
    }

    private static double sum(double a, double b) {
        return Exact.within(a + b, Exact.LARGEST_USDC);
    }
}
