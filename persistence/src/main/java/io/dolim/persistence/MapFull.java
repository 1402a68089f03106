package io.dolim.persistence;

/** The map has no page left; the transaction is undone and nothing was written. */
final class MapFull extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MapFull(Throwable cause) {
        super("the file fills the map", cause);
    }
}
