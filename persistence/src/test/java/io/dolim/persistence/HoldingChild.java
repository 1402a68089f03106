package io.dolim.persistence;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Begins a read transaction, or as many as are let, and stays in them until it is killed. Arguments:
 * directory and, for as many as are let, {@code all}.
 */
final class HoldingChild {

    private static final int MOST = 1_000;

    private HoldingChild() {}

    public static void main(String[] arguments) throws IOException {
        try (var store = LmdbStore.openReadOnly(Path.of(arguments[0]), true);
                var held = store.reading()) {
            if (arguments.length > 1) {
                holdAll(store);
            }
            System.out.println(held.transaction() > 0 ? "holding" : "nothing to hold");
            System.out.flush();
            var _ = System.in.read();
        }
    }

    /** They end with the process. */
    private static void holdAll(LmdbStore store) {
        try {
            for (int i = 0; i < MOST; i++) {
                var _ = store.reading();
            }
        } catch (JournalFull full) {
            System.out.println(full.getMessage());
        }
    }
}
