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
    void slicesTogetherHoldEveryEventOfTheirTypeOnceInOrderWhileManyWriteAndOverARestart()
            throws Exception {
        var ranges = journal().sliceRanges(4);
        var heard = new ArrayList<CompletionStage<List<Typed>>>();
        for (var range : ranges) {
            heard.add(
                    journal()
                            .eventsBySlices(
                                    "Book", range.first(), range.second(), Offset.noOffset())
                            .takeWhile(envelope -> !envelope.event().equals("last"))
                            .map(LmdbReadJournalTest::typed)
                            .runWith(Sink.seq(), system));
        }
        var answers = new ArrayList<CompletableFuture<Object>>();
        for (int entity = 0; entity < 40; entity++) {
            var book = diarist("Book|" + entity);
            var other = diarist("Account|" + entity);
            for (int i = 0; i < 20; i++) {
                answers.add(write(book, entity + "/" + i).toCompletableFuture());
                answers.add(write(other, "other").toCompletableFuture());
            }
        }
        for (var answer : answers) {
            await(answer);
        }
        for (var range : ranges) {
            var id = idIn(range.first(), range.second());
            await(write(diarist(id), "last"));
        }
        var live = new ArrayList<List<Typed>>();
        for (var slice : heard) {
            live.add(await(slice));
        }
        assertEquals(800, live.stream().mapToInt(List::size).sum());
        restart();
        for (int i = 0; i < ranges.size(); i++) {
            var stored = current(ranges.get(i).first(), ranges.get(i).second(), Offset.noOffset());
            assertEquals(live.get(i), stored.subList(0, stored.size() - 1));
            var last = 0L;
            for (var one : stored) {
                assertTrue(one.order() > last);
                last = one.order();
                assertEquals(journal().sliceForPersistenceId(one.id()), one.slice());
            }
            var middle = stored.get(stored.size() / 2);
            assertEquals(
                    stored.subList(stored.size() / 2 + 1, stored.size()),
                    current(
                            ranges.get(i).first(),
                            ranges.get(i).second(),
                            Offset.sequence(middle.order())));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> journal().eventsBySlices("Book", 0, 1024, Offset.noOffset()));
    }

    private record Typed(long order, String id, long sequence, Object event, int slice) {}

    private static Typed typed(
            org.apache.pekko.persistence.query.typed.EventEnvelope<Object> envelope) {
        return new Typed(
                assertInstanceOf(Sequence.class, envelope.offset()).value(),
                envelope.persistenceId(),
                envelope.sequenceNr(),
                envelope.event(),
                envelope.slice());
    }

    private List<Typed> current(int min, int max, Offset offset) throws Exception {
        return await(
                journal()
                        .currentEventsBySlices("Book", min, max, offset)
                        .map(LmdbReadJournalTest::typed)
                        .runWith(Sink.seq(), system));
    }

    private String idIn(int min, int max) {
        return java.util.stream.IntStream.iterate(1_000, i -> i + 1)
                .mapToObj(i -> "Book|" + i)
                .filter(id -> journal().sliceForPersistenceId(id) >= min)
                .filter(id -> journal().sliceForPersistenceId(id) <= max)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void scalasFaceAnswersTheSameSlices() throws Exception {
        await(write(diarist("Book|a"), "a1"));
        var scala =
                new LmdbReadJournalForScala(journal())
                        .<Object>currentEventsBySlices("Book", 0, 1023, Offset.noOffset());
        var found =
                await(scala.asJava().map(LmdbReadJournalTest::typed).runWith(Sink.seq(), system));
        assertEquals(current(0, 1023, Offset.noOffset()), found);
        assertEquals(1, found.size());
    }

    @Test
    void aCommitWakesOnlyTheQueriesItConcerns() {
        var waiters = new Waiters();
        var a = waiters.next(new Interest.OfEntity("Book|a"));
        var b = waiters.next(new Interest.OfEntity("Book|b"));
        var tag = waiters.next(new Interest.OfTag("t"));
        var other = waiters.next(new Interest.OfTag("u"));
        var all = waiters.next(new Interest.OfAll());
        var slice = Interest.slice("Book|a");
        var inside = waiters.next(new Interest.OfSlices("Book", slice, slice));
        var outside = waiters.next(new Interest.OfSlices("Account", 0, 1023));
        var ids = waiters.next(new Interest.OfNewEntities());
        waiters.committed(List.of(Request.Entry.of(Events.event("Book|a", 1, "text", "t"))), false);
        for (var woken : List.of(a, tag, all, inside)) {
            assertTrue(woken.getNow(false));
        }
        for (var asleep : List.of(b, other, outside, ids)) {
            assertEquals(false, asleep.isDone());
        }
        waiters.close();
        assertEquals(false, b.join());
        assertEquals(false, waiters.next(new Interest.OfAll()).join());
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
