package io.dolim.persistence;

/** What the journal answers when it cannot keep its promise; each kind has its own class. */
public abstract sealed class JournalException extends RuntimeException
        permits JournalCorrupt,
                JournalFormatUnsupported,
                JournalFull,
                JournalLocked,
                JournalUnavailable,
                OutcomeUnknown,
                SequenceNumberTaken {

    private static final long serialVersionUID = 1L;

    JournalException(String message) {
        super(message);
    }

    JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
