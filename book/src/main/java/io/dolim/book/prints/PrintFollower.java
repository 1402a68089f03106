package io.dolim.book.prints;

import io.dolim.book.Book;
import io.dolim.quoting.instrument.Underlying;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.Sequence;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.EventsByPersistenceIdQuery;
import org.apache.pekko.stream.RestartSettings;
import org.apache.pekko.stream.javadsl.RestartSource;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Lets a trades tape follow the Books' events in the journal: first all that there are, in the order of the
 * log, then each as it comes. A journal that cannot be read is asked again from where it failed.
 */
public final class PrintFollower {

    private static final RestartSettings AGAIN =
            RestartSettings.create(Duration.ofMillis(200), Duration.ofSeconds(10), 0.2);

    private final ActorSystem<?> system;
    private final CurrentEventsByPersistenceIdQuery past;
    private final EventsByPersistenceIdQuery coming;
    private final List<Underlying> underlyings;
    private final PrintReader reader;
    private final Prints prints;

    /** @param readJournalId the read journal's plugin id; its offsets must be order numbers of one log */
    public PrintFollower(
            ActorSystem<?> system,
            String readJournalId,
            Collection<Underlying> underlyings,
            Prints prints,
            PrintSettings settings) {
        this.system = system;
        PersistenceQuery queries = PersistenceQuery.get(system);
        this.past =
                queries.getReadJournalFor(CurrentEventsByPersistenceIdQuery.class, readJournalId);
        this.coming = queries.getReadJournalFor(EventsByPersistenceIdQuery.class, readJournalId);
        this.underlyings = List.copyOf(underlyings);
        this.reader = new PrintReader(prints, settings.mostWaiting());
        this.prints = prints;
    }

    private record Read(Underlying underlying, EventEnvelope envelope) {
        long order() {
            if (envelope.offset() instanceof Sequence sequence) {
                return sequence.value();
            }
            throw new IllegalStateException("offset=" + envelope.offset() + " is no order number");
        }
    }

    /**
     * Begins; once.
     *
     * @return completes when the journal closes; fails when events cannot be read or make no sense: the
     *     tape is not whole from then on
     */
    public CompletionStage<Done> start() {
        return follow().whenComplete(
                        (done, failure) -> prints.whole(prints.isWhole() && failure == null));
    }

    private CompletionStage<Done> follow() {
        return pastEvents()
                .runForeach(this::take, system)
                .thenCompose(
                        _ -> {
                            prints.whole(true);
                            return RestartSource.onFailuresWithBackoff(AGAIN, this::comingEvents)
                                    .runForeach(this::take, system);
                        });
    }

    private Source<Read, NotUsed> pastEvents() {
        Source<Read, NotUsed> all = Source.empty();
        for (Underlying one : underlyings) {
            all =
                    all.mergeSorted(
                            past.currentEventsByPersistenceId(
                                            Book.persistenceId(one), 1, Long.MAX_VALUE)
                                    .map(envelope -> new Read(one, envelope)),
                            Comparator.comparingLong(Read::order));
        }
        return all;
    }

    private Source<Read, NotUsed> comingEvents() {
        Source<Read, NotUsed> all = Source.empty();
        for (Underlying one : underlyings) {
            all =
                    all.merge(
                            coming.eventsByPersistenceId(
                                            Book.persistenceId(one),
                                            reader.next(one),
                                            Long.MAX_VALUE)
                                    .map(envelope -> new Read(one, envelope)));
        }
        return all;
    }

    private void take(Read read) {
        reader.take(read.underlying, read.envelope.sequenceNr(), read.envelope.event());
    }
}
