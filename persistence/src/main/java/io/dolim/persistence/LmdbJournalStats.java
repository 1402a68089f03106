package io.dolim.persistence;

import javax.management.MXBean;

/**
 * The journal's counters as a managed bean named {@code
 * io.dolim.persistence:type=Journal,dir="<directory>"}; readable by name through the platform's
 * bean server without compiling against this module. Everything counts from the start of the
 * process but order and commit number, which are the journal's.
 */
@MXBean
public interface LmdbJournalStats {

    /** Order number of the last row of the log: where the journal ends. */
    long getLastOrderNumber();

    /** Number of the last commit. */
    long getLastCommitNumber();

    /** Order number of the last anchor on disk. */
    long getLastAnchorOrderNumber();

    /** Chain hash after the last commit, in hexadecimal digits. */
    String getChainHash();

    /** Commits since start. */
    long getCommits();

    /** Events written since start. */
    long getEvents();

    /** Bytes of log and snapshot rows written since start. */
    long getBytes();

    /** Nanoseconds spent in commits since start, syncs included. */
    long getCommitNanos();

    /** The longest commit since start in nanoseconds. */
    long getMaxCommitNanos();

    /** Bytes of the data file in use. */
    long getUsedBytes();

    /** Bytes the map reserves now; it grows up to the configured size. */
    long getMapBytes();

    /**
     * Bytes that may still be added to the file before writes that are not essential are refused:
     * what is left of the map below its head-room, or of the disk above {@code min-free-disk},
     * whichever is less; negative when it is overdrawn. Pages that are free inside the file count
     * for nothing, so more may fit.
     */
    long getOrdinaryRoomBytes();

    /** Persistence ids known. */
    int getPersistenceIds();

    /** Whether the writer has halted after a failed commit. */
    boolean isHalted();

    /** Nanoseconds the check before the map took at start. */
    long getCheckNanos();
}
