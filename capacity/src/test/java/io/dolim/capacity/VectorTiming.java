package io.dolim.capacity;

import io.dolim.capacity.scenario.Scenario;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.FullRepricing;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.math.ElementaryLanes;
import io.dolim.quoting.quote.CapitalCharge;
import io.dolim.quoting.quote.OptionPackage;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/**
 * What the number of scenarios costs, over each set that is named; {@code NAME*N} is the set's
 * scenarios over and over until they are N. Thread CPU time, median and least of 21 runs after 40: of
 * one instrument's vectors, of one charge whose vectors are known, and of a view (60 instruments
 * priced and summed).
 */
final class VectorTiming {

    private static final int WARM_RUNS = 40;
    private static final int RUNS = 21;
    private static final int CHARGES = 20;

    private VectorTiming() {}

    public static void main(String[] sets) {
        for (String set : sets) {
            int star = set.indexOf('*');
            VectorPricer pricer = GoldenPool.fresh(star < 0 ? set : set.substring(0, star));
            time(star < 0 ? pricer : repeated(pricer, Integer.parseInt(set.substring(star + 1))));
        }
    }

    private static VectorPricer repeated(VectorPricer pricer, int size) {
        ScenarioSet set = pricer.scenarios();
        List<Scenario> scenarios = new ArrayList<>();
        for (int s = 0; s < size; s++) {
            scenarios.add(set.scenario(s % set.size()));
        }
        return new FullRepricing(
                ScenarioSet.of(set.version() + "*" + size, set.horizonDays(), scenarios),
                GoldenPool.PARAMETERS.vectors());
    }

    private static void time(VectorPricer pricer) {
        GoldenPool pool = new GoldenPool(pricer);
        List<OptionContract> contracts = List.copyOf(pool.positions().keySet());
        CapacityView view = pool.view(2);
        List<OptionPackage> packages =
                pool.packages(5 * CHARGES).stream()
                        .filter(asked -> view.of(asked) instanceof CapitalCharge.Charged)
                        .limit(CHARGES)
                        .toList();
        String vectors =
                measured(
                        contracts.size(),
                        () -> {
                            double seen = 0;
                            for (OptionContract contract : contracts) {
                                seen += vectors(pool, pricer, contract);
                            }
                            return seen;
                        });
        String charges =
                measured(
                        packages.size(),
                        () -> {
                            double seen = 0;
                            for (OptionPackage asked : packages) {
                                seen += view.of(asked).hashCode();
                            }
                            return seen;
                        });
        String book = measured(1, () -> sum(pool, pricer).value(0));
        System.out.printf(
                Locale.ROOT,
                "bits=%d set=%s scenarios=%d vectors %s charge %s view of %d %s%n",
                ElementaryLanes.SPECIES.vectorBitSize(),
                pricer.scenarios().version(),
                pricer.scenarios().size(),
                vectors,
                charges,
                contracts.size(),
                book);
    }

    private static String measured(int parts, DoubleSupplier work) {
        double[] micros = new double[RUNS];
        double seen = 0;
        for (int run = -WARM_RUNS; run < RUNS; run++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            seen += work.getAsDouble();
            long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
            if (run >= 0) {
                micros[run] = spent / 1e3 / parts;
            }
        }
        Arrays.sort(micros);
        return String.format(
                Locale.ROOT,
                "median=%.1f us least=%.1f us%s",
                micros[RUNS / 2],
                micros[0],
                Double.isNaN(seen) ? " nan" : "");
    }

    private static double vectors(GoldenPool pool, VectorPricer pricer, OptionContract contract) {
        Underlying underlying = contract.underlying();
        return pricer.of(pool.market(underlying), Pool.in(GoldenPool.SPECS, underlying), contract)
                .value(0);
    }

    private static BookVectors sum(GoldenPool pool, VectorPricer pricer) {
        BookVectors book = pricer.none();
        for (var position : pool.positions().entrySet()) {
            Underlying underlying = position.getKey().underlying();
            book =
                    book.plus(
                            pricer.of(
                                    pool.market(underlying),
                                    Pool.in(GoldenPool.SPECS, underlying),
                                    position.getKey()),
                            position.getValue());
        }
        return book;
    }
}
