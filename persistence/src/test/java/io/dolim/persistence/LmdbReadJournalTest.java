package io.dolim.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.Offset;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.Sequence;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The queries, with writers at work and over restarts. */
class LmdbReadJournalTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path directory = Directories.fresh();
    private ActorSystem system = start();

    private ActorSystem start() {
        return ActorSystem.create("queries", Directories.config(directory));
    }

    private void restart() throws Exception {
        stop();
        system = start();
    }

    @AfterEach
    void stop() throws Exception {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private LmdbReadJournal journal() {
        return PersistenceQuery.get(system)
                .getReadJournalFor(LmdbReadJournal.class, "dolim.persistence.lmdb.query");
    }

    private ActorRef diarist(String id) {
        return system.actorOf(Diarist.props(id));
    }

    private static CompletionStage<Object> write(ActorRef diarist, String text, String... tags) {
        return Patterns.ask(diarist, new Diarist.Note(text, Set.of(tags)), PATIENCE);
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private List<EventEnvelope> all(Source<EventEnvelope, NotUsed> source) throws Exception {
        return await(source.runWith(Sink.seq(), system));
    }

    private static List<Object> texts(List<EventEnvelope> envelopes) {
        return envelopes.stream().map(EventEnvelope::event).toList();
    }

    private <T> SinkQueueWithCancel<T> live(Source<T, NotUsed> source) {
        return source.runWith(Sink.queue(), system);
    }

    private static <T> T next(SinkQueueWithCancel<T> queue) throws Exception {
        return await(queue.pull()).orElseThrow();
    }

    private static long order(EventEnvelope envelope) {
        return assertInstanceOf(Sequence.class, envelope.offset()).value();
    }

    @Test
    void currentQueriesAnswerTheSameBeforeAndAfterARestart() throws Exception {
        var a = diarist("a");
        var b = diarist("b");
        for (int i = 1; i <= 30; i++) {
            await(write(a, "a" + i, i % 2 == 0 ? "even" : "odd", "all"));
            await(write(b, "b" + i, "all"));
        }
        var byId = all(journal().currentEventsByPersistenceId("a", 11, 13));
        assertEquals(List.of("a11", "a12", "a13"), texts(byId));
        var even = all(journal().currentEventsByTag("even", Offset.noOffset()));
        assertEquals(15, even.size());
        var tagged = all(journal().currentEventsByTag("all", Offset.noOffset()));
        assertEquals(60, tagged.size());
        var every =
                all(journal().currentEventsByTag(LmdbReadJournal.EVERY_EVENT, Offset.noOffset()));
        assertEquals(tagged, every);
        restart();
        assertEquals(byId, all(journal().currentEventsByPersistenceId("a", 11, 13)));
        assertEquals(even, all(journal().currentEventsByTag("even", Offset.noOffset())));
        assertEquals(every, all(journal().currentEventsByTag("*", Offset.noOffset())));
        var ids = await(journal().currentPersistenceIds().runWith(Sink.seq(), system));
        assertEquals(Set.of("a", "b"), Set.copyOf(ids));
        assertEquals(List.of(), all(journal().currentEventsByTag("nobody's", Offset.noOffset())));
        assertEquals(List.of(), all(journal().currentEventsByPersistenceId("c", 1, 9)));
    }

    @Test
    void anOffsetGoesOnBehindTheEventThatCarriedIt() throws Exception {
        var a = diarist("a");
        for (int i = 1; i <= 5; i++) {
            await(write(a, "a" + i, "t"));
        }
        var first = all(journal().currentEventsByTag("t", Offset.noOffset()));
        var rest = all(journal().currentEventsByTag("t", first.get(2).offset()));
        assertEquals(List.of("a4", "a5"), texts(rest));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        journal()
                                .eventsByTag(
                                        "t", Offset.timeBasedUUID(new java.util.UUID(0x1000, 2))));
    }

    @Test
    void liveQueriesHearWhatIsWrittenAfterwardsAndEndWithTheJournal() throws Exception {
        var tagged = live(journal().eventsByTag("t", Offset.noOffset()));
        var byId = live(journal().eventsByPersistenceId("a", 1, Long.MAX_VALUE));
        var ids = live(journal().persistenceIds());
        var a = diarist("a");
        for (int i = 1; i <= 3; i++) {
            await(write(a, "a" + i, "t"));
            assertEquals("a" + i, next(tagged).event());
            assertEquals("a" + i, next(byId).event());
        }
        assertEquals("a", next(ids));
        await(write(diarist("b"), "b1"));
        assertEquals("b", next(ids));
        var bounded = all(journal().eventsByPersistenceId("a", 1, 3));
        assertEquals(List.of("a1", "a2", "a3"), texts(bounded));
    }

    @Test
    void aLiveTagQueryMissesNothingWhileManyEntitiesWrite() throws Exception {
        var count = 2_000;
        var heard =
                journal()
                        .eventsByTag("busy", Offset.noOffset())
                        .take(count)
                        .runWith(Sink.seq(), system);
        var waiting = new ArrayList<CompletableFuture<Object>>();
        for (int entity = 0; entity < 20; entity++) {
            var diarist = diarist("entity-" + entity);
            for (int i = 0; i < count / 20; i++) {
                waiting.add(write(diarist, entity + "/" + i, "busy").toCompletableFuture());
            }
        }
        for (var answer : waiting) {
            await(answer);
        }
        var envelopes = await(heard);
        assertEquals(count, new TreeSet<>(texts(envelopes)).size());
        var last = 0L;
        for (var envelope : envelopes) {
            assertTrue(order(envelope) > last);
            last = order(envelope);
        }
        assertEquals(envelopes, all(journal().currentEventsByTag("busy", Offset.noOffset())));
    }

    @Test
    void aSecondActorSystemOnTheDirectoryDoesNotStart() {
        var refused =
                assertThrows(
                        JournalLocked.class,
                        () -> ActorSystem.create("second", Directories.config(directory)));
        assertTrue(refused.toString().contains("pid " + ProcessHandle.current().pid()));
    }

    @Test
    void theCountersAreReadByNameThroughThePlatformsBeanServer() throws Exception {
        await(write(diarist("a"), "a1", "t"));
        var name =
                new ObjectName(
                        "io.dolim.persistence:type=Journal,dir="
                                + ObjectName.quote(directory.toString()));
        var beans = ManagementFactory.getPlatformMBeanServer();
        assertEquals(1L, beans.getAttribute(name, "Events"));
        assertEquals(false, beans.getAttribute(name, "Halted"));
        var every = all(journal().currentEventsByTag("*", Offset.noOffset()));
        assertEquals(order(every.getLast()) + 1, beans.getAttribute(name, "LastOrderNumber"));
    }
}
