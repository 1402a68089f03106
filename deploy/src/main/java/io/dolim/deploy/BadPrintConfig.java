package io.dolim.deploy;

import com.typesafe.config.Config;
import io.dolim.api.feed.BadPrint;
import io.dolim.quoting.instrument.Underlying;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/** Reads the wrong prices that the simulated market is to print. */
final class BadPrintConfig {

    private BadPrintConfig() {}

    /**
     * @param prints the list {@code dolim.pool.simulated.bad-prints}
     * @param startMs where the market's clock begins at this start
     */
    static List<BadPrint> of(List<? extends Config> prints, long startMs) {
        return prints.stream().map(one -> print(one, startMs)).toList();
    }

    private static BadPrint print(Config print, long startMs) {
        return new BadPrint(
                new Underlying(print.getString("coin")),
                from(print, startMs),
                print.getDouble("factor"),
                print.getInt("ticks"),
                new TreeSet<>(print.getStringList("sources")));
    }

    private static long from(Config print, long startMs) {
        if (print.hasPath("at") == print.hasPath("after")) {
            throw new IllegalArgumentException("a bad print has either an 'at' or an 'after'");
        }
        if (print.hasPath("after")) {
            return startMs + print.getDuration("after").toMillis();
        }
        String at = print.getString("at");
        try {
            return Instant.parse(at).toEpochMilli();
        } catch (DateTimeException no) {
            throw new IllegalArgumentException(
                    "at=" + at + " must read like 2026-11-23T10:00:00Z", no);
        }
    }
}
