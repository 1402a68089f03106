package io.dolim.deploy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigResolveOptions;
import io.dolim.book.history.Written;
import io.dolim.capacity.journal.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.Offset;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.Sequence;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByTagQuery;
import org.apache.pekko.stream.javadsl.Sink;
import org.slf4j.LoggerFactory;

/**
 * The events of a state directory, live or copied, in the order of its log. Nothing there is written:
 * its journal is copied beside first, and the copy is read.
 */
final class StateJournal {

    private static final String READ_JOURNAL = "dolim.persistence.lmdb.query";
    private static final String EVERY_EVENT = "*";
    private static final List<String> FILES = List.of("data.mdb", "anchor");

    private final Path dir;
    private long lastMs;

    StateJournal(Path dir) {
        this.dir = dir;
    }

    /** How many bytes the journal has. */
    long bytes() throws IOException {
        return Files.size(data());
    }

    private Path data() throws NoSuchFileException {
        Path data = dir.resolve("journal").resolve("data.mdb");
        if (!Files.isRegularFile(data)) {
            throw new NoSuchFileException(data.toString());
        }
        return data;
    }

    /** Reads all events, oldest first. */
    void read(Consumer<Written> to) throws Exception {
        data();
        Path copy = Files.createTempDirectory("dolim-journal");
        try {
            for (String file : FILES) {
                Path from = dir.resolve("journal").resolve(file);
                if (Files.exists(from)) {
                    Files.copy(from, copy.resolve(file), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            readCopy(copy, to);
        } finally {
            delete(copy);
        }
    }

    private void readCopy(Path copy, Consumer<Written> to) throws Exception {
        // logging is up before the system's threads ask for it, or it complains on standard error
        LoggerFactory.getILoggerFactory();
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "reader", config(copy));
        try {
            PersistenceQuery.get(system)
                    .getReadJournalFor(CurrentEventsByTagQuery.class, READ_JOURNAL)
                    .currentEventsByTag(EVERY_EVENT, Offset.noOffset())
                    .runWith(Sink.foreach(one -> to.accept(written(one))), system)
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException | CompletionException failed) {
            if (failed.getCause() instanceof Stopped) {
                return;
            }
            throw failed;
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().get();
        }
    }

    /** Thrown by a reader that has seen enough. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("enough", null, false, false);
        }
    }

    private Written written(EventEnvelope one) {
        if (one.event() instanceof StoredEvent event && one.offset() instanceof Sequence order) {
            lastMs = Written.said(event).orElse(lastMs);
            return new Written(order.value(), one.persistenceId(), one.sequenceNr(), lastMs, event);
        }
        throw new IllegalStateException(
                one.persistenceId() + "/" + one.sequenceNr() + " is no event of a pool");
    }

    private static Config config(Path copy) {
        return ConfigFactory.parseMap(
                        Map.of(
                                "dolim.persistence.lmdb.dir", copy.toString(),
                                "pekko.loglevel", "ERROR",
                                "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off"))
                .withFallback(ConfigFactory.parseResourcesAnySyntax("pool.conf"))
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve(ConfigResolveOptions.defaults());
    }

    private static void delete(Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(copy)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
