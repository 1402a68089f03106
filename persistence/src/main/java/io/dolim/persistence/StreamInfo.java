package io.dolim.persistence;

/**
 * An entity that has written.
 *
 * @param highest its highest sequence number, deleted ones included
 * @param deletedTo its events up to this sequence number are deleted
 */
public record StreamInfo(String persistenceId, long highest, long deletedTo) {}
