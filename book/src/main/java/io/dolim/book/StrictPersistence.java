package io.dolim.book;

import com.typesafe.config.Config;

/**
 * Refuses to start on a configuration under which Pekko would lose something silently. Both keys stand
 * in Pekko's own reference.conf, so a library cannot set them: the application must.
 */
final class StrictPersistence {

    private static final String STASH = "pekko.persistence.typed.stash-overflow-strategy";
    private static final String REPLAY =
            "pekko.persistence.journal-plugin-fallback.replay-filter.mode";

    private StrictPersistence() {}

    /** @throws IllegalStateException when a full stash drops commands or a second writer's events pass */
    static void require(Config config) {
        require(config, STASH);
        require(config, REPLAY);
    }

    private static void require(Config config, String key) {
        String value = config.getString(key);
        if (!value.equals("fail")) {
            throw new IllegalStateException(key + "=" + value + " must be fail");
        }
    }
}
