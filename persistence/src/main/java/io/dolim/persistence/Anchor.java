package io.dolim.persistence;

/** A place in the log that the journal has reached, and its chain hash; kept in a second file. */
record Anchor(long order, long commit, Sha256 chain) {}
