package io.dolim.capacity.vector;

/**
 * What a book holds in one underlying; units as in {@link InstrumentGreeks}. Exact sums.
 */
public record Exposure(
        double markUsdc, double deltaCoins, double gammaUsdc, double vegaUsdc, double thetaUsdc) {

    /** Nothing held. */
    public static final Exposure NONE = new Exposure(0, 0, 0, 0, 0);

    /** The sum of both. */
    public Exposure plus(Exposure other) {
        return new Exposure(
                usdc(markUsdc + other.markUsdc),
                Exact.within(deltaCoins + other.deltaCoins, Exact.LARGEST_COINS),
                usdc(gammaUsdc + other.gammaUsdc),
                usdc(vegaUsdc + other.vegaUsdc),
                usdc(thetaUsdc + other.thetaUsdc));
    }

    static Exposure of(InstrumentGreeks one, long lots) {
        return new Exposure(
                times(lots, one.markUsdc()),
                Exact.plus(0, lots, one.deltaCoins(), Exact.LARGEST_COINS),
                times(lots, one.gammaUsdc()),
                times(lots, one.vegaUsdc()),
                times(lots, one.thetaUsdc()));
    }

    private static double times(long lots, double perLot) {
        return Exact.plus(0, lots, perLot, Exact.LARGEST_USDC);
    }

    private static double usdc(double amount) {
        return Exact.within(amount, Exact.LARGEST_USDC);
    }
}
