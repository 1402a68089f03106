package io.dolim.persistence;

/** What a deep check of a journal found. */
public sealed interface Verification {

    /** All of it is as it was written, from the first row to this head. */
    record Sound(long order, long commit, String chain) implements Verification {}

    /** Something is not; {@code finding} names the place. */
    record Damaged(String finding) implements Verification {}

    /** The checking process was ended by a signal, so the map cannot be read. */
    record Crashed(int exitCode, String lastWords) implements Verification {}
}
