package io.dolim.persistence;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Configurations of journals in directories of their own. */
final class Directories {

    private Directories() {}

    static Path fresh() {
        try {
            var directory = Files.createTempDirectory(Path.of("target"), "journal-");
            return directory.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An actor system's configuration with journal and snapshots in {@code directory}. */
    static Config config(Path directory) {
        return ConfigFactory.parseMap(
                        Map.of(
                                "dolim.persistence.lmdb.dir",
                                directory.toString(),
                                "pekko.persistence.journal.plugin",
                                "dolim.persistence.lmdb.journal",
                                "pekko.persistence.snapshot-store.plugin",
                                "dolim.persistence.lmdb.snapshot-store",
                                "pekko.actor.allow-java-serialization",
                                true,
                                "pekko.actor.warn-about-java-serializer-usage",
                                false,
                                "pekko.loggers",
                                java.util.List.of("org.apache.pekko.event.slf4j.Slf4jLogger"),
                                "pekko.logging-filter",
                                "org.apache.pekko.event.slf4j.Slf4jLoggingFilter"))
                .withFallback(ConfigFactory.load());
    }

    /** The checked settings of a journal, with {@code changes} over the defaults. */
    static StoreSettings settings(Path directory, Map<String, Object> changes) {
        return StoreSettings.of(
                ConfigFactory.parseMap(changes)
                        .withFallback(config(directory).getConfig(StoreSettings.PATH)));
    }
}
