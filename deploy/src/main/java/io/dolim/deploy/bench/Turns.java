package io.dolim.deploy.bench;

import io.dolim.deploy.Progress;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/** Works that take turns on one thread, and the rows of figures that come of them. */
final class Turns {

    private static final long WARM_NS = 3_000_000_000L;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final int rounds;
    private final Progress progress;
    private final List<List<String>> rows = new ArrayList<>();

    /** What measured work adds up to: so that none of it can be left out. */
    private double sink;

    Turns(int rounds, Progress progress) {
        this.rounds = rounds;
        this.progress = progress;
    }

    interface Work {
        double done();
    }

    /** Processor time of this thread, nanoseconds: the medians of rounds in which the works take turns. */
    double[] turns(String what, Work... works) {
        progress.now(what);
        List<List<Double>> taken = new ArrayList<>();
        for (int w = 0; w < works.length; w++) {
            taken.add(new ArrayList<>());
        }
        for (Work work : works) {
            long since = THREADS.getCurrentThreadCpuTime();
            while (THREADS.getCurrentThreadCpuTime() - since < WARM_NS) {
                sink += work.done();
            }
        }
        for (int round = 0; round < rounds; round++) {
            progress.at(round, rounds);
            for (int w = 0; w < works.length; w++) {
                long before = THREADS.getCurrentThreadCpuTime();
                sink += works[w].done();
                taken.get(w).add((double) (THREADS.getCurrentThreadCpuTime() - before));
            }
        }
        return taken.stream().mapToDouble(Figures::median).toArray();
    }

    void row(String what, double figure, String unit) {
        rows.add(List.of(what, Figures.text(figure), unit));
    }

    /** Counts work that was timed elsewhere. */
    void did(double amount) {
        sink += amount;
    }

    double sink() {
        return sink;
    }

    List<List<String>> rows() {
        return List.copyOf(rows);
    }
}
