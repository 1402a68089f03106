package io.dolim.capacity.vector;

/**
 * What a package does to the pool.
 *
 * @param poolChange vectors of the pool's change: the taker's lots with the sign turned
 * @param timeValueUsdc gross time value, USDC: the sum over legs of quantity times value above
 *     intrinsic; bounds the discount
 */
public record PackageVectors(BookVectors poolChange, double timeValueUsdc) {

    /** @throws IllegalArgumentException when the time value is NaN or negative */
    public PackageVectors {
        if (!(timeValueUsdc >= 0)) {
            throw new IllegalArgumentException(
                    "timeValueUsdc=" + timeValueUsdc + " must not be negative");
        }
    }
}
