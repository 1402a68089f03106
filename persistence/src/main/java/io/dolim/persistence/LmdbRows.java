package io.dolim.persistence;

import org.agrona.DirectBuffer;
import org.lmdbjava.Cursor;
import org.lmdbjava.GetOp;

/** A place in a table through lmdbjava; closed before its transaction. */
final class LmdbRows implements OrderedStore.Rows {
    private final Cursor<DirectBuffer> cursor;
    private boolean closed;

    LmdbRows(Cursor<DirectBuffer> cursor) {
        this.cursor = cursor;
    }

    @Override
    public boolean first() {
        return cursor.first();
    }

    @Override
    public boolean last() {
        return cursor.last();
    }

    @Override
    public boolean atOrAfter(byte[] key) {
        return cursor.get(LmdbStore.offHeap(key), GetOp.MDB_SET_RANGE);
    }

    @Override
    public boolean next() {
        return cursor.next();
    }

    @Override
    public boolean previous() {
        return cursor.prev();
    }

    @Override
    public byte[] key() {
        return LmdbStore.copy(cursor.key());
    }

    @Override
    public byte[] value() {
        return LmdbStore.copy(cursor.val());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            cursor.close();
        }
    }
}
