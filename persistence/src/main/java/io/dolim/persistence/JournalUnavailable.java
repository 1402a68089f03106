package io.dolim.persistence;

/** The journal is closed or closing, or its directory cannot be used; nothing was written. */
public final class JournalUnavailable extends JournalException {

    private static final long serialVersionUID = 1L;

    JournalUnavailable(String message) {
        super("journal unavailable: " + message);
    }

    JournalUnavailable(String message, Throwable cause) {
        super("journal unavailable: " + message, cause);
    }
}
