package io.dolim.persistence;

import com.typesafe.config.Config;
import java.util.Optional;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/** The snapshot plugin {@code dolim.persistence.lmdb.snapshot-store}. */
public final class LmdbSnapshotStore extends SnapshotStore {

    private final JournalDirectory directory;
    private final Codec codec;

    /** Made by Pekko with the plugin's section. */
    public LmdbSnapshotStore(Config config) {
        this.directory = LmdbStorage.get(context().system()).directory(config);
        this.codec = new Codec(context().system(), directory.settings());
    }

    @Override
    public Future<Optional<SelectedSnapshot>> doLoadAsync(
            String persistenceId, SnapshotSelectionCriteria criteria) {
        return FutureConverters.asScala(
                directory
                        .latestSnapshot(range(persistenceId, criteria))
                        .thenApply(found -> found.map(codec::selected)));
    }

    @Override
    public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
        return FutureConverters.asScala(directory.save(codec.stored(metadata, snapshot)));
    }

    @Override
    public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
        var anyTime = metadata.timestamp() == 0;
        return FutureConverters.asScala(
                directory.forget(
                        new SnapshotRange(
                                metadata.persistenceId(),
                                metadata.sequenceNr(),
                                metadata.sequenceNr(),
                                anyTime ? Long.MIN_VALUE : metadata.timestamp(),
                                anyTime ? Long.MAX_VALUE : metadata.timestamp())));
    }

    @Override
    public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        return FutureConverters.asScala(directory.forget(range(persistenceId, criteria)));
    }

    private static SnapshotRange range(String persistenceId, SnapshotSelectionCriteria criteria) {
        return new SnapshotRange(
                persistenceId,
                criteria.minSequenceNr(),
                criteria.maxSequenceNr(),
                criteria.minTimestamp(),
                criteria.maxTimestamp());
    }
}
