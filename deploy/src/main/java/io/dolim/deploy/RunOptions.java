package io.dolim.deploy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What {@code run} was asked for.
 *
 * @param chainByChain replay goes from chain to chain without waiting and then ends
 * @param speed seconds of market time in a second of the wall, at most 10,000
 * @param keys keys with every scope, whose accounts are funded
 */
record RunOptions(
        FeedName feed,
        Optional<Path> data,
        Optional<LocalDate> from,
        boolean chainByChain,
        double speed,
        int takers,
        int port,
        Optional<Path> dir,
        Optional<Path> config,
        long seed,
        List<DemoKey> keys) {

    private static final int MOST_TAKERS = 1_000;
    private static final double FASTEST = 10_000;

    RunOptions {
        keys = List.copyOf(keys);
        if (!(speed > 0 && speed <= FASTEST)) {
            throw new IllegalArgumentException(
                    "--speed=" + speed + " must be above 0 and at most 10000");
        }
        if (takers < 0 || takers > MOST_TAKERS) {
            throw new IllegalArgumentException(
                    "--takers=" + takers + " must be 0 to " + MOST_TAKERS);
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("--port=" + port + " must be 0 to 65535");
        }
        if (feed == FeedName.replay && data.isEmpty()) {
            throw new IllegalArgumentException("--feed replay needs --data DIR");
        }
        if (feed != FeedName.replay && (data.isPresent() || from.isPresent() || chainByChain)) {
            throw new IllegalArgumentException("--data, --from and --step go with --feed replay");
        }
    }

    /**
     * Where the journal lives: as given, {@code ./var} for a market that goes on, and a new folder under
     * it for each replay, which always starts in the past.
     */
    Path stateDir(long startedAtMs) {
        return dir.orElseGet(
                () ->
                        feed == FeedName.replay
                                ? Path.of("var", "replay-" + startedAtMs)
                                : Path.of("var"));
    }
}
