package io.dolim.persistence;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads a stored row whose checksum holds; a row that ends early or late is corrupt. */
final class RowInput {

    private final String place;
    private final ByteBuffer bytes;

    private RowInput(String place, ByteBuffer bytes) {
        this.place = place;
        this.bytes = bytes;
    }

    /** @throws JournalCorrupt when the checksum over key and content does not hold */
    static RowInput checked(String place, byte[] key, byte[] row) {
        Checksum.check(place, key, row);
        return new RowInput(place, ByteBuffer.wrap(row).position(Checksum.BYTES));
    }

    int u8() {
        return need(1).get() & 0xff;
    }

    int u16() {
        return need(2).getShort() & 0xffff;
    }

    int i32() {
        return need(4).getInt();
    }

    long i64() {
        return need(8).getLong();
    }

    byte[] raw(int length) {
        need(length);
        var value = new byte[length];
        bytes.get(value);
        return value;
    }

    String text() {
        return new String(raw(u16()), StandardCharsets.UTF_8);
    }

    byte[] counted() {
        return raw(i32());
    }

    int remaining() {
        return bytes.remaining();
    }

    void end() {
        if (bytes.hasRemaining()) {
            throw new JournalCorrupt(place, bytes.remaining() + " bytes behind the row's end");
        }
    }

    private ByteBuffer need(int wanted) {
        if (wanted < 0 || bytes.remaining() < wanted) {
            throw new JournalCorrupt(
                    place,
                    "row ends early: wanted=%d left=%d".formatted(wanted, bytes.remaining()),
                    new BufferUnderflowException());
        }
        return bytes;
    }
}
