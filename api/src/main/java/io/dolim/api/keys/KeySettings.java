package io.dolim.api.keys;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The validated section {@code dolim.keys}; {@code reference.conf} says what each value means.
 *
 * @param masterKeyFile where the master key lies; empty where nobody said
 * @param masterKeyVariable of the environment, which holds it where it is set
 * @param most keys that may ever be made
 */
public record KeySettings(Optional<Path> masterKeyFile, String masterKeyVariable, int most) {

    static final String FILE = "dolim.keys.master-key-file";

    private static final int MOST = 10_000;

    public KeySettings {
        if (most < 2 || most > MOST) {
            throw new IllegalArgumentException(
                    "dolim.keys.most=" + most + " must be from 2 to " + MOST);
        }
    }

    /** Reads {@code dolim.keys} of a whole configuration. */
    public static KeySettings of(Config root) {
        Config keys = root.getConfig("dolim.keys");
        String file = keys.getString("master-key-file");
        return new KeySettings(
                file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file)),
                keys.getString("master-key-variable"),
                keys.getInt("most"));
    }
}
