package io.dolim.api.rpc;

/** Which bucket a call is charged to: those that move risk have their own, so that reading never starves trading. */
public enum Cost {
    MATCHING,
    READING;

    /** The word in the metrics and in a refusal. */
    String wire() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
