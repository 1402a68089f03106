package io.dolim.quoting.surface;

/**
 * The jump-wings parameters of an SVI smile, the ones a trader can read.
 *
 * <pre>
 *   v = w(0)/T   psi = (b / (2 sqrt(w(0)))) (rho - m / sqrt(m^2 + sigma^2))
 *   p = b (1 - rho) / sqrt(w(0))   c = b (1 + rho) / sqrt(w(0))   vMinimum = min w / T
 * </pre>
 *
 * Source: Gatheral and Jacquier, arXiv:1204.0646, eq. 3.5; the way back is derived in surface.md.
 *
 * @param v at-the-money variance, annual
 * @param psi at-the-money skew of volatility times sqrt(T)
 * @param p slope of the put wing
 * @param c slope of the call wing
 * @param vMinimum least variance, annual
 * @param yearsToExpiry T, ACT/365F
 */
public record SviJumpWings(
        double v, double psi, double p, double c, double vMinimum, double yearsToExpiry) {

    /** Jump wings of a raw smile whose at-the-money variance is positive. */
    public static SviJumpWings of(RawSvi raw, double yearsToExpiry) {
        double w = raw.totalVariance(0.0);
        if (!(w > 0.0) || !(yearsToExpiry > 0.0)) {
            throw new IllegalArgumentException("w(0)=" + w + " yearsToExpiry=" + yearsToExpiry);
        }
        double root = Math.sqrt(w);
        double hypotenuse = Math.sqrt(raw.m() * raw.m() + raw.sigma() * raw.sigma());
        return new SviJumpWings(
                w / yearsToExpiry,
                0.5 * raw.b() / root * (raw.rho() - raw.m() / hypotenuse),
                raw.b() * (1.0 - raw.rho()) / root,
                raw.b() * (1.0 + raw.rho()) / root,
                raw.minimum() / yearsToExpiry,
                yearsToExpiry);
    }

    /**
     * The raw smile with these wings. With {@code beta = rho - 4 psi / (c + p)} and {@code s =
     * sqrt(m^2 + sigma^2)}: {@code m = beta s}, {@code sigma = s sqrt(1 - beta^2)}, and s follows from
     * the distance of the minimum below the money.
     *
     * @throws IllegalArgumentException where no raw smile has these wings
     */
    public RawSvi raw() {
        if (!exists()) {
            throw new IllegalArgumentException("no raw smile has " + this);
        }
        double b = 0.5 * Math.sqrt(v * yearsToExpiry) * (c + p);
        double rho = rho();
        double beta = beta();
        double rise = 1.0 - rho * beta - Math.sqrt(1.0 - beta * beta) * Math.sqrt(1.0 - rho * rho);
        double s = (v - vMinimum) * yearsToExpiry / (b * rise);
        double sigma = s * Math.sqrt(1.0 - beta * beta);
        double a = vMinimum * yearsToExpiry - b * sigma * Math.sqrt(1.0 - rho * rho);
        return new RawSvi(a, b, rho, beta * s, sigma);
    }

    /**
     * The smile with the same v, psi and p whose call wing and minimum are those of an SSVI slice:
     * {@code c = p + 2 psi}, {@code vMinimum = v 4 p c / (p + c)^2}. It is free of butterfly
     * arbitrage where {@code sqrt(v T) max(p, c) < 2} and {@code (p + c) max(p, c) <= 2}.
     *
     * <p>Source: Gatheral and Jacquier, arXiv:1204.0646, example 5.1.
     */
    public SviJumpWings withoutButterfly() {
        double call = p + 2.0 * psi;
        double sum = p + call;
        return new SviJumpWings(v, psi, p, call, v * 4.0 * p * call / (sum * sum), yearsToExpiry);
    }

    /** Whether a raw smile with these wings exists. */
    public boolean exists() {
        double beta = beta();
        return p >= 0.0
                && c >= 0.0
                && p + c > 0.0
                && Math.abs(rho()) < 1.0
                && Math.abs(beta) < 1.0
                && vMinimum > 0.0
                && vMinimum < v
                && beta != rho();
    }

    private double rho() {
        return (c - p) / (c + p);
    }

    private double beta() {
        return rho() - 4.0 * psi / (c + p);
    }

    /** Call wing and minimum moved by {@code share} of the way to those of {@code other}. */
    public SviJumpWings towards(SviJumpWings other, double share) {
        return new SviJumpWings(
                v,
                psi,
                p,
                c + share * (other.c - c),
                vMinimum + share * (other.vMinimum - vMinimum),
                yearsToExpiry);
    }
}
