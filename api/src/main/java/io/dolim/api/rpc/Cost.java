package io.dolim.api.rpc;

/** Which bucket a call is charged to: those that move risk have their own, so that reading never starves trading. */
public enum Cost {
    MATCHING("matching"),
    READING("reading"),

    /** Charged like reading; quotes and subscriptions, which are refused first where the engine is short. */
    QUOTING("reading");

    private final String bucket;

    Cost(String bucket) {
        this.bucket = bucket;
    }

    /** The bucket's word in the metrics and in a refusal. */
    String wire() {
        return bucket;
    }
}
