package io.dolim.quoting.market;

/**
 * A move beyond the outer band, after which nothing is quoted until an operator lifts the latch.
 *
 * @param candidateUsdc the consensus now, USDC per coin; positive
 * @param reason the move that tripped it, with its numbers
 */
public record LatchTrip(double candidateUsdc, String reason) {

    /** @throws IllegalArgumentException when the price is not one, or there is no reason */
    public LatchTrip {
        if (!(candidateUsdc > 0 && Double.isFinite(candidateUsdc)) || reason.isEmpty()) {
            throw new IllegalArgumentException(
                    "candidateUsdc=" + candidateUsdc + " reason=" + reason);
        }
    }
}
