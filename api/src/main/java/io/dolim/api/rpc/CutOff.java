package io.dolim.api.rpc;

/** A peer that was cut off; carries no stack, for there is nothing to look for. */
final class CutOff extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CutOff(String message) {
        super(message, null, false, false);
    }
}
