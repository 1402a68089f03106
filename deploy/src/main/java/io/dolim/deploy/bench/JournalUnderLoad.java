package io.dolim.deploy.bench;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.jdbc.testkit.javadsl.SchemaUtils;

/** One journal in an actor system of its own, and what is asked of it. */
final class JournalUnderLoad implements AutoCloseable {

    static final int ENTITIES = 64;
    static final int IN_FLIGHT = 4;
    private static final int FILL_BATCH = 100;
    private static final long PATIENCE_S = 600;

    private final ActorSystem<Void> system;
    private final Map<String, List<ActorRef<Entity.Command>>> writers = new HashMap<>();
    private final AtomicInteger names = new AtomicInteger();

    JournalUnderLoad(BenchedJournal journal, Config config) throws Exception {
        this.system = ActorSystem.create(Behaviors.empty(), "bench-" + journal.option(), config);
        if (journal.hasTables()) {
            SchemaUtils.createIfNotExists(system).toCompletableFuture().get();
        }
    }

    /** Events acknowledged or recovered in a turn, and how many that is a second. */
    record Turned(long events, double perSecond) {}

    /** Lets 64 entities write with 4 writes under way each. */
    Turned turn(String kind, Object event, long turnMs) throws Exception {
        List<ActorRef<Entity.Command>> entities = writers(kind);
        Client.Turn turn = Client.Turn.of(entities.size());
        long startNs = System.nanoTime();
        for (ActorRef<Entity.Command> entity : entities) {
            spawn(Client.of(entity, event, 1, IN_FLIGHT, turn));
        }
        Thread.sleep(turnMs);
        turn.stopping().set(true);
        await(turn.open());
        long events = turn.written().sum();
        return new Turned(events, events * 1e9 / (System.nanoTime() - startNs));
    }

    private List<ActorRef<Entity.Command>> writers(String kind) throws Exception {
        List<ActorRef<Entity.Command>> there = writers.get(kind);
        if (there != null) {
            return there;
        }
        Group group = spawnAll(kind, ENTITIES);
        await(group.recovered());
        writers.put(kind, group.entities());
        return group.entities();
    }

    /** Entities that recover, and when they have. */
    private record Group(
            List<ActorRef<Entity.Command>> entities,
            CountDownLatch recovered,
            CountDownLatch stopped,
            LongAdder events) {}

    private Group spawnAll(String kind, int count) {
        Group group =
                new Group(
                        new ArrayList<>(),
                        new CountDownLatch(count),
                        new CountDownLatch(count),
                        new LongAdder());
        for (int i = 0; i < count; i++) {
            group.entities()
                    .add(
                            spawn(
                                    new Entity(
                                            kind + "-" + i,
                                            events -> {
                                                group.events().add(events);
                                                group.recovered().countDown();
                                            },
                                            group.stopped()::countDown)));
        }
        return group;
    }

    private <T> ActorRef<T> spawn(org.apache.pekko.actor.typed.Behavior<T> behavior) {
        return system.systemActorOf(behavior, "b" + names.incrementAndGet(), Props.empty());
    }

    /** Gives each of {@code count} entities so many events to recover. */
    void fill(String kind, int count, int events, Object event) throws Exception {
        Group group = spawnAll(kind, count);
        await(group.recovered());
        int writes = events / FILL_BATCH;
        for (int done = 0; done < writes; done++) {
            Client.Turn turn = Client.Turn.of(count);
            turn.stopping().set(true);
            for (ActorRef<Entity.Command> entity : group.entities()) {
                spawn(Client.of(entity, event, FILL_BATCH, 1, turn));
            }
            await(turn.open());
        }
        stop(group);
    }

    /** Lets so many entities recover at once. */
    Turned recover(String kind, int count) throws Exception {
        long startNs = System.nanoTime();
        Group group = spawnAll(kind, count);
        await(group.recovered());
        double seconds = (System.nanoTime() - startNs) / 1e9;
        stop(group);
        return new Turned(group.events().sum(), group.events().sum() / seconds);
    }

    private static void stop(Group group) throws Exception {
        group.entities().forEach(entity -> entity.tell(new Entity.Stop()));
        await(group.stopped());
    }

    private static void await(CountDownLatch latch) throws Exception {
        if (!latch.await(PATIENCE_S, TimeUnit.SECONDS)) {
            throw new TimeoutException(
                    latch.getCount() + " entities have not answered in " + PATIENCE_S + " s");
        }
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
