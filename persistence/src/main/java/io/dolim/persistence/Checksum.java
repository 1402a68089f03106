package io.dolim.persistence;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC32C over a row's key and content, in the first four bytes of the stored value. */
final class Checksum {

    static final int BYTES = 4;

    private Checksum() {}

    static void seal(byte[] key, byte[] row) {
        ByteBuffer.wrap(row).putInt(0, of(key, row));
    }

    static void check(String place, byte[] key, byte[] row) {
        if (row.length < BYTES) {
            throw new JournalCorrupt(place, "row of " + row.length + " bytes has no checksum");
        }
        var stored = ByteBuffer.wrap(row).getInt(0);
        var computed = of(key, row);
        if (stored != computed) {
            throw new JournalCorrupt(
                    place, "checksum stored=%08x computed=%08x".formatted(stored, computed));
        }
    }

    private static int of(byte[] key, byte[] row) {
        var crc = new CRC32C();
        crc.update(key);
        crc.update(row, BYTES, row.length - BYTES);
        return (int) crc.getValue();
    }
}
