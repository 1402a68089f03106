package io.dolim.persistence;

import java.util.List;

/**
 * Some rows and where to go on.
 *
 * @param rows rising
 * @param next what to go on from: the order number of the last row read, or the sequence number
 *     after it where an entity is read
 * @param more whether there may be more right now
 */
public record RowPage(List<StoredRow> rows, long next, boolean more) {

    public RowPage {
        rows = List.copyOf(rows);
    }

    static RowPage of(EventPage page) {
        return new RowPage(
                page.events().stream()
                        .map(stored -> new StoredRow(stored.order(), stored.event()))
                        .toList(),
                page.next(),
                page.more());
    }
}
