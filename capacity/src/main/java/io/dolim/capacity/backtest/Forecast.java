package io.dolim.capacity.backtest;

/**
 * What was forecast of one horizon, and what came of it. Losses are positive.
 *
 * @param valueAtRisk VaR, USDC
 * @param expectedShortfall ES, USDC; positive
 * @param tail what the forecast said of losses beyond VaR
 * @param loss that came, USDC
 */
public record Forecast(double valueAtRisk, double expectedShortfall, Tail tail, double loss) {

    /** @throws IllegalArgumentException when ES is not positive, or a number is none */
    public Forecast {
        if (!(expectedShortfall > 0)
                || !Double.isFinite(expectedShortfall)
                || !Double.isFinite(valueAtRisk)
                || !Double.isFinite(loss)) {
            throw new IllegalArgumentException(
                    "valueAtRisk=%s expectedShortfall=%s loss=%s must be numbers, the second positive"
                            .formatted(valueAtRisk, expectedShortfall, loss));
        }
    }

    /** Whether the loss went beyond VaR. */
    public boolean exceeded() {
        return loss > valueAtRisk;
    }
}
