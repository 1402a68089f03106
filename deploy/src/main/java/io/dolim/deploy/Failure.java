package io.dolim.deploy;

import com.typesafe.config.ConfigException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.OptionalInt;

/** How a fault of a verb is said: one line, and an exit code. */
final class Failure {

    /** Bad usage or bad input. */
    static final int USAGE = 2;

    /** The journal is damaged, or of a format that this release does not read. */
    static final int CORRUPT = 3;

    /** The state directory is held by another process. */
    static final int LOCKED = 4;

    private Failure() {}

    static String inOneLine(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null
                && !(root instanceof IllegalArgumentException)
                && ofJournal(root).isEmpty()) {
            root = root.getCause();
        }
        String said = root.getMessage();
        return switch (root) {
            case NoSuchFileException missing -> "no such file: " + missing.getFile();
            case FileNotFoundException missing -> "no such file: " + said;
            default ->
                    said == null
                            ? root.toString()
                            : said.lines().findFirst().orElse(root.toString());
        };
    }

    static int exitCode(Throwable error) {
        int code = 1;
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            OptionalInt ofJournal = ofJournal(cause);
            if (ofJournal.isPresent()) {
                return ofJournal.getAsInt();
            }
            if (cause instanceof IllegalArgumentException
                    || cause instanceof IOException
                    || cause instanceof ConfigException) {
                code = USAGE;
            }
        }
        return code;
    }

    /** The journal is a plugin: its classes are not ours to name at compile time. */
    private static OptionalInt ofJournal(Throwable cause) {
        return switch (cause.getClass().getSimpleName()) {
            case "JournalLocked" -> OptionalInt.of(LOCKED);
            case "JournalCorrupt", "JournalFormatUnsupported" -> OptionalInt.of(CORRUPT);
            case "JournalRefused" ->
                    cause instanceof JournalRefused refused
                            ? OptionalInt.of(refused.exitCode())
                            : OptionalInt.empty();
            default -> OptionalInt.empty();
        };
    }
}
