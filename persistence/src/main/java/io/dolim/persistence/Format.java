package io.dolim.persistence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What the directory says of itself: format version and the journal's own id.
 *
 * @param version of the stored format
 * @param journal drawn when the journal was made; data file and anchor file both carry it
 * @param createdMs wall clock when the journal was made
 */
record Format(int version, UUID journal, long createdMs) {

    /** The format this release writes and reads; {@code doc/format.md} describes it. */
    static final int VERSION = 1;

    private static final String NAME = "dolim-journal";
    private static final byte[] KEY = "format".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INDEXED = "indexed".getBytes(StandardCharsets.US_ASCII);

    static byte[] key() {
        return KEY.clone();
    }

    static byte[] indexedKey() {
        return INDEXED.clone();
    }

    static byte[] order(long order) {
        return ByteBuffer.allocate(8).putLong(order).array();
    }

    static long order(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    byte[] row() {
        return new RowOutput()
                .text(NAME)
                .i32(version)
                .i64(journal.getMostSignificantBits())
                .i64(journal.getLeastSignificantBits())
                .i64(createdMs)
                .sealedUnder(KEY);
    }

    /** @throws JournalFormatUnsupported when the version is not {@link #VERSION} */
    static Format of(String place, byte[] row) {
        var in = RowInput.checked(place, KEY, row);
        var name = in.text();
        if (!name.equals(NAME)) {
            throw new JournalCorrupt(place, "not a journal: name=" + name);
        }
        var version = in.i32();
        if (version != VERSION) {
            throw new JournalFormatUnsupported(place, version);
        }
        var format = new Format(version, new UUID(in.i64(), in.i64()), in.i64());
        in.end();
        return format;
    }

    static byte[] indexedRow(long order) {
        return new RowOutput().i64(order).sealedUnder(INDEXED);
    }

    static long indexed(byte[] row) {
        var in = RowInput.checked("store/indexed", INDEXED, row);
        var order = in.i64();
        in.end();
        return order;
    }
}
