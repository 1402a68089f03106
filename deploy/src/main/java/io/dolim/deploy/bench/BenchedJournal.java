package io.dolim.deploy.bench;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.Locale;

/** The journals that are measured side by side, each as its makers ship it and synced where it can. */
enum BenchedJournal {
    DOLIM("this journal (LMDB)"),
    LEVELDB("Pekko's LevelDB journal, fsync on"),
    POSTGRES("pekko-persistence-jdbc on Postgres"),
    H2("pekko-persistence-jdbc on H2 (does not promise fsync)"),
    MEMORY("in memory, serialised");

    private final String title;

    BenchedJournal(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    boolean hasTables() {
        return this == POSTGRES || this == H2;
    }

    /** The name as an option takes it. */
    String option() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Everything an actor system needs to use it, under {@code dir}. */
    Config config(Path dir, String postgresUrl) {
        return ConfigFactory.parseString(own(dir, postgresUrl))
                .withFallback(ConfigFactory.parseString(SHARED))
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve();
    }

    private String own(Path dir, String postgresUrl) {
        String place = dir.resolve(option()).toAbsolutePath().toString();
        return switch (this) {
            case DOLIM ->
                    "pekko.persistence.journal.plugin = dolim.persistence.lmdb.journal\n"
                            + "dolim.persistence.lmdb.dir = \""
                            + place
                            + "\"";
            case LEVELDB ->
                    "pekko.persistence.journal { plugin = pekko.persistence.journal.leveldb\n"
                            + "leveldb { dir = \""
                            + place
                            + "\", fsync = on, native = on } }";
            case POSTGRES ->
                    jdbc("slick.jdbc.PostgresProfile$", "org.postgresql.Driver", postgresUrl);
            case H2 -> jdbc("slick.jdbc.H2Profile$", "org.h2.Driver", "jdbc:h2:file:" + place);
            case MEMORY ->
                    "pekko.persistence.journal { plugin = pekko.persistence.journal.inmem\n"
                            + "inmem.test-serialization = on }";
        };
    }

    private static String jdbc(String profile, String driver, String url) {
        String slick =
                "slick { profile = \"%s\", db { driver = \"%s\", url = \"%s\", user = postgres, password = \"\", connectionTestQuery = \"select 1\" } }"
                        .formatted(profile, driver, url);
        return """
               pekko.persistence.journal.plugin = jdbc-journal
               jdbc-journal { %s }
               jdbc-read-journal { %s }
               """
                .formatted(slick, slick);
    }

    /** The same for all: threads, the event's serializer, all recoveries at once, silence. */
    private static final String SHARED =
            """
            pekko {
              loggers = ["org.apache.pekko.event.slf4j.Slf4jLogger"]
              logging-filter = "org.apache.pekko.event.slf4j.Slf4jLoggingFilter"
              loglevel = "WARNING"
              log-dead-letters = off
              log-dead-letters-during-shutdown = off
              coordinated-shutdown.run-by-jvm-shutdown-hook = off
              coordinated-shutdown.exit-jvm = off
              persistence.max-concurrent-recoveries = 64
              actor {
                default-dispatcher.fork-join-executor { parallelism-min = 2, parallelism-factor = 1.0 }
                serializers.dolim-bench = "io.dolim.deploy.bench.SmallEventSerializer"
                serialization-bindings { "io.dolim.deploy.bench.SmallEvent" = dolim-bench }
              }
            }
            """;
}
