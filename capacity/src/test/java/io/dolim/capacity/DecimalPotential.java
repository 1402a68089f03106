package io.dolim.capacity;

import io.dolim.capacity.scenario.ScenarioSet;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Phi by bisection in decimals of 30 digits, from the definition, sharing no code with the engine's
 * solver: what it is held against.
 */
final class DecimalPotential {

    private static final MathContext MC = new MathContext(30);
    private static final BigDecimal ONE = BigDecimal.ONE;
    private static final int[] LAYER_DAYS = {1, 2, 7};

    private final ScenarioSet scenarios;
    private final BigDecimal capital;
    private final double[] backgroundUsdc;
    private final int g;
    private final BigDecimal rentPerDay;

    DecimalPotential(
            ScenarioSet scenarios,
            double capitalUsdc,
            double[] backgroundUsdc,
            int g,
            String rentAnnual) {
        this.scenarios = scenarios;
        this.capital = new BigDecimal(capitalUsdc);
        this.backgroundUsdc = backgroundUsdc.clone();
        this.g = g;
        this.rentPerDay = new BigDecimal(rentAnnual).divide(BigDecimal.valueOf(365), MC);
    }

    /** Phi of X^k and the grid's sums of a^2 H, USDC. */
    BigDecimal phi(double[][] hedged, double[][] gridHedged) {
        BigDecimal phi = BigDecimal.ZERO;
        for (int k = 0; k < LAYER_DAYS.length; k++) {
            BigDecimal worst = BigDecimal.ZERO;
            for (double gain : gridHedged[k]) {
                worst = worst.max(new BigDecimal(gain).negate());
            }
            BigDecimal layer = certainty(hedged[k]).add(rentPerDay.multiply(worst, MC), MC);
            phi = phi.add(layer.multiply(BigDecimal.valueOf(LAYER_DAYS[k])), MC);
        }
        return phi;
    }

    /** C, USDC, by 75 halvings. */
    private BigDecimal certainty(double[] xUsdc) {
        BigDecimal high = BigDecimal.ZERO;
        BigDecimal low = null;
        for (int s = 0; s < xUsdc.length; s++) {
            BigDecimal x = new BigDecimal(xUsdc[s]);
            high = high.max(x.negate());
            BigDecimal poorest = capital.add(new BigDecimal(backgroundUsdc[s])).add(x).negate();
            low = low == null ? poorest : low.max(poorest);
        }
        BigDecimal[] before = new BigDecimal[xUsdc.length];
        for (int s = 0; s < before.length; s++) {
            before[s] = utility(capital.add(new BigDecimal(backgroundUsdc[s])));
        }
        BigDecimal from = low == null ? BigDecimal.ZERO : low.add(new BigDecimal("0.001"));
        BigDecimal to = high;
        for (int i = 0; i < 75; i++) {
            BigDecimal middle = from.add(to).divide(BigDecimal.TWO, MC);
            if (excess(xUsdc, middle, before).signum() >= 0) {
                to = middle;
            } else {
                from = middle;
            }
        }
        return to;
    }

    private BigDecimal excess(double[] xUsdc, BigDecimal c, BigDecimal[] before) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int s = 0; s < xUsdc.length; s++) {
            BigDecimal wealth = capital.add(new BigDecimal(backgroundUsdc[s]));
            BigDecimal after = wealth.add(new BigDecimal(xUsdc[s])).add(c);
            BigDecimal gain = utility(after).subtract(before[s]);
            sum = sum.add(gain.multiply(new BigDecimal(scenarios.probability(s)), MC), MC);
        }
        return sum;
    }

    private BigDecimal utility(BigDecimal wealthUsdc) {
        BigDecimal share = wealthUsdc.divide(capital, MC);
        return g == 1 ? ln(share) : power(share);
    }

    private BigDecimal power(BigDecimal wealth) {
        return ONE.divide(wealth.pow(g - 1, MC), MC)
                .negate()
                .divide(BigDecimal.valueOf(g - 1L), MC);
    }

    /** ln by 2 atanh((x - 1) / (x + 1)). */
    private static BigDecimal ln(BigDecimal x) {
        BigDecimal z = x.subtract(ONE).divide(x.add(ONE), MC);
        BigDecimal square = z.multiply(z, MC);
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal power = z;
        for (int n = 1; power.abs().compareTo(new BigDecimal("1e-30")) > 0; n += 2) {
            sum = sum.add(power.divide(BigDecimal.valueOf(n), MC), MC);
            power = power.multiply(square, MC);
        }
        return sum.multiply(BigDecimal.TWO);
    }
}
