package io.dolim.api.rpc;

/**
 * Carries a refusal out of a parameter parser at any depth, which is why it is thrown. It never leaves the dispatcher and
 * has no stack.
 */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public Refused(Refusal refusal) {
        super(refusal.reason(), null, false, false);
        this.refusal = refusal;
    }

    /** What to answer. */
    public Refusal refusal() {
        return refusal;
    }
}
