package io.dolim.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RowChecksTest {

    private static final int ROWS = 10_000;
    private static final Sha256 REMOVED = Chain.start(new UUID(1, 2));

    private static LogRow row(long order) {
        return switch ((int) (order % 10)) {
            case 3 -> new LogRow.Deletion("entity", order);
            case 5 -> new LogRow.Deleted("entity", order, REMOVED);
            case 0 -> new LogRow.Commit(order / 10, order, order, 9, REMOVED);
            default -> Events.event("entity", order, "text " + order);
        };
    }

    private static byte[] stored(long order) {
        var row = row(order).unsealed();
        Checksum.seal(Format.order(order), row);
        return row;
    }

    private static RowChecks.Checked wanted(long order) {
        return switch (row(order)) {
            case LogRow.Deleted deleted -> new RowChecks.Hashed(REMOVED);
            case LogRow.Commit commit -> new RowChecks.End(commit);
            case LogRow.Event event -> hashed(order);
            case LogRow.Deletion deletion -> hashed(order);
        };
    }

    private static RowChecks.Checked hashed(long order) {
        return new RowChecks.Hashed(new Chain(REMOVED).hash(stored(order)));
    }

    @Test
    void everyRowIsFollowedOnceAndInOrder() {
        var seen = new ArrayList<RowChecks.Checked>();
        try (var rows =
                new RowChecks(
                        (order, row) -> {
                            assertEquals(seen.size() + 1, order);
                            seen.add(row);
                        })) {
            for (long order = 1; order <= ROWS; order++) {
                rows.add(order, stored(order));
            }
            rows.finish();
        }
        assertEquals(ROWS, seen.size());
        for (int i = 0; i < ROWS; i++) {
            assertEquals(wanted(i + 1), seen.get(i));
        }
    }

    @Test
    void theFirstUnsoundRowIsNamedAndNothingBehindItFollowed() {
        var seen = new ArrayList<Long>();
        try (var rows = new RowChecks((order, row) -> seen.add(order))) {
            var corrupt =
                    assertThrows(
                            JournalCorrupt.class,
                            () -> {
                                for (long order = 1; order <= ROWS; order++) {
                                    var row = stored(order);
                                    if (List.of(4_321L, 7_000L).contains(order)) {
                                        row[20] ^= 1;
                                    }
                                    rows.add(order, row);
                                }
                                rows.finish();
                            });
            assertTrue(corrupt.toString().contains("log/4321 "), corrupt.toString());
        }
        assertTrue(seen.size() < 4_321, "followed " + seen.size());
    }
}
