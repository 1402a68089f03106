package io.dolim.persistence;

import java.util.Optional;

/**
 * The binding to LMDB, whole: tables of byte keys in unsigned order under transactions. What is
 * read is copied out, so nothing handed over dies with its transaction.
 *
 * <p>Any thread may read; only the writer thread calls {@link #writing}. Every transaction and
 * every {@link Rows} must be closed before the store is.
 */
interface OrderedStore extends AutoCloseable {

    /** A view of the last commit. */
    Reading reading();

    /** The one write transaction at a time; closing it uncommitted undoes it. */
    Writing writing();

    /** Hands everything committed to the disk; only {@link Durability#OS} needs it. */
    void sync();

    /** Bytes of address space that the file may fill as it is now. */
    long mapBytes();

    /**
     * Makes the map larger or smaller, never smaller than what is in use; waits until nobody reads.
     * No write transaction may be open. After a failure the store is of no more use.
     */
    void resize(long bytes);

    /** Bytes of the data file in use, free pages inside it included. */
    long usedBytes();

    @Override
    void close();

    /** Forgets readers whose process has died; answers how many. */
    int clearStaleReaders();

    interface Reading extends AutoCloseable {

        /** The number LMDB gave the last commit seen here, or gives this one that writes. */
        long transaction();

        Optional<byte[]> value(Table table, byte[] key);

        Rows rows(Table table);

        @Override
        void close();
    }

    interface Writing extends Reading {

        /** Writes a row whose key is greater than every key of the table. */
        void append(Table table, byte[] key, byte[] value);

        void put(Table table, byte[] key, byte[] value);

        void remove(Table table, byte[] key);

        /**
         * After this returns the transaction is durable as the store promises.
         *
         * @throws MapFull when nothing was written; after any other failure nobody knows
         */
        void commit();
    }

    /** A place in a table; the moves answer whether there is a row there. */
    interface Rows extends AutoCloseable {

        boolean first();

        boolean last();

        boolean atOrAfter(byte[] key);

        boolean next();

        boolean previous();

        byte[] key();

        byte[] value();

        /** Moves to the greatest key not above {@code key}. */
        default boolean atOrBefore(byte[] key) {
            if (!atOrAfter(key)) {
                return last();
            }
            return java.util.Arrays.equals(key(), key) || previous();
        }

        @Override
        void close();
    }
}
