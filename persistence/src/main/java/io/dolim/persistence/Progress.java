package io.dolim.persistence;

/** Hears how far a long work is; called often, on the thread that works. */
@FunctionalInterface
public interface Progress {

    /**
     * @param done how much is done
     * @param all how much there is in the same unit
     */
    void at(long done, long all);
}
