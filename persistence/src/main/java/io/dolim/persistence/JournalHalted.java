package io.dolim.persistence;

/**
 * Published on the actor system's event stream when the writer stops for good.
 *
 * @param directory where the journal lives
 * @param reason the failure behind it, one line
 */
public record JournalHalted(String directory, String reason) {}
