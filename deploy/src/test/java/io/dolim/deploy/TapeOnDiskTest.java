package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.dolim.book.WriterHalted;
import io.dolim.book.tape.Tape;
import io.dolim.book.tape.TapeSettings;
import io.dolim.book.tape.Taped;
import io.dolim.book.tape.TapedBatch;
import io.dolim.capacity.JournalRoom;
import io.dolim.capacity.Moment;
import io.dolim.quoting.instrument.Underlying;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.spi.ToolProvider;
import java.util.stream.LongStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.EventsByPersistenceIdQuery;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tape on the journal that keeps it: what is too old goes, and a full journal stops nothing. */
@Tag("slow")
class TapeOnDiskTest {

    private static final String READ = "dolim.persistence.lmdb.query";
    private static final Underlying BTC = new Underlying("BTC");
    private static final long START_MS = 1_790_000_000_000L;
    private static final long PATIENCE_SECONDS = 60;

    @TempDir private Path dir;
    private final AtomicReference<Moment> clock = new AtomicReference<>(new Moment(START_MS, 1));
    private final Queue<WriterHalted> halts = new ConcurrentLinkedQueue<>();

    /** A tape on a journal of its own, in a system that ends with it. */
    private final class Running implements AutoCloseable {

        private final ActorSystem<Tape.Command> system;

        Running(TapeSettings settings, Map<String, Object> journal) {
            Behavior<Tape.Command> root =
                    Behaviors.setup(
                            context -> {
                                ActorRef<WriterHalted> guardian =
                                        context.spawn(
                                                Behaviors.receiveMessage(
                                                        told -> {
                                                            halts.add(told);
                                                            return Behaviors.same();
                                                        }),
                                                "guardian");
                                return Tape.create(
                                        BTC,
                                        settings,
                                        new Tape.Ports(
                                                READ,
                                                clock::get,
                                                () -> JournalRoom.AMPLE,
                                                _ -> {},
                                                guardian));
                            });
            Config config =
                    ConfigFactory.parseMap(journal)
                            .withFallback(
                                    ConfigFactory.parseMap(
                                            Map.of(
                                                    "dolim.persistence.lmdb.dir",
                                                    dir.toString(),
                                                    "pekko.loglevel",
                                                    "OFF",
                                                    "pekko.stdout-loglevel",
                                                    "OFF")))
                            .withFallback(ConfigFactory.parseResourcesAnySyntax("pool.conf"))
                            .withFallback(ConfigFactory.defaultReferenceUnresolved())
                            .resolve();
            system = ActorSystem.create(root, "tape", config);
        }

        void keep(long second, int ticks) {
            system.tell(new Tape.Keep(batch(second, ticks)));
        }

        /** The first so many events that there are or come. */
        List<EventEnvelope> events(long from, int many) throws Exception {
            return PersistenceQuery.get(system)
                    .getReadJournalFor(EventsByPersistenceIdQuery.class, READ)
                    .eventsByPersistenceId(Tape.persistenceId(BTC), from, Long.MAX_VALUE)
                    .take(many)
                    .runWith(Sink.seq(), system)
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        Tape.Summary summary() throws Exception {
            return AskPattern.<Tape.Command, Tape.Summary>ask(
                            system,
                            Tape.Query::new,
                            Duration.ofSeconds(PATIENCE_SECONDS),
                            system.scheduler())
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        List<Long> awaitSequences(Predicate<List<Long>> wanted) throws Exception {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            List<Long> sequences = new ArrayList<>();
            do {
                sequences =
                        PersistenceQuery.get(system)
                                .getReadJournalFor(CurrentEventsByPersistenceIdQuery.class, READ)
                                .currentEventsByPersistenceId(
                                        Tape.persistenceId(BTC), 1, Long.MAX_VALUE)
                                .map(EventEnvelope::sequenceNr)
                                .runWith(Sink.seq(), system)
                                .toCompletableFuture()
                                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } while (!wanted.test(sequences) && System.nanoTime() < deadline);
            return sequences;
        }

        @Override
        public void close() {
            system.terminate();
            system.getWhenTerminated()
                    .toCompletableFuture()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
    }

    private static TapedBatch batch(long second, int ticks) {
        List<TapedBatch.IndexPrice> index = new ArrayList<>();
        for (int i = 0; i < ticks; i++) {
            index.add(
                    new TapedBatch.IndexPrice(
                            "venue", START_MS + second * 1_000 + i, 65_000 + i, 65_000));
        }
        return new TapedBatch(
                BTC, START_MS + second * 1_000, 0, index, List.of(), new TreeMap<>(), List.of());
    }

    private static TapeSettings settings(Duration keep) {
        return new TapeSettings(keep, 60, 256, Duration.ofMillis(50), Duration.ofMillis(20), 4);
    }

    @Test
    void whatIsOlderThanConfiguredGoesInStepsAndTheRestStays() throws Exception {
        try (Running tape = new Running(settings(Duration.ofSeconds(10)), Map.of())) {
            for (int second = 0; second < 30; second++) {
                tape.keep(second, 1);
            }
            assertEquals(30, tape.events(1, 30).size());
            clock.set(new Moment(START_MS + 30_000, 2));
            List<Long> kept = tape.awaitSequences(left -> left.getFirst() == 21);
            assertEquals(LongStream.rangeClosed(21, 30).boxed().toList(), kept);
            assertEquals(batch(20, 1), batchOf(tape.events(21, 1).getFirst()));
        }
        try (Running again = new Running(settings(Duration.ofSeconds(10)), Map.of())) {
            again.keep(30, 1);
            EventEnvelope next = again.events(31, 1).getFirst();
            assertEquals(31, next.sequenceNr());
            assertEquals(batch(30, 1), batchOf(next));
        }
        assertEquals(List.of(), List.copyOf(halts));
        assertEquals(0, verified(), "the hashes of what is deleted are in the chain");
    }

    @Test
    void aFullJournalDropsBatchesAndCountsThemAndHaltsNothing() throws Exception {
        Map<String, Object> small =
                Map.of(
                        "dolim.persistence.lmdb.map-start", "2 MiB",
                        "dolim.persistence.lmdb.map-size", "2 MiB");
        try (Running tape = new Running(settings(Duration.ofHours(1)), small)) {
            long second = 0;
            while (tape.summary().dropped() == 0 && second < 100_000) {
                for (long handed = tape.summary().written(); second < handed + 50; second++) {
                    tape.keep(second, 240);
                }
            }
            long last = tape.summary().written();
            assertTrue(last > 100, "there was room for " + last);
            assertTrue(tape.summary().dropped() > 0, "the journal is full after " + last);
            clock.set(new Moment(START_MS + 7_200_000, 1_000_000_000L));
            tape.awaitSequences(List::isEmpty);
            for (int i = 1; i <= 3; i++) {
                tape.keep(7_200 + i, 1);
            }
            List<EventEnvelope> after = tape.events(last + 1, 1);
            assertTrue(batchOf(after.getFirst()).dropped() >= 1, "the gap is counted");
        }
        assertEquals(List.of(), List.copyOf(halts));
    }

    private static TapedBatch batchOf(EventEnvelope envelope) {
        if (envelope.event() instanceof Taped taped) {
            return taped.batch();
        }
        throw new AssertionError("not taped: " + envelope);
    }

    private int verified() {
        PrintStream nowhere = new PrintStream(java.io.OutputStream.nullOutputStream());
        return ToolProvider.findFirst("journal")
                .orElseThrow()
                .run(nowhere, nowhere, "verify", "--dir", dir.toString());
    }
}
