package io.dolim.persistence;

import java.nio.file.Path;

/**
 * A commit failed, so nobody knows whether it is on disk. The writer has stopped; only a new
 * process that reads the disk can tell.
 */
public final class OutcomeUnknown extends JournalException {

    private static final long serialVersionUID = 1L;

    OutcomeUnknown(Path directory, Throwable cause) {
        super(
                "halted: dir=%s outcome of commit unknown, restart to recover from disk: %s"
                        .formatted(directory, cause),
                cause);
    }
}
