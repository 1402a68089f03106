package io.dolim.quoting.surface;

/**
 * A point of a natural cubic spline over log-moneyness.
 *
 * @param k log-moneyness
 * @param value what the spline is there, total variance
 * @param curvature its second derivative there; zero at both ends
 */
public record Knot(double k, double value, double curvature) {

    /** Refuses what is not finite. */
    public Knot {
        if (!Double.isFinite(k) || !Double.isFinite(value) || !Double.isFinite(curvature)) {
            throw new IllegalArgumentException(
                    "knot k=%s value=%s curvature=%s".formatted(k, value, curvature));
        }
    }
}
