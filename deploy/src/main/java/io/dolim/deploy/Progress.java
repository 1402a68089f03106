package io.dolim.deploy;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Says on standard error how far a long reading is, once it has taken a second. */
final class Progress implements AutoCloseable {

    private static final long FIRST_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long EVERY_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private final boolean shown;
    private final PrintWriter err;
    private final LongSupplier clockNs;
    private final long startNs;
    private long nextNs;
    private long count;
    private boolean drawn;

    Progress(boolean shown, PrintWriter err, LongSupplier clockNs) {
        this.shown = shown;
        this.err = err;
        this.clockNs = clockNs;
        this.startNs = clockNs.getAsLong();
        this.nextNs = startNs + FIRST_NS;
    }

    /** One event more. */
    void step(String what) {
        count++;
        if (!shown) {
            return;
        }
        long nowNs = clockNs.getAsLong();
        if (nowNs - nextNs >= 0) {
            nextNs = nowNs + EVERY_NS;
            drawn = true;
            err.printf("\r%,d events, %s, %d s ", count, what, (nowNs - startNs) / 1_000_000_000L);
            err.flush();
        }
    }

    @Override
    public void close() {
        if (drawn) {
            err.println();
            err.flush();
        }
    }
}
