package io.dolim.persistence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.UUID;

/**
 * The hash chain over commits.
 *
 * <pre>
 *   row hash  h_i = SHA-256(stored value of row i)
 *   chain     c_n = SHA-256(c_(n-1) | h_1 | ... | h_k | number | transaction | time | k)
 *   start     c_0 = SHA-256("dolim-journal" | journal id)
 * </pre>
 *
 * <p>A deleted event leaves its hash, so the chain can be followed for ever. Not thread-safe.
 */
final class Chain {

    private final MessageDigest commit = Sha256.digest();
    private final MessageDigest row = Sha256.digest();
    private final byte[] rowHash = new byte[Sha256.BYTES];
    private int rows;

    /** Begins the next commit after {@code previous}. */
    Chain(Sha256 previous) {
        begin(previous);
    }

    static Sha256 start(UUID journal) {
        var digest = Sha256.digest();
        digest.update("dolim-journal".getBytes(StandardCharsets.US_ASCII));
        digest.update(
                ByteBuffer.allocate(16)
                        .putLong(journal.getMostSignificantBits())
                        .putLong(journal.getLeastSignificantBits())
                        .array());
        return new Sha256(digest.digest());
    }

    void begin(Sha256 previous) {
        commit.reset();
        commit.update(previous.bytes());
        rows = 0;
    }

    /** The hash that a stored value has in the chain. */
    Sha256 hash(byte[] stored) {
        return new Sha256(row.digest(stored));
    }

    /** Adds a row by the hash it has, or had. */
    void add(Sha256 known) {
        commit.update(known.bytes());
        rows++;
    }

    /** Adds a row as it is stored. */
    void add(byte[] stored) {
        try {
            row.update(stored);
            row.digest(rowHash, 0, rowHash.length);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 has 32 bytes", e);
        }
        commit.update(rowHash);
        rows++;
    }

    int rows() {
        return rows;
    }

    /** The commit row that ends what was added; {@link #begin} comes next. */
    LogRow.Commit end(long number, long transaction, long timeMs) {
        commit.update(
                ByteBuffer.allocate(28)
                        .putLong(number)
                        .putLong(transaction)
                        .putLong(timeMs)
                        .putInt(rows)
                        .array());
        return new LogRow.Commit(number, transaction, timeMs, rows, new Sha256(commit.digest()));
    }
}
