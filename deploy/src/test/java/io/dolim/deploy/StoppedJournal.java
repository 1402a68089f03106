package io.dolim.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.Offset;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByTagQuery;
import org.apache.pekko.stream.javadsl.Sink;

/** The journal of an engine that has ended, read through persistence query; nothing is written. */
final class StoppedJournal {

    private static final long PATIENCE_SECONDS = 60;

    private StoppedJournal() {}

    /** All events under a tag, oldest first; {@code *} is every event. */
    static List<EventEnvelope> read(Path dir, String tag) throws Exception {
        RunOptions options =
                new RunOptions(
                        FeedName.simulated,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        1,
                        0,
                        0,
                        Optional.of(dir),
                        Optional.empty(),
                        1,
                        List.of());
        ActorSystem<Void> system =
                ActorSystem.create(Behaviors.empty(), "reader", PoolConfig.of(options, dir).all());
        try {
            return PersistenceQuery.get(system)
                    .getReadJournalFor(
                            CurrentEventsByTagQuery.class, "dolim.persistence.lmdb.query")
                    .currentEventsByTag(tag, Offset.noOffset())
                    .runWith(Sink.seq(), system)
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            system.terminate();
            system.getWhenTerminated()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
