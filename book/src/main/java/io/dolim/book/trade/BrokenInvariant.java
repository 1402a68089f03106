package io.dolim.book.trade;

/** What must never be true is true: the writer stops, and the process with it. Never caught to go on. */
public final class BrokenInvariant extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** @param what the invariant, with the figures that break it */
    public BrokenInvariant(String what) {
        super(what);
    }
}
