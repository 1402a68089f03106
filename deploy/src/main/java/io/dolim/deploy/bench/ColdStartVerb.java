package io.dolim.deploy.bench;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigResolveOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentPersistenceIdsQuery;
import org.apache.pekko.stream.javadsl.Sink;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The process that {@code bench journal} starts and times: it opens a journal, which checks all of
 * it, lets every entity in it recover every event through its serializer, without snapshots, and says
 * that it is ready.
 */
@Command(name = "cold-start", hidden = true, description = "Recovers all that a journal has.")
final class ColdStartVerb implements Callable<Integer> {

    private static final String READ_JOURNAL = "dolim.persistence.lmdb.query";

    @Option(names = "--dir", required = true, description = "The journal's directory.")
    private Path dir = Path.of(".");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        LoggerFactory.getILoggerFactory();
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "start", config());
        try {
            List<String> ids =
                    PersistenceQuery.get(system)
                            .getReadJournalFor(CurrentPersistenceIdsQuery.class, READ_JOURNAL)
                            .currentPersistenceIds()
                            .runWith(Sink.seq(), system)
                            .toCompletableFuture()
                            .get();
            CountDownLatch open = new CountDownLatch(ids.size());
            LongAdder events = new LongAdder();
            for (int i = 0; i < ids.size(); i++) {
                Entity entity =
                        new Entity(
                                ids.get(i),
                                recovered -> {
                                    events.add(recovered);
                                    open.countDown();
                                },
                                () -> {});
                system.systemActorOf(entity, "b" + i, Props.empty());
            }
            open.await();
            spec.commandLine().getOut().println("ready " + events.sum());
            spec.commandLine().getOut().flush();
            return 0;
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().get();
        }
    }

    private Config config() {
        return ConfigFactory.parseMap(
                        Map.of(
                                "dolim.persistence.lmdb.dir", dir.toString(),
                                "pekko.loglevel", "ERROR",
                                "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off"))
                .withFallback(ConfigFactory.parseResourcesAnySyntax("pool.conf"))
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve(ConfigResolveOptions.defaults());
    }
}
