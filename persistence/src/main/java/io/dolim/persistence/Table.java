package io.dolim.persistence;

import java.util.Optional;

/** The named databases of the file; their rows are described in {@code doc/format.md}. */
enum Table {
    STORE,
    LOG,
    STREAMS,
    INDEX,
    TAGS,
    SNAPSHOTS;

    /** The name in the file. */
    String stored() {
        return switch (this) {
            case STORE -> "store";
            case LOG -> "log";
            case STREAMS -> "streams";
            case INDEX -> "index";
            case TAGS -> "tags";
            case SNAPSHOTS -> "snapshots";
        };
    }

    static Optional<Table> named(String stored) {
        for (var table : values()) {
            if (table.stored().equals(stored)) {
                return Optional.of(table);
            }
        }
        return Optional.empty();
    }
}
