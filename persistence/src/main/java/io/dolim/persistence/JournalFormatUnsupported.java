package io.dolim.persistence;

/** The directory holds a journal of a format version that this release does not read. */
public final class JournalFormatUnsupported extends JournalException {

    private static final long serialVersionUID = 1L;

    JournalFormatUnsupported(String file, int found) {
        super(
                "journal format unsupported: file=%s found=version %d supported=version %d"
                        .formatted(file, found, Format.VERSION));
    }
}
