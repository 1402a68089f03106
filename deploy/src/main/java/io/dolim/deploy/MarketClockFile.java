package io.dolim.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Remembers which market a state directory lived on and how far its clock had come, so that a second
 * start neither goes back in time nor mixes two markets.
 */
final class MarketClockFile {

    private final Path file;
    private final FeedName feed;

    private MarketClockFile(Path file, FeedName feed) {
        this.file = file;
        this.feed = feed;
    }

    /** @throws IllegalArgumentException when the directory belongs to another feed */
    static MarketClockFile open(Path dir, FeedName feed) throws IOException {
        MarketClockFile clock = new MarketClockFile(dir.resolve("market-clock"), feed);
        if (Files.exists(clock.file)) {
            String name = clock.read()[0];
            if (!name.equals(feed.name())) {
                throw new IllegalArgumentException(
                        dir
                                + " was written under --feed "
                                + name
                                + "; give --feed "
                                + feed
                                + " another --dir");
            }
        }
        return clock;
    }

    /** The later of a moment and the last one remembered, milliseconds since 1970. */
    long notBefore(long epochMs) throws IOException {
        return Files.exists(file) ? Math.max(epochMs, Long.parseLong(read()[1])) : epochMs;
    }

    /** @throws IllegalArgumentException when a market that begins then would go back in time */
    void requireNotBefore(long startMs) throws IOException {
        long last = Files.exists(file) ? Long.parseLong(read()[1]) : Long.MIN_VALUE;
        if (startMs < last) {
            throw new IllegalArgumentException(
                    "the market begins at "
                            + java.time.Instant.ofEpochMilli(startMs)
                            + " but "
                            + file.getParent()
                            + " has come to "
                            + java.time.Instant.ofEpochMilli(last)
                            + "; give another --dir, or a later --from");
        }
    }

    /** Remembers a moment. */
    void write(long epochMs) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, feed.name() + " " + epochMs + "\n", StandardCharsets.UTF_8);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private String[] read() throws IOException {
        String[] parts = Files.readString(file).trim().split(" ");
        if (parts.length != 2) {
            throw new IOException(file + " must hold a feed's name and a time");
        }
        return parts;
    }
}
