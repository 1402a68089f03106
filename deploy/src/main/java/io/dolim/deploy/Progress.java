package io.dolim.deploy;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Draws on standard error how far a long work is, once it has taken a second. Public for the measurements. */
public final class Progress implements AutoCloseable {

    private static final long FIRST_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long EVERY_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int WIDTH = 30;

    private final boolean shown;
    private final PrintWriter err;
    private final LongSupplier clockNs;
    private final long startNs;
    private long nextNs;
    private String what;
    private boolean drawn;

    /** On a terminal, or where it was asked for. */
    public static Progress of(boolean asked, PrintWriter err, String what) {
        boolean terminal =
                Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
        return new Progress(asked || terminal, err, System::nanoTime, what);
    }

    Progress(boolean shown, PrintWriter err, LongSupplier clockNs, String what) {
        this.shown = shown;
        this.err = err;
        this.clockNs = clockNs;
        this.what = what;
        this.startNs = clockNs.getAsLong();
        this.nextNs = startNs + FIRST_NS;
    }

    /** What is being done from here on. */
    public void now(String more) {
        what = more;
    }

    /**
     * How far it is.
     *
     * @param all how much there is in the same unit; zero when that is not known
     */
    public void at(long done, long all) {
        if (!shown) {
            return;
        }
        long nowNs = clockNs.getAsLong();
        if (nowNs - nextNs >= 0) {
            nextNs = nowNs + EVERY_NS;
            drawn = true;
            err.print("\r" + line(done, all, (nowNs - startNs) / 1_000_000_000L));
            err.flush();
        }
    }

    private String line(long done, long all, long seconds) {
        if (all <= 0) {
            return "%s %,d, %d s ".formatted(what, done, seconds);
        }
        int full = (int) (WIDTH * Math.clamp((double) done / all, 0.0, 1.0));
        return "%s [%s%s] %3d %% of %,d, %d s "
                .formatted(
                        what,
                        "#".repeat(full),
                        ".".repeat(WIDTH - full),
                        100 * Math.min(done, all) / all,
                        all,
                        seconds);
    }

    @Override
    public void close() {
        if (drawn) {
            err.println();
            err.flush();
        }
    }
}
