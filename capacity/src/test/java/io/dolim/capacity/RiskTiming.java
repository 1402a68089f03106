package io.dolim.capacity;

import io.dolim.capacity.scenario.SetVersion;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.money.Usdc;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a risk report of 500 instruments costs, in thread CPU time; run by hand, from the test class path. */
final class RiskTiming {

    private static final int INSTRUMENTS = 500;
    private static final int RUNS = 21;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private RiskTiming() {}

    public static void main(String[] args) {
        VectorPricer pricer =
                Pool.PARAMETERS.pricer(
                        SetVersion.parse("standard-2"), new TreeSet<>(List.of(Pool.BTC)));
        PricingMarket market = new Pool.Flat(Pool.BTC, Pool.START_MS, 65_000, 0.5);
        TreeMap<OptionContract, Long> lots = new TreeMap<>();
        for (int i = 0; i < INSTRUMENTS; i++) {
            OptionContract contract =
                    Pool.option(
                                    Pool.BTC,
                                    new int[] {2, 7, 30, 60, 90}[i % 5],
                                    40_000 + 500 * (i / 10),
                                    i % 10 < 5 ? "C" : "P",
                                    1)
                            .legs()
                            .getFirst()
                            .contract();
            lots.put(contract, (long) (i % 11) - 5);
        }
        double[] cold = new double[RUNS];
        double[] warm = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            CapacityView view = view(pricer, market, lots);
            cold[run] = millis(view, lots);
            warm[run] = millis(view, lots);
        }
        Arrays.sort(cold);
        Arrays.sort(warm);
        System.out.printf(
                "instruments=%d scenarios=%d priced=%.1f ms known=%.1f ms%n",
                lots.size(), pricer.scenarios().size(), cold[RUNS / 2], warm[RUNS / 2]);
    }

    private static double millis(CapacityView view, SortedMap<OptionContract, Long> lots) {
        RiskReport.Terms terms = new RiskReport.Terms(0.975, List.of(0.25, 0.5, 0.75), 10);
        long began = THREADS.getCurrentThreadCpuTime();
        var _ =
                RiskReport.of(view, terms, Pool.SPECS, new TreeMap<>(Map.of(Pool.BTC, lots)))
                        .orElseThrow();
        return (THREADS.getCurrentThreadCpuTime() - began) / 1e6;
    }

    private static CapacityView view(
            VectorPricer pricer, PricingMarket market, SortedMap<OptionContract, Long> lots) {
        BookVectors book = pricer.none();
        for (var each : lots.entrySet()) {
            book =
                    book.plus(
                            pricer.of(market, Pool.in(Pool.SPECS, Pool.BTC), each.getKey()),
                            each.getValue());
        }
        SortedMap<Underlying, PricingMarket> markets = new TreeMap<>(Map.of(Pool.BTC, market));
        return new RecordedPool(Pool.PARAMETERS, Pool.SPECS, Pool.PARAMETERS.limits())
                .view(
                        pricer,
                        new RecordedPool.Frozen(
                                new ViewInputs(1, "standard-2", 1e7, new TreeMap<>(), 2, 0.25, 1e7),
                                markets,
                                0),
                        new RecordedPool.Held(
                                new TreeMap<>(Map.of(Pool.BTC, book)),
                                Usdc.ofWhole(10_000_000),
                                new TreeMap<>(),
                                Usdc.ZERO),
                        Mode.OPEN);
    }
}
