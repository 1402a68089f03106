package io.dolim.api.rpc.json;

/**
 * A document that was refused. Thrown, not returned, because it ends a parse at any depth; it carries no stack.
 */
public final class Unreadable extends Exception {

    private static final long serialVersionUID = 1L;

    /** Which rule the document broke. */
    public enum Rule {
        SYNTAX,
        TRAILING_TOKENS,
        DUPLICATE_KEY,
        TOO_DEEP,
        TOO_LONG,
        NUMBER_OUT_OF_RANGE,
        LONE_SURROGATE,
        NOT_UTF8;

        /** The word on the wire and in the metrics. */
        public String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final Rule rule;

    Unreadable(Rule rule) {
        super(rule.wire(), null, false, false);
        this.rule = rule;
    }

    /** The rule that was broken. */
    public Rule rule() {
        return rule;
    }
}
