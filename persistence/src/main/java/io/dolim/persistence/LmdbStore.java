package io.dolim.persistence;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.lmdbjava.CopyFlags;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.DirectBufferProxy;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.LmdbException;
import org.lmdbjava.PutFlags;
import org.lmdbjava.Stat;
import org.lmdbjava.Txn;

/** {@link OrderedStore} through lmdbjava; with {@link LmdbRows} the only one that names it. */
final class LmdbStore implements OrderedStore {

    static final String DATA_FILE = "data.mdb";
    // Address space only; a file that outgrows it is refused by LMDB and not misread.
    private static final long READER_MAP_BYTES = 1L << 40;

    private final Env<DirectBuffer> env;
    private final long pageBytes;
    private final Map<Table, Dbi<DirectBuffer>> tables = new EnumMap<>(Table.class);
    // Held for reading by whoever looks at the map, for writing by the one who moves it.
    private final ReentrantReadWriteLock map = new ReentrantReadWriteLock();
    private volatile long mapBytes;
    private volatile boolean unmapped;

    private LmdbStore(Env<DirectBuffer> env, long mapBytes) {
        this.env = env;
        this.mapBytes = mapBytes;
        this.pageBytes = env.stat().pageSize;
    }

    /** Opens the directory's environment; missing tables come into being with the first commit. */
    static LmdbStore open(StoreSettings settings) {
        var mapBytes = firstMapBytes(settings);
        try {
            return new LmdbStore(
                    Env.create(DirectBufferProxy.PROXY_DB)
                            .setMapSize(mapBytes)
                            .setMaxDbs(Table.values().length)
                            .setMaxReaders(settings.readThreads() + 62)
                            .open(settings.directory().toFile(), flags(settings.durability())),
                    mapBytes);
        } catch (LmdbException failure) {
            throw new JournalUnavailable("dir=" + settings.directory() + " " + failure, failure);
        } catch (LinkageError absent) {
            throw new JournalUnavailable("LMDB's native library does not load", absent);
        }
    }

    /**
     * Opens the environment of another process, or of nobody, for reading.
     *
     * @param locked whether a writer may be there or come: readers are then entered in its table
     */
    static LmdbStore openReadOnly(Path directory, boolean locked) {
        var flags =
                locked
                        ? new EnvFlags[] {EnvFlags.MDB_RDONLY_ENV, EnvFlags.MDB_NOTLS}
                        : new EnvFlags[] {
                            EnvFlags.MDB_RDONLY_ENV, EnvFlags.MDB_NOTLS, EnvFlags.MDB_NOLOCK
                        };
        try {
            var env =
                    Env.create(DirectBufferProxy.PROXY_DB)
                            .setMapSize(READER_MAP_BYTES)
                            .setMaxDbs(Table.values().length)
                            .setMaxReaders(64)
                            .open(directory.toFile(), flags);
            return new LmdbStore(env, READER_MAP_BYTES).withTablesToRead();
        } catch (LmdbException failure) {
            throw new JournalUnavailable("dir=" + directory + " " + failure, failure);
        } catch (LinkageError absent) {
            throw new JournalUnavailable("LMDB's native library does not load", absent);
        }
    }

    /** Opens a copy that nobody else has, to write to it. */
    static LmdbStore openToRepair(Path directory) {
        try {
            var env =
                    Env.create(DirectBufferProxy.PROXY_DB)
                            .setMapSize(READER_MAP_BYTES)
                            .setMaxDbs(Table.values().length)
                            .setMaxReaders(64)
                            .open(directory.toFile(), flags(Durability.COMMIT));
            return new LmdbStore(env, READER_MAP_BYTES);
        } catch (LmdbException failure) {
            throw new JournalUnavailable("dir=" + directory + " " + failure, failure);
        }
    }

    /** @throws JournalFull when as many read as there are places for */
    private Txn<DirectBuffer> begun() {
        try {
            return env.txnRead();
        } catch (Env.ReadersFullException full) {
            throw new JournalFull(
                    "max-readers=%d read transactions are under way in this and other processes"
                            .formatted(env.info().maxReaders),
                    full);
        }
    }

    private LmdbStore withTablesToRead() {
        try (var txn = begun()) {
            openTables(txn);
            txn.commit();
            return this;
        } catch (RuntimeException failure) {
            env.close();
            throw failure;
        }
    }

    /** Pages and entries of each table in the last commit. */
    Map<Table, Stat> statistics() {
        var statistics = new EnumMap<Table, Stat>(Table.class);
        try (var txn = env.txnRead()) {
            tables.forEach((table, dbi) -> statistics.put(table, dbi.stat(txn)));
        }
        return statistics;
    }

    int readers() {
        return env.info().numReaders;
    }

    @Override
    public int clearStaleReaders() {
        return env.readerCheck();
    }

    /** Copies the last commit into an empty directory, while others write. */
    void copy(Path directory, boolean compact) {
        if (compact) {
            env.copy(directory.toFile(), CopyFlags.MDB_CP_COMPACT);
        } else {
            env.copy(directory.toFile());
        }
    }

    /** As much as the file fills already, and at least the configured start. */
    private static long firstMapBytes(StoreSettings settings) {
        var limit = MapRoom.ordinaryBytes(settings.mapBytes());
        var bytes = Math.min(settings.mapStartBytes(), limit);
        var there = dataFile(settings.directory()).toFile().length();
        while (bytes < there && bytes < limit) {
            bytes = Math.min(limit, bytes * 2);
        }
        return Math.max(bytes, there);
    }

