package io.dolim.persistence;

/** A row of the log and its place, the order number. */
public record StoredRow(long order, LogRow row) {}
