package io.dolim.capacity;

import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.math.ElementaryLanes;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How long the vectors of one instrument take: thread CPU time over the golden pool's positions, median of 41 runs after 200. */
final class VectorTiming {

    private static final int WARM_RUNS = 200;
    private static final int RUNS = 41;

    private VectorTiming() {}

    public static void main(String[] args) {
        GoldenPool pool = new GoldenPool();
        VectorPricer pricer = GoldenPool.fresh();
        List<OptionContract> contracts = List.copyOf(pool.positions().keySet());
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double[] micros = new double[RUNS];
        double seen = 0;
        for (int run = -WARM_RUNS; run < RUNS; run++) {
            long before = threads.getCurrentThreadCpuTime();
            for (OptionContract contract : contracts) {
                seen += vectors(pool, pricer, contract);
            }
            if (run >= 0) {
                micros[run] = (threads.getCurrentThreadCpuTime() - before) / 1e3 / contracts.size();
            }
        }
        Arrays.sort(micros);
        System.out.printf(
                Locale.ROOT,
                "bits=%d scenarios=%d instruments=%d median=%.1f us least=%.1f us sum=%s%n",
                ElementaryLanes.SPECIES.vectorBitSize(),
                pool.pricer().scenarios().size(),
                contracts.size(),
                micros[RUNS / 2],
                micros[0],
                seen);
    }

    private static double vectors(GoldenPool pool, VectorPricer pricer, OptionContract contract) {
        Underlying underlying = contract.underlying();
        return pricer.of(pool.market(underlying), Pool.in(GoldenPool.SPECS, underlying), contract)
                .value(0);
    }
}
