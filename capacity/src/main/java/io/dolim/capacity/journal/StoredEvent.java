package io.dolim.capacity.journal;

/** Marks what is written to the journal through a {@link StoredEventSerializer}. */
public interface StoredEvent {}
