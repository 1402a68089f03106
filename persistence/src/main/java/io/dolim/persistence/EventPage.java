package io.dolim.persistence;

import java.util.List;

/**
 * Some events and where to go on.
 *
 * @param events rising
 * @param next the sequence or order number to go on from
 * @param more whether there may be more right now
 */
record EventPage(List<Stored> events, long next, boolean more) {

    EventPage {
        events = List.copyOf(events);
    }

    /** An event and its place in the log. */
    record Stored(long order, LogRow.Event event) {}
}
