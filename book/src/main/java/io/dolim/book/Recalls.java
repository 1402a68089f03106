package io.dolim.book;

import io.dolim.book.trade.BrokenInvariant;
import io.dolim.book.trade.RequestId;
import io.dolim.book.trade.TradeId;
import io.dolim.capacity.Moment;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Adjustments that wait for what the journal says of their trade. A crash answers them with the other
 * orders; belongs to one Book's incarnation.
 */
final class Recalls {

    private final ActorRef<TradeIndex.Command> index;
    private final BookSettings settings;
    private final ActorRef<TradeIndex.Recollection> answers;
    private final Lookups<Book.AdjustTrade> asked;

    Recalls(
            ActorRef<TradeIndex.Command> index,
            BookSettings settings,
            ActorRef<TradeIndex.Recollection> answers) {
        this.index = index;
        this.settings = settings;
        this.answers = answers;
        asked = new Lookups<>(settings.maxRequests());
    }

    void ask(Book.AdjustTrade order, BookState state, Moment now) {
        if (!asked.ask(question(order.trade(), order.requestId()), order, now.monotonicNs())) {
            throw new BrokenInvariant("more orders wait than requests may be unanswered");
        }
        index.tell(
                new TradeIndex.Recall(order.trade(), order.requestId(), state.sequence(), answers));
    }

    /** The oldest that asked this; nothing when it was let go. */
    Optional<Book.AdjustTrade> answered(TradeIndex.Recollection found) {
        return asked.answered(question(found.trade(), found.requestId()));
    }

    /** Takes out those that the index has left without an answer for too long. */
    List<Book.AdjustTrade> silentSince(Moment now) {
        return asked.olderThan(now.monotonicNs() - settings.answerWithin().toNanos());
    }

    private static String question(TradeId trade, RequestId requestId) {
        return trade + ":" + requestId;
    }
}
