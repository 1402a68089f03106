package io.dolim.persistence;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.ExtensionIdProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directories an actor system has open, one environment each, shared by journal, snapshot store
 * and read journal. Closed when the system has terminated, after its last actor.
 *
 * <p>Where {@code pekko.persistence.journal.plugin} names this journal the directory is opened when
 * the system starts, so that a locked or damaged one refuses the start and not the first write. A
 * clustered actor system is refused.
 */
public final class LmdbStorage implements Extension {

    private static final Logger LOG = LoggerFactory.getLogger(LmdbStorage.class);
    private static final String DEFAULT_JOURNAL = "pekko.persistence.journal.plugin";

    private static final String PROVIDER = "pekko.actor.provider";

    private final ExtendedActorSystem system;
    private final Map<Path, JournalDirectory> open = new HashMap<>();

    /** Why the coordinated shutdown runs after a halt. */
    public record HaltedReason(JournalHalted halt) implements CoordinatedShutdown.Reason {}

    private LmdbStorage(ExtendedActorSystem system) {
        this.system = system;
        requireLocal(system.settings().config().getString(PROVIDER));
        system.registerOnTermination(this::close);
        var config = system.settings().config();
        if (config.getString(DEFAULT_JOURNAL).equals(StoreSettings.PATH + ".journal")) {
            directory(config.getConfig(StoreSettings.PATH + ".journal"));
        }
    }

    /** Its files are one machine's: a second node would have another journal, or this one unlocked. */
    private static void requireLocal(String provider) {
        if (provider.equals("cluster") || provider.endsWith("ClusterActorRefProvider")) {
            throw new JournalUnavailable(
                    PROVIDER
                            + "="
                            + provider
                            + ": LMDB is local to one machine, not for a cluster");
        }
    }

    /** The extension of an actor system. */
    public static LmdbStorage get(ClassicActorSystemProvider system) {
        return Id.INSTANCE.get(system);
    }

    /** The directory that a plugin's section refers to, opened at the first call. */
    synchronized JournalDirectory directory(Config plugin) {
        var section = system.settings().config().getConfig(plugin.getString("store"));
        var settings = StoreSettings.of(section);
        return open.computeIfAbsent(
                settings.directory(),
                path -> JournalDirectory.open(settings, halt -> halted(settings, halt)));
    }

    private void halted(StoreSettings settings, JournalHalted halt) {
        system.eventStream().publish(halt);
        if (settings.shutdownOnHalt()) {
            CoordinatedShutdown.get((ActorSystem) system).runAll(new HaltedReason(halt));
        }
    }

    private synchronized void close() {
        for (var directory : open.values()) {
            try {
                directory.close();
            } catch (IOException e) {
                LOG.error("journal not closed dir={}", directory.settings().directory(), e);
            }
        }
        open.clear();
    }

    /** Where Pekko finds the extension. */
    public static final class Id extends AbstractExtensionId<LmdbStorage>
            implements ExtensionIdProvider {

        private static final Id INSTANCE = new Id();

        /** For Pekko, which makes one by reflection and asks it for {@link #lookup}. */
        public Id() {}

        @Override
        public LmdbStorage createExtension(ExtendedActorSystem system) {
            return new LmdbStorage(system);
        }

        @Override
        public Id lookup() {
            return INSTANCE;
        }
    }
}
