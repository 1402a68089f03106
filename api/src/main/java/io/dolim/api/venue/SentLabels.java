package io.dolim.api.venue;

import io.dolim.book.hedge.Venue;
import io.dolim.book.hedge.VenueOrder;
import java.util.LinkedHashMap;
import java.util.Optional;

/** The labels that were sent, so that none is sent twice; so many of the latest. */
final class SentLabels {

    private record Sent(VenueOrder order, Venue.Traded answer) {}

    private final int most;
    private final LinkedHashMap<String, Sent> sent = new LinkedHashMap<>();

    SentLabels(int most) {
        this.most = most;
    }

    /** What to answer instead of sending an order; empty when its label may be sent. */
    Optional<Venue.Traded> before(VenueOrder order) {
        Sent known = sent.get(order.label());
        if (known == null) {
            return Optional.empty();
        }
        return Optional.of(
                known.order.equals(order)
                        ? known.answer
                        : new Venue.Rejected(order.label(), "the label stands for another order"));
    }

    void sent(VenueOrder order) {
        sent.put(
                order.label(),
                new Sent(order, new Venue.Unknown(order.label(), "sent and not answered yet")));
        if (sent.size() > most) {
            sent.pollFirstEntry();
        }
    }

    /** A label that was rejected traded nothing and may be sent again. */
    void answered(VenueOrder order, Venue.Traded answer) {
        if (answer instanceof Venue.Rejected) {
            sent.remove(order.label());
        } else {
            sent.replace(order.label(), new Sent(order, answer));
        }
    }
}
