package io.dolim.book;

import io.dolim.book.trade.Trade;
import io.dolim.book.trade.TradeId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.persistence.query.Offset;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByTagQuery;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;

/**
 * Finds a trade of a Book by its number. Trades are numbered in the order of the Book's events, so that
 * halving finds one in as many reads as its journal's length has bits, in journals of every age; a read
 * goes from the middle to the first trade behind it. Blocks nobody.
 */
final class TradeSearch {

    private final CurrentEventsByTagQuery byTag;
    private final CurrentEventsByPersistenceIdQuery byWriter;
    private final Materializer materializer;

    TradeSearch(
            CurrentEventsByTagQuery byTag,
            CurrentEventsByPersistenceIdQuery byWriter,
            Materializer materializer) {
        this.byTag = byTag;
        this.byWriter = byWriter;
        this.materializer = materializer;
    }

    private record Placed(Trade trade, long sequence) {}

    CompletionStage<TradeIndex.Recollection> precedents(TradeIndex.Recall asked) {
        // every trade before it is an event before it
        return search(asked.trade(), asked.trade().number(), asked.head())
                .thenCombine(
                        adjusted(asked),
                        (trade, adjusted) ->
                                new TradeIndex.Recalled(
                                        asked.trade(),
                                        asked.requestId(),
                                        trade.map(Trade::account),
                                        adjusted));
    }

    /** The trade, if its event is between two sequence numbers, both included. */
    private CompletionStage<Optional<Trade>> search(TradeId wanted, long from, long to) {
        if (from > to) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        long middle = from + (to - from) / 2;
        return firstTrade(wanted, middle, to)
                .thenCompose(
                        found -> {
                            if (found.isEmpty()) {
                                return search(wanted, from, middle - 1);
                            }
                            Placed placed = found.get();
                            long number = placed.trade().id().number();
                            if (number == wanted.number()) {
                                return CompletableFuture.completedFuture(
                                        Optional.of(placed.trade()));
                            }
                            return number > wanted.number()
                                    ? search(wanted, from, middle - 1)
                                    : search(wanted, placed.sequence() + 1, to);
                        });
    }

    private CompletionStage<Optional<Placed>> firstTrade(TradeId wanted, long from, long to) {
        return byWriter.currentEventsByPersistenceId(
                        Book.persistenceId(wanted.underlying()), from, to)
                .filter(envelope -> envelope.event() instanceof BookEvent.TradeExecuted)
                .map(
                        envelope ->
                                new Placed(
                                        ((BookEvent.TradeExecuted) envelope.event()).trade(),
                                        envelope.sequenceNr()))
                .runWith(Sink.headOption(), materializer);
    }

    /** Adjustments are few: an operator makes them by hand. */
    private CompletionStage<Boolean> adjusted(TradeIndex.Recall asked) {
        return byTag.currentEventsByTag(Tags.ADJUSTMENTS, Offset.noOffset())
                .filter(
                        envelope ->
                                envelope.event() instanceof BookEvent.TradeAdjusted adjusted
                                        && adjusted.requestId().equals(asked.requestId())
                                        && adjusted.trade()
                                                .underlying()
                                                .equals(asked.trade().underlying()))
                .runWith(Sink.headOption(), materializer)
                .thenApply(Optional::isPresent);
    }
}
