package io.dolim.quoting.market;

/**
 * How far the feed's figures may be from the true ones. Spreads widen by it.
 *
 * @param spotRelative how far the sources lie apart, as a share of the index; 0 or more
 * @param spreadFactor what the guard multiplies spreads with after a large move; 1 or more
 */
public record Uncertainty(double spotRelative, double spreadFactor) {

    /** Sources that agree on a calm market. */
    public static final Uncertainty NONE = new Uncertainty(0.0, 1.0);

    /** @throws IllegalArgumentException when a figure is out of its range, NaN or infinite */
    public Uncertainty {
        if (!(spotRelative >= 0.0 && spotRelative < 1.0)) {
            throw new IllegalArgumentException("spotRelative=" + spotRelative + " not in [0, 1)");
        }
        if (!(spreadFactor >= 1.0 && spreadFactor <= 1000.0)) {
            throw new IllegalArgumentException(
                    "spreadFactor=" + spreadFactor + " not in [1, 1000]");
        }
    }
}
