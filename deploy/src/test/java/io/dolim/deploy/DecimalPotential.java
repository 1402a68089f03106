package io.dolim.deploy;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Phi by bisection in decimals of 30 digits, from its definition, sharing no code with the engine.
 *
 * <pre>
 *   sum_s p_s U(K + Z_s + X^k_s + C_k) = sum_s p_s U(K + Z_s)      U(x) = -x^(1-g) / (g-1)
 *   Phi = sum_k len_k (C_k / h + rho / 365 L_k)                    len 1, 2, 7 days; h one day
 * </pre>
 */
final class DecimalPotential {

    private static final MathContext MC = new MathContext(30);
    private static final int[] LAYER_DAYS = {1, 2, 7};
    private static final int HALVINGS = 75;

    private final double[] probability;
    private final double capitalUsdc;
    private final double[] backgroundUsdc;
    private final int g;
    private final double rentAnnual;

    /**
     * @param probability p_s
     * @param capitalUsdc K
     * @param backgroundUsdc Z_s
     * @param g relative risk aversion, 2 to 4
     * @param rentAnnual rho
     */
    DecimalPotential(
            double[] probability,
            double capitalUsdc,
            double[] backgroundUsdc,
            int g,
            double rentAnnual) {
        this.probability = probability.clone();
        this.capitalUsdc = capitalUsdc;
        this.backgroundUsdc = backgroundUsdc.clone();
        this.g = g;
        this.rentAnnual = rentAnnual;
    }

    /**
     * Phi of an inventory.
     *
     * @param hedged X^k_s by layer
     * @param worst L_k by layer
     */
    BigDecimal phi(double[][] hedged, double[] worst) {
        BigDecimal rentPerDay = new BigDecimal(rentAnnual).divide(BigDecimal.valueOf(365), MC);
        BigDecimal phi = BigDecimal.ZERO;
        for (int k = 0; k < LAYER_DAYS.length; k++) {
            BigDecimal rent = rentPerDay.multiply(new BigDecimal(worst[k]), MC);
            BigDecimal layer = certainty(hedged[k]).add(rent, MC);
            phi = phi.add(layer.multiply(BigDecimal.valueOf(LAYER_DAYS[k])), MC);
        }
        return phi;
    }

    private BigDecimal certainty(double[] xUsdc) {
        BigDecimal capital = new BigDecimal(capitalUsdc);
        BigDecimal poorest = capital;
        BigDecimal to = BigDecimal.ZERO;
        BigDecimal before = BigDecimal.ZERO;
        for (int s = 0; s < xUsdc.length; s++) {
            BigDecimal wealth = capital.add(new BigDecimal(backgroundUsdc[s]));
            BigDecimal x = new BigDecimal(xUsdc[s]);
            poorest = poorest.min(wealth.add(x));
            to = to.max(x.negate());
            before = before.add(weighted(s, wealth), MC);
        }
        BigDecimal from = poorest.negate().add(new BigDecimal("0.001"));
        for (int i = 0; i < HALVINGS; i++) {
            BigDecimal middle = from.add(to).divide(BigDecimal.TWO, MC);
            if (after(xUsdc, middle).compareTo(before) >= 0) {
                to = middle;
            } else {
                from = middle;
            }
        }
        return to;
    }

    private BigDecimal after(double[] xUsdc, BigDecimal c) {
        BigDecimal capital = new BigDecimal(capitalUsdc);
        BigDecimal sum = BigDecimal.ZERO;
        for (int s = 0; s < xUsdc.length; s++) {
            BigDecimal wealth =
                    capital.add(new BigDecimal(backgroundUsdc[s])).add(new BigDecimal(xUsdc[s]));
            sum = sum.add(weighted(s, wealth.add(c)), MC);
        }
        return sum;
    }

    private BigDecimal weighted(int s, BigDecimal wealthUsdc) {
        BigDecimal share = wealthUsdc.divide(new BigDecimal(capitalUsdc), MC);
        BigDecimal utility =
                BigDecimal.ONE
                        .divide(share.pow(g - 1, MC), MC)
                        .negate()
                        .divide(BigDecimal.valueOf(g - 1L), MC);
        return utility.multiply(new BigDecimal(probability[s]), MC);
    }
}
