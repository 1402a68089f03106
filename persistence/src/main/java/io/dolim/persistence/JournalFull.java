package io.dolim.persistence;

/**
 * Nothing was written because there is no room: the map, the disk, a queue or the table of readers
 * is full; the message says which.
 */
public final class JournalFull extends JournalException {

    private static final long serialVersionUID = 1L;

    JournalFull(String message) {
        super("journal full: " + message);
    }

    JournalFull(String message, Throwable cause) {
        super("journal full: " + message, cause);
    }
}
