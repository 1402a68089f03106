package io.dolim.quoting.pricing;

/** Price and five greeks as columns, the output of {@link Black76Kernel}; units as in {@link Greeks}. */
public final class GreekColumns {
    final double[] price;
    final double[] delta;
    final double[] gamma;
    final double[] vega;
    final double[] theta;
    final double[] rho;

    /** All zero until {@link Black76Kernel#greeks} fills them. */
    public GreekColumns(int size) {
        price = new double[size];
        delta = new double[size];
        gamma = new double[size];
        vega = new double[size];
        theta = new double[size];
        rho = new double[size];
    }

    /** Rows. */
    public int size() {
        return price.length;
    }

    public double price(int row) {
        return price[row];
    }

    public double delta(int row) {
        return delta[row];
    }

    public double gamma(int row) {
        return gamma[row];
    }

    public double vega(int row) {
        return vega[row];
    }

    public double theta(int row) {
        return theta[row];
    }

    public double rho(int row) {
        return rho[row];
    }

    void set(int row, Greeks greeks) {
        price[row] = greeks.price();
        delta[row] = greeks.delta();
        gamma[row] = greeks.gamma();
        vega[row] = greeks.vega();
        theta[row] = greeks.theta();
        rho[row] = greeks.rho();
    }
}
