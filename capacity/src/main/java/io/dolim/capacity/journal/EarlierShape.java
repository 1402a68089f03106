package io.dolim.capacity.journal;

/**
 * A stored record whose shape has changed since: it is read under its old manifest, never written,
 * and handed on in the shape of today.
 */
public interface EarlierShape extends StoredEvent {

    /** The same event in the shape of today. */
    StoredEvent today();
}
