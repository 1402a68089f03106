package io.dolim.persistence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.journal.Tagged;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/** Between Pekko's objects and what is stored, by the actor system's serializers. */
final class Codec {

    private final Serialization serialization;
    private final long maxBytes;

    Codec(ActorSystem system, StoreSettings settings) {
        this.serialization = SerializationExtension.get(system);
        this.maxBytes = settings.maxEventBytes();
    }

    LogRow.Event stored(PersistentRepr repr) {
        var tags = List.<String>of();
        var payload = repr.payload();
        if (payload instanceof Tagged tagged) {
            tags = new ArrayList<>(CollectionConverters.asJava(tagged.tags()));
            tags.sort(String::compareTo);
            payload = tagged.payload();
        }
        return new LogRow.Event(
                repr.persistenceId(),
                repr.sequenceNr(),
                repr.timestamp(),
                repr.writerUuid(),
                repr.manifest(),
                tags,
                serialized(payload),
                OptionConverters.toJava(repr.metadata()).map(this::serialized));
    }

    PersistentRepr repr(LogRow.Event event) {
        var repr =
                PersistentRepr.apply(
                                object(event.payload()),
                                event.sequence(),
                                event.persistenceId(),
                                event.adapterManifest(),
                                false,
                                ActorRef.noSender(),
                                event.writer())
                        .withTimestamp(event.timestampMs());
        var metadata = event.metadata();
        return metadata.isPresent() ? repr.withMetadata(object(metadata.get())) : repr;
    }

    Snapshot stored(SnapshotMetadata metadata, Object state) {
        return new Snapshot(
                metadata.persistenceId(),
                metadata.sequenceNr(),
                metadata.timestamp(),
                serialized(state),
                OptionConverters.toJava(metadata.metadata()).map(this::serialized));
    }

    SelectedSnapshot selected(Snapshot snapshot) {
        var metadata =
                new SnapshotMetadata(
                        snapshot.persistenceId(),
                        snapshot.sequence(),
                        snapshot.timestampMs(),
                        metadata(snapshot));
        return SelectedSnapshot.create(metadata, object(snapshot.state()));
    }

    private Option<Object> metadata(Snapshot snapshot) {
        Optional<Object> metadata = snapshot.metadata().map(this::object);
        return OptionConverters.toScala(metadata);
    }

    private Payload serialized(Object object) {
        var serializer = serialization.findSerializerFor(object);
        var bytes = serialization.serialize(object).get();
        if (bytes.length > maxBytes) {
            throw new IllegalArgumentException(
                    "serialized_bytes=%d is over max-event-size=%d class=%s"
                            .formatted(bytes.length, maxBytes, object.getClass().getName()));
        }
        return new Payload(
                serializer.identifier(), Serializers.manifestFor(serializer, object), bytes);
    }

    Object object(Payload payload) {
        return serialization
                .deserialize(payload.bytes(), payload.serializer(), payload.manifest())
                .get();
    }
}
