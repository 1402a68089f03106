package io.dolim.quoting.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.SplittableRandom;
import jdk.incubator.vector.DoubleVector;
import org.junit.jupiter.api.Test;

class ElementaryLanesTest {

    private static final double[] EDGES = {
        0,
        -0.0,
        0x1p-54,
        -0x1p-54,
        0x1.fp-55,
        1,
        -0.5,
        0.5,
        -1 + 0x1p-53,
        1 - 0x1p-53,
        1e300,
        0x1p53
    };

    @Test
    void logarithmsOfOneAndANumberHaveTheBitsOfTheScalarPath() {
        SplittableRandom random = new SplittableRandom(11);
        double[] x = new double[16_384];
        double[] expected = new double[x.length];
        double[] found = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double size = Math.scalb(random.nextDouble(), random.nextInt(-60, 40));
            x[i] = i < EDGES.length ? EDGES[i] : i % 2 == 0 ? size : -Math.min(size, 0.999);
            expected[i] = Elementary.log1p(x[i]);
        }

        for (int i = 0; i < x.length; i += ElementaryLanes.SPECIES.length()) {
            ElementaryLanes.log1p(DoubleVector.fromArray(ElementaryLanes.SPECIES, x, i))
                    .intoArray(found, i);
        }

        assertArrayEquals(expected, found, 0);
    }
}
