package io.dolim.api.keys;

import io.dolim.api.session.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the master key is found: in a variable of the environment, in the file that is configured, or else in a file beside
 * the state, which is made at the first start. The file holds one line, {@code dolim-master-key.1} and 64 digits of hex.
 */
public final class MasterKeyPlace {

    private static final String HEAD = "dolim-master-key.1 ";

    private final KeySettings settings;
    private final Path beside;
    private final Function<String, Optional<String>> environment;

    /**
     * @param beside the file beside the state
     * @param environment a variable's value, by its name
     */
    public MasterKeyPlace(
            KeySettings settings, Path beside, Function<String, Optional<String>> environment) {
        this.settings = settings;
        this.beside = beside;
        this.environment = environment;
    }

    /**
     * The master key.
     *
     * @param first whether nothing was sealed yet, so that one may be made beside the state
     * @throws IllegalArgumentException when there is none, it is none, or others can read it
     */
    public MasterKey find(boolean first) throws IOException {
        String variable = settings.masterKeyVariable();
        Optional<String> given =
                variable.isEmpty() ? Optional.empty() : environment.apply(variable);
        if (given.isPresent()) {
            if (settings.masterKeyFile().isPresent()) {
                throw new IllegalArgumentException(
                        KeySettings.FILE
                                + "="
                                + settings.masterKeyFile().get()
                                + " and $"
                                + variable
                                + " are both set: one master key is enough");
            }
            return MasterKey.parse(given.get(), "$" + variable)
                    .orElseThrow(
                            () ->
                                    new IllegalArgumentException(
                                            "$"
                                                    + variable
                                                    + " (hidden) must be 64 digits of lower-case hex"));
        }
        Path file = settings.masterKeyFile().orElse(beside);
        if (!Files.exists(file)) {
            if (settings.masterKeyFile().isPresent() || !first) {
                throw new IllegalArgumentException(
                        KeySettings.FILE
                                + "="
                                + file
                                + " does not exist"
                                + (first ? "" : ", and keys in the journal are sealed by it"));
            }
            OwnerOnly.write(file, HEAD + MasterKey.random() + "\n");
        }
        String text = OwnerOnly.read(KeySettings.FILE, file);
        return Optional.of(text)
                .filter(line -> line.startsWith(HEAD) && line.endsWith("\n"))
                .flatMap(
                        line ->
                                MasterKey.parse(
                                        line.substring(HEAD.length(), line.length() - 1),
                                        KeySettings.FILE + "=" + file))
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        KeySettings.FILE
                                                + "="
                                                + file
                                                + " must hold one line, '"
                                                + HEAD
                                                + "' and 64 digits of lower-case hex"));
    }
}
