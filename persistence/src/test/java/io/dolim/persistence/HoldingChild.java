package io.dolim.persistence;

import java.io.IOException;
import java.nio.file.Path;

/** Begins a read transaction and stays in it until it is killed. */
final class HoldingChild {

    private HoldingChild() {}

    public static void main(String[] arguments) throws IOException {
        try (var store = LmdbStore.openReadOnly(Path.of(arguments[0]), true);
                var held = store.reading()) {
            System.out.println(held.transaction() > 0 ? "holding" : "nothing to hold");
            System.out.flush();
            var _ = System.in.read();
        }
    }
}