    private static EnvFlags[] flags(Durability durability) {
        return switch (durability) {
            case COMMIT -> new EnvFlags[] {EnvFlags.MDB_NOTLS};
            case OS -> new EnvFlags[] {EnvFlags.MDB_NOTLS, EnvFlags.MDB_NOSYNC};
        };
    }

    static Path dataFile(Path directory) {
        return directory.resolve(DATA_FILE);
    }

    /** Opens the tables of an existing journal; changes nothing on disk. */
    LmdbStore withTables() {
        try (var txn = env.txnWrite()) {
            openTables(txn);
            txn.commit();
        }
        return this;
    }

    /** A first write transaction that also makes the tables. */
    Writing creating() {
        var txn = env.txnWrite();
        openTables(txn, DbiFlags.MDB_CREATE);
        return new Transaction(txn, () -> {});
    }

    private void openTables(Txn<DirectBuffer> txn, DbiFlags... flags) {
        for (var table : Table.values()) {
            var name = table.stored().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            tables.put(table, env.openDbi(txn, name, null, false, flags));
        }
    }

    @Override
    public Reading reading() {
        map.readLock().lock();
        try {
            if (unmapped) {
                throw new JournalUnavailable("the map is gone, restart");
            }
            return new Transaction(begun(), map.readLock()::unlock);
        } catch (RuntimeException failure) {
            map.readLock().unlock();
            throw failure;
        }
    }

    @Override
    public Writing writing() {
        return new Transaction(env.txnWrite(), () -> {});
    }

    @Override
    public void sync() {
        env.sync(true);
    }

    @Override
    public long usedBytes() {
        map.readLock().lock();
        try {
            return unmapped ? 0 : (env.info().lastPageNumber + 1) * pageBytes;
        } finally {
            map.readLock().unlock();
        }
    }

    @Override
    public long mapBytes() {
        return mapBytes;
    }

    @Override
    public void resize(long bytes) {
        map.writeLock().lock();
        try {
            env.setMapSize(bytes);
            mapBytes = bytes;
        } catch (RuntimeException failure) {
            // LMDB lets the old map go before it asks for the new one
            unmapped = true;
            throw failure;
        } finally {
            map.writeLock().unlock();
        }
    }

    @Override
    public void close() {
        env.close();
    }

    private Dbi<DirectBuffer> table(Table table) {
        var dbi = tables.get(table);
        if (dbi == null) {
            throw new IllegalStateException("table=" + table + " is not open");
        }
        return dbi;
    }

    /** Off-heap room for a key and a value: LMDB takes addresses. */
    private static final class Room {
        private static final int KEPT_BYTES = 1 << 20;
        private ByteBuffer bytes;
        private final UnsafeBuffer view = new UnsafeBuffer(0, 0);

        Room(int size) {
            bytes = ByteBuffer.allocateDirect(size);
        }

        DirectBuffer of(byte[] content) {
            if (content.length > bytes.capacity() || bytes.capacity() > KEPT_BYTES) {
                bytes = ByteBuffer.allocateDirect(Math.max(4096, content.length * 2));
            }
            bytes.put(0, content);
            view.wrap(bytes, 0, content.length);
            return view;
        }
    }

    static byte[] copy(DirectBuffer buffer) {
        var bytes = new byte[buffer.capacity()];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    /** The key where LMDB can read it; until this thread's next one. */
    static DirectBuffer offHeap(byte[] key) {
        return KEYS.get().of(key);
    }

    private static final ThreadLocal<Room> KEYS = ThreadLocal.withInitial(() -> new Room(512));
    private static final ThreadLocal<Room> VALUES = ThreadLocal.withInitial(() -> new Room(4096));

    private final class Transaction implements Writing {
        private final Txn<DirectBuffer> txn;
        private final Runnable atEnd;
        private final List<LmdbRows> open = new ArrayList<>();

        Transaction(Txn<DirectBuffer> txn, Runnable atEnd) {
            this.txn = txn;
            this.atEnd = atEnd;
        }

        @Override
        public Optional<byte[]> value(Table table, byte[] key) {
            var found = table(table).get(txn, KEYS.get().of(key));
            return Optional.ofNullable(found).map(LmdbStore::copy);
        }

        @Override
        public Rows rows(Table table) {
            var place = new LmdbRows(table(table).openCursor(txn));
            open.add(place);
            return place;
        }

        @Override
        public long transaction() {
            return txn.getId();
        }

        @Override
        public void append(Table table, byte[] key, byte[] value) {
            write(table, key, value, PutFlags.MDB_APPEND);
        }

        @Override
        public void put(Table table, byte[] key, byte[] value) {
            write(table, key, value);
        }

        private void write(Table table, byte[] key, byte[] value, PutFlags... flags) {
            try {
                table(table).put(txn, KEYS.get().of(key), VALUES.get().of(value), flags);
            } catch (Env.MapFullException full) {
                throw new MapFull(full);
            }
        }

        @Override
        public void remove(Table table, byte[] key) {
            table(table).delete(txn, KEYS.get().of(key));
        }

        @Override
        public void commit() {
            closePlaces();
            try {
                txn.commit();
            } catch (Env.MapFullException full) {
                // LMDB finds this while it collects free pages, before it writes any page
                throw new MapFull(full);
            }
        }

        @Override
        public void close() {
            try {
                closePlaces();
                txn.close();
            } finally {
                atEnd.run();
            }
        }

        private void closePlaces() {
            open.forEach(LmdbRows::close);
            open.clear();
        }
    }
}
