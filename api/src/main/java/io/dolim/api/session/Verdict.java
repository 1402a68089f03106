package io.dolim.api.session;

/** The answer to a {@link Proof}. */
public sealed interface Verdict {

    /** Believed. */
    record Admitted(Authority authority) implements Verdict {}

    /**
     * Not believed; a caller learns no more than this.
     *
     * @param detail the number behind it where that gives nothing away, otherwise empty
     */
    record Denied(Reason reason, String detail) implements Verdict {}

    /** Why not. Unknown key and wrong secret are one reason: the difference would tell which keys exist. */
    enum Reason {
        BAD_CREDENTIALS,
        STALE_TIMESTAMP,
        SIGNED_BEFORE_START,
        NONCE_USED,
        BAD_NONCE,
        TOO_MANY_NONCES,
        UNKNOWN_TOKEN,
        TOO_MANY_TOKENS,
        UNREADABLE;

        /** The word on the wire and in the metrics. */
        public String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
