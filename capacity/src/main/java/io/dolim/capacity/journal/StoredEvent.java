package io.dolim.capacity.journal;

/** Marks what is written to the journal through a {@link StoredEventSerializer}. */
public interface StoredEvent {

    /**
     * The tag of what must be written even when the journal has no room for anything else: what a
     * halt, a latch and a settlement write.
     */
    String ESSENTIAL = "essential";
}
