package io.dolim.api.feed;

import io.dolim.quoting.math.Elementary;

/**
 * Chance with a memory of 64 bits: SplitMix64 (Steele, Lea, Flood 2014). The same state gives the
 * same numbers on every machine and in every version, which the JDK's generators do not promise.
 */
public final class Dice {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /** @param state all of its memory; the seed at first */
    public Dice(long state) {
        this.state = state;
    }

    /** Dice of their own for a purpose, that do not move these. */
    public Dice split(long purpose) {
        return new Dice(mix(state ^ mix(purpose + GOLDEN_GAMMA)));
    }

    long state() {
        return state;
    }

    long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Uniform in [0, 1). */
    public double uniform() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Standard normal, by Marsaglia's polar method (1964); the second of each pair is not used. */
    public double normal() {
        while (true) {
            double u = 2 * uniform() - 1;
            double v = 2 * uniform() - 1;
            double square = u * u + v * v;
            if (square > 0 && square < 1) {
                return u * Math.sqrt(-2 * Elementary.log(square) / square);
            }
        }
    }

    private static long mix(long z) {
        long once = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long twice = (once ^ (once >>> 27)) * 0x94D049BB133111EBL;
        return twice ^ (twice >>> 31);
    }
}
