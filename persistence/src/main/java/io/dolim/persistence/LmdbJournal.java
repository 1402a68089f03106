package io.dolim.persistence;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import org.jspecify.annotations.Nullable;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/**
 * The journal plugin {@code dolim.persistence.lmdb.journal}: Pekko's face of the directory.
 *
 * <p>A write for which there is no room is rejected and not failed: nothing of it is written, so that
 * its actor need not doubt the journal. All writes of a call share one commit, so all are rejected,
 * and no sequence number is left out.
 */
public final class LmdbJournal extends AsyncWriteJournal {

    private final JournalDirectory directory;
    private final Codec codec;

    /** Made by Pekko with the plugin's section. */
    public LmdbJournal(Config config) {
        this.directory = LmdbStorage.get(context().system()).directory(config);
        this.codec = new Codec(context().system(), directory.settings());
    }

    @Override
    public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(
            Iterable<AtomicWrite> messages) {
        var events = new ArrayList<LogRow.Event>();
        var answers = new ArrayList<Optional<Exception>>();
        for (var write : messages) {
            answers.add(encode(write, events));
        }
        CompletableFuture<Iterable<Optional<Exception>>> outcome =
                events.isEmpty()
                        ? CompletableFuture.completedFuture(answers)
                        : directory
                                .append(events)
                                .handle((order, failure) -> answered(answers, failure));
        return FutureConverters.asScala(outcome);
    }

    private static Iterable<Optional<Exception>> answered(
            List<Optional<Exception>> encoded, @Nullable Throwable failure) {
        return switch (failure) {
            case null -> encoded;
            case JournalFull full ->
                    encoded.stream().map(each -> each.or(() -> Optional.of(full))).toList();
            default -> throw new CompletionException(failure);
        };
    }

    /** Adds the write's events; what cannot be serialized is rejected and leaves the others be. */
    private Optional<Exception> encode(AtomicWrite write, List<LogRow.Event> into) {
        var events = new ArrayList<LogRow.Event>();
        try {
            for (var repr : CollectionConverters.asJava(write.payload())) {
                events.add(codec.stored(repr));
            }
        } catch (Exception rejected) { // serializers throw what they like
            return Optional.of(rejected);
        }
        into.addAll(events);
        return Optional.empty();
    }

    @Override
    public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
        return FutureConverters.asScala(directory.delete(persistenceId, toSequenceNr));
    }

    @Override
    public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
        return FutureConverters.asScala(directory.highestSequence(persistenceId));
    }

    @Override
    public Future<Void> doAsyncReplayMessages(
            String persistenceId,
            long fromSequenceNr,
            long toSequenceNr,
            long max,
            Consumer<PersistentRepr> replay) {
        return FutureConverters.asScala(
                replay(persistenceId, Math.max(1, fromSequenceNr), toSequenceNr, max, replay));
    }

    private CompletionStage<Void> replay(
            String persistenceId, long from, long to, long max, Consumer<PersistentRepr> replay) {
        if (max <= 0) {
            return CompletableFuture.allOf();
        }
        return directory
                .events(persistenceId, from, to)
                .thenCompose(
                        page -> {
                            var taken = page.events().stream().limit(max).toList();
                            taken.forEach(stored -> replay.accept(codec.repr(stored.event())));
                            return page.more()
                                    ? replay(
                                            persistenceId,
                                            page.next(),
                                            to,
                                            max - taken.size(),
                                            replay)
                                    : CompletableFuture.allOf();
                        });
    }
}
