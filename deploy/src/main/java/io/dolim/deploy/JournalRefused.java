package io.dolim.deploy;

/** The journal's tool could not do what it was asked. */
final class JournalRefused extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int OTHER = 5;

    private final int code;

    /** @param code the tool's own exit code */
    JournalRefused(int code, String said) {
        super(said);
        this.code = code;
    }

    /** The exit code of a verb: the tool's, of which the last means a fault of another kind. */
    int exitCode() {
        return code == OTHER ? 1 : code;
    }
}
