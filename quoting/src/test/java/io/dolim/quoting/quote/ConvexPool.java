package io.dolim.quoting.quote;

import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import java.util.SplittableRandom;

/**
 * Input of the tests: a pool whose potential is a convex quadratic with a tilt, of random
 * coefficients by contract. Large coefficients push bids above and asks below the mark.
 */
record ConvexPool(long seed, double scale, double strain, double unhedged)
        implements CapitalCharge {

    private static final int DIMENSIONS = 5;

    /** A pool that asks nothing for capacity. */
    static ConvexPool flat() {
        return new ConvexPool(1, 0.0, 0.0, 0.0);
    }

    @Override
    public Answer of(OptionPackage asked) {
        double[] change = new double[DIMENSIONS];
        for (Leg leg : asked.legs()) {
            double[] perLot = coefficients(leg.contract());
            for (int i = 0; i < DIMENSIONS; i++) {
                change[i] += leg.lots() * perLot[i];
            }
        }
        double[] held = new SplittableRandom(seed).doubles(DIMENSIONS, -1.0, 1.0).toArray();
        double charge = 0.0;
        for (int i = 0; i < DIMENSIONS; i++) {
            charge += change[i] * (0.5 * change[i] + 10.0 * held[i]);
        }
        return new Charged(scale * charge, charge > 0.0 ? 1.0 : 0.5, charge < 0.0);
    }

    private double[] coefficients(OptionContract contract) {
        return new SplittableRandom(seed * 31 + contract.name().hashCode())
                .doubles(DIMENSIONS, -1.0, 1.0)
                .toArray();
    }

    @Override
    public double unhedgedDeltaCoins(Underlying underlying) {
        return unhedged;
    }

    @Override
    public long viewNumber() {
        return 1;
    }

    @Override
    public long revision() {
        return 1;
    }
}
