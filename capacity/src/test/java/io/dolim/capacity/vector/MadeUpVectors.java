package io.dolim.capacity.vector;

import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.quoting.instrument.OptionContract;
import java.util.SplittableRandom;

/** Vectors of no market at all, for what must hold of any. */
public final class MadeUpVectors {

    private MadeUpVectors() {}

    /** One lot that gains or loses whole multiples of a step, so that scenarios tie. */
    public static InstrumentVectors of(
            ScenarioSet scenarios,
            OptionContract contract,
            double stepUsdc,
            SplittableRandom random) {
        double[] value = new double[scenarios.size()];
        for (int s = 0; s < value.length; s++) {
            value[s] = stepUsdc * (random.nextInt(41) - 20);
        }
        return new InstrumentVectors(
                scenarios,
                contract,
                value,
                new double[InstrumentVectors.LAYERS][scenarios.size()],
                new double[InstrumentVectors.LAYERS][scenarios.gridSize()],
                new double[scenarios.gridSize()],
                new InstrumentGreeks(
                        100 * random.nextDouble(),
                        random.nextDouble() - 0.5,
                        random.nextDouble(),
                        random.nextDouble(),
                        -random.nextDouble(),
                        1_000),
                random.nextDouble());
    }
}
