package io.dolim.persistence;

/** Nothing was written because there is no room: the map, the disk, or the queue is full. */
public final class JournalFull extends JournalException {

    private static final long serialVersionUID = 1L;

    JournalFull(String message) {
        super("journal full: " + message);
    }

    JournalFull(String message, Throwable cause) {
        super("journal full: " + message, cause);
    }
}
