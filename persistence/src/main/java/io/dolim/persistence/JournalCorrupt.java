package io.dolim.persistence;

/** What is on disk is not what was acknowledged; the message names the place and what is wrong. */
public final class JournalCorrupt extends JournalException {

    private static final long serialVersionUID = 1L;

    JournalCorrupt(String place, String finding) {
        super("journal corrupt: place=" + place + " finding=" + finding);
    }

    JournalCorrupt(String place, String finding, Throwable cause) {
        super("journal corrupt: place=" + place + " finding=" + finding, cause);
    }
}
