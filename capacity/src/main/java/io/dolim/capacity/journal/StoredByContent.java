package io.dolim.capacity.journal;

/**
 * A record that is still stored in an earlier shape as long as it holds nothing that the earlier one lacks:
 * what was written before the shape grew and what is written since are then the same bytes.
 */
public interface StoredByContent extends StoredEvent {

    /** The record that is stored: an earlier shape, or itself. */
    StoredEvent stored();
}
