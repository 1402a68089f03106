package io.dolim.persistence;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * The section {@code dolim.persistence.lmdb} of the configuration, checked.
 *
 * @param directory where the files live
 * @param mapStartBytes address space reserved for the file at first; it doubles as it is filled
 * @param mapBytes the most address space, of which a tenth is kept for what is essential
 * @param essentialTags tags of events that are still taken when others are refused for want of room
 * @param durability what an acknowledged write has survived
 * @param batchRequests at most this many requests share a transaction
 * @param batchBytes a transaction takes no further request once it holds this many bytes
 * @param batchGather at most this long the writer waits for those it has just answered
 * @param queueRequests requests waiting for the writer; one more is refused
 * @param anchorEveryCommits commits between two anchors
 * @param indexEveryCommits commits between two writings of the index
 * @param pageEvents events read in one read transaction
 * @param pageBytes bytes after which a page of events ends
 * @param readThreads threads that read
 * @param maxEventBytes largest serialized event or snapshot
 * @param minFreeDiskBytes below this much free disk, writes are refused
 * @param shutdownOnHalt whether a halt runs the coordinated shutdown
 * @param closeTimeout how long closing waits for readers
 */
record StoreSettings(
        Path directory,
        long mapStartBytes,
        long mapBytes,
        Set<String> essentialTags,
        Durability durability,
        int batchRequests,
        long batchBytes,
        Duration batchGather,
        int queueRequests,
        int anchorEveryCommits,
        int indexEveryCommits,
        int pageEvents,
        long pageBytes,
        int readThreads,
        long maxEventBytes,
        long minFreeDiskBytes,
        boolean shutdownOnHalt,
        Duration closeTimeout) {

    /** Canonical path of the section in {@code reference.conf}. */
    static final String PATH = "dolim.persistence.lmdb";

    static StoreSettings of(Config config) {
        return new StoreSettings(
                Path.of(config.getString("dir")).toAbsolutePath().normalize(),
                atLeast(config, "map-start", config.getBytes("map-start"), 1 << 20),
                atLeast(config, "map-size", config.getBytes("map-size"), 1 << 20),
                Set.copyOf(config.getStringList("essential-tags")),
                Durability.of(config.getString("durability")),
                positive(config, "batch.requests"),
                atLeast(config, "batch.bytes", config.getBytes("batch.bytes"), 1),
                config.getDuration("batch.gather"),
                positive(config, "queue"),
                positive(config, "anchor-every"),
                positive(config, "index-every"),
                positive(config, "replay-page.events"),
                atLeast(config, "replay-page.bytes", config.getBytes("replay-page.bytes"), 1),
                positive(config, "read-threads"),
                atLeast(config, "max-event-size", config.getBytes("max-event-size"), 1),
                atLeast(config, "min-free-disk", config.getBytes("min-free-disk"), 0),
                shutdownOnHalt(config.getString("on-halt")),
                config.getDuration("close-timeout"));
    }

    private static int positive(Config config, String path) {
        return Math.toIntExact(atLeast(config, path, config.getInt(path), 1));
    }

    private static long atLeast(Config config, String path, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "%s=%d is below %d (%s)"
                            .formatted(path, value, least, config.getValue(path).origin()));
        }
        return value;
    }

    private static boolean shutdownOnHalt(String name) {
        return switch (name) {
            case "shutdown" -> true;
            case "notify" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "on-halt=" + name + " is none of: shutdown, notify");
        };
    }
}
