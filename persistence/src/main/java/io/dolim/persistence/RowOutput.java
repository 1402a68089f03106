package io.dolim.persistence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a stored row: big-endian numbers, counted strings and bytes. */
final class RowOutput {

    private static final int MAX_STRING_BYTES = 65_535;

    private ByteBuffer bytes;

    RowOutput() {
        this(256);
    }

    /** @param expected bytes of content; a row that has exactly so many is not copied */
    RowOutput(int expected) {
        bytes = ByteBuffer.allocate(Checksum.BYTES + expected).position(Checksum.BYTES);
    }

    RowOutput u8(int value) {
        room(1).put((byte) value);
        return this;
    }

    RowOutput u16(int value) {
        room(2).putShort((short) value);
        return this;
    }

    RowOutput i32(int value) {
        room(4).putInt(value);
        return this;
    }

    RowOutput i64(long value) {
        room(8).putLong(value);
        return this;
    }

    RowOutput raw(byte[] value) {
        room(value.length).put(value);
        return this;
    }

    RowOutput text(String value) {
        var utf8 = value.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > MAX_STRING_BYTES) {
            throw new IllegalArgumentException(
                    "text of %d bytes is over %d: %s..."
                            .formatted(utf8.length, MAX_STRING_BYTES, value.substring(0, 64)));
        }
        return u16(utf8.length).raw(utf8);
    }

    RowOutput counted(byte[] value) {
        return i32(value.length).raw(value);
    }

    private ByteBuffer room(int wanted) {
        if (bytes.remaining() < wanted) {
            var size = Math.max(bytes.capacity() * 2, Math.addExact(bytes.position(), wanted));
            bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), size)).position(bytes.position());
        }
        return bytes;
    }

    /** The row as it is stored under {@code key}: the checksum first, over key and content. */
    byte[] sealedUnder(byte[] key) {
        var row = unsealed();
        Checksum.seal(key, row);
        return row;
    }

    /** The row with its checksum still to be filled in, for a key that is not known yet. */
    byte[] unsealed() {
        return bytes.hasRemaining()
                ? Arrays.copyOf(bytes.array(), bytes.position())
                : bytes.array();
    }
}
