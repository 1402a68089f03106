package io.dolim.deploy;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Between which moments of the feed's clock; all of it when nothing is given. */
final class TimeOptions {

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "From this moment on, as in 2026-11-23T10:00:00Z.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Before this moment.")
    private @Nullable String to;

    long fromMs() {
        return from == null ? Long.MIN_VALUE : moment("--from", from);
    }

    long untilMs() {
        return to == null ? Long.MAX_VALUE : moment("--to", to);
    }

    private static long moment(String flag, String text) {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeException no) {
            throw new IllegalArgumentException(
                    flag + "=" + text + " must read like 2026-11-23T10:00:00Z", no);
        }
    }
}
