package io.dolim.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A journal opened to be read only: a stopped one, a copy, or one that another process writes to.
 * Any number of processes may; each page is a read transaction of its own, so that none keeps the
 * writer's pages. A journal that nobody writes to is checked whole before it is mapped. Not
 * thread-safe.
 */
public final class JournalReader implements AutoCloseable {

    private static final int PAGE_EVENTS = 500;
    private static final long PAGE_BYTES = 4 << 20;
    private static final long POLL_NS = 20_000_000;

    private final Path directory;
    private final DirectoryLock lock;
    private final LmdbStore store;
    private Streams streams = new Streams();
    private long learnt;
    private long indexed = -1;

    private JournalReader(Path directory, DirectoryLock lock, LmdbStore store) {
        this.directory = directory;
        this.lock = lock;
        this.store = store;
    }

    /**
     * Opens a directory.
     *
     * @param progress hears how many pages of a stopped journal are checked
     * @throws JournalCorrupt when nobody writes to it and it is damaged
     * @throws JournalFormatUnsupported when it is of another version
     * @throws JournalLocked when this process has it open already
     * @throws JournalUnavailable when there is no journal or it cannot be read
     */
    public static JournalReader open(Path directory, Progress progress) {
        var absolute = directory.toAbsolutePath().normalize();
        if (!Files.exists(LmdbStore.dataFile(absolute))) {
            throw new JournalUnavailable("dir=" + absolute + " holds no journal");
        }
        try {
            var lock = DirectoryLock.reading(absolute);
            try {
                return checked(absolute, lock, progress);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new JournalUnavailable("dir=" + absolute + " " + e, e);
        }
    }

    private static JournalReader checked(Path directory, DirectoryLock lock, Progress progress)
            throws IOException {
        if (lock.writer().isEmpty()) {
            checkStopped(directory, lock, progress);
        }
        var locked = Files.isWritable(directory);
        if (!locked && lock.writer().isPresent()) {
            throw new JournalUnavailable(
                    "dir=" + directory + " is written to, and its reader table is read-only");
        }
        var store = LmdbStore.openReadOnly(directory, locked);
        store.clearStaleReaders();
        return new JournalReader(directory, lock, store);
    }

    private static void checkStopped(Path directory, DirectoryLock lock, Progress progress)
            throws IOException {
        try {
            var anchor = AnchorFile.read(directory).map(AnchorFile.Content::last);
            switch (FileCheck.of(LmdbStore.dataFile(directory), anchor, progress)) {
                case FileCheck.Sound sound -> {}
                case FileCheck.Empty empty ->
                        throw new JournalUnavailable("dir=" + directory + " holds no commit");
            }
        } catch (JournalCorrupt damaged) {
            // pages that somebody began to write to meanwhile look damaged
            if (lock.writer().isEmpty()) {
                throw damaged;
            }
        }
    }

    LmdbStore store() {
        return store;
    }

    /** Process id of who writes now, -1 when it is unknown; empty when nobody does. */
    public OptionalLong writer() {
        try {
            return lock.writer();
        } catch (IOException e) {
            throw new JournalUnavailable("dir=" + directory + " " + e, e);
        }
    }

    /** Order number of the last row. */
    public long head() {
        try (var txn = store.reading()) {
            return last(txn).order();
        }
    }

    /** The commit at the head. */
    StoredRow last(OrderedStore.Reading txn) {
        try (var rows = txn.rows(Table.LOG)) {
            if (!rows.last()) {
                throw new JournalCorrupt(directory + " log", "no commit");
            }
            var order = Format.order(rows.key());
            return new StoredRow(order, LogRow.of(order, rows.value()));
        }
    }

    Format format() {
        try (var txn = store.reading()) {
            var row = txn.value(Table.STORE, Format.key());
            return Format.of(
                    directory.toString(),
                    row.orElseThrow(() -> new JournalCorrupt(directory + " store", "no format")));
        }
    }

    /** What the journal says of itself. */
    public JournalInfo info() {
        refresh();
        var format = format();
        StoredRow last;
        try (var txn = store.reading()) {
            last = last(txn);
        }
        if (!(last.row() instanceof LogRow.Commit commit)) {
            throw new JournalCorrupt("log/" + last.order(), "the last row ends no commit");
        }
        var tables = new LinkedHashMap<String, JournalInfo.TableInfo>();
        store.statistics()
                .forEach(
                        (table, stat) ->
                                tables.put(
                                        table.stored(),
                                        new JournalInfo.TableInfo(
                                                stat.entries,
                                                stat.depth,
                                                stat.branchPages,
                                                stat.leafPages,
                                                stat.overflowPages)));
        try {
            return new JournalInfo(
                    directory,
                    format.version(),
                    format.journal(),
                    format.createdMs(),
                    last.order(),
                    commit.number(),
                    commit.timeMs(),
                    commit.chain().toString(),
                    AnchorFile.read(directory).map(there -> there.last().order()).orElse(0L),
                    indexed,
                    Files.size(LmdbStore.dataFile(directory)),
                    store.usedBytes(),
                    streams.count(),
                    store.readers(),
                    lock.writer(),
                    tables);
        } catch (IOException e) {
            throw new JournalUnavailable("dir=" + directory + " " + e, e);
        }
    }

    /** Entities from the {@code from}-th on, in the order in which this reader heard of them. */
    public List<StreamInfo> streams(int from, int limit) {
        refresh();
        return streams.ids(from, limit).stream()
                .map(id -> new StreamInfo(id, streams.highest(id), streams.deletedTo(id)))
                .toList();
    }

    /** All rows with an order number above {@code after}, at most {@code limit}. */
    public RowPage rows(long after, int limit) {
        var raw = new LinkedHashMap<Long, byte[]>();
        var bytes = 0L;
        var there = false;
        try (var txn = store.reading();
                var rows = txn.rows(Table.LOG)) {
            there = rows.atOrAfter(Format.order(after + 1));
            while (there && raw.size() < limit && bytes < PAGE_BYTES) {
                var row = rows.value();
                raw.put(Format.order(rows.key()), row);
                bytes += row.length;
                there = rows.next();
            }
        }
        var found = new ArrayList<StoredRow>(raw.size());
        raw.forEach((order, row) -> found.add(new StoredRow(order, LogRow.of(order, row))));
        return new RowPage(found, found.isEmpty() ? after : found.getLast().order(), there);
    }

    /** Events of an entity with these sequence numbers, a page of them. */
    public RowPage events(String persistenceId, long from, long to) {
        refresh();
        return RowPage.of(reader().events(persistenceId, from, to));
    }

    /** Events with a tag and an order number above {@code after}, a page of them. */
    public RowPage tagged(String tag, long after) {
        refresh();
        return RowPage.of(reader().tagged(tag, after, Long.MAX_VALUE));
    }

    /** Snapshots of an entity, oldest first, as they are stored. */
    public List<StoredSnapshot> snapshots(String persistenceId) {
        try (var txn = store.reading()) {
            return Snapshot.all(txn, persistenceId).stream()
                    .map(
                            one ->
                                    new StoredSnapshot(
                                            one.persistenceId(),
                                            one.sequence(),
                                            one.timestampMs(),
                                            one.state()))
                    .toList();
        }
    }

    /** As {@link #rows}, waiting for the first one; empty when none came in time. */
    public RowPage follow(long after, int limit, Duration patience) {
        var start = System.nanoTime();
        var page = rows(after, limit);
        while (page.rows().isEmpty() && System.nanoTime() - start < patience.toNanos()) {
            LockSupport.parkNanos(POLL_NS);
            page = rows(after, limit);
        }
        return page;
    }

    private Reader reader() {
        return new Reader(store, streams, PAGE_EVENTS, PAGE_BYTES);
    }

    /** Learns what was written since; from the start when the writer has stored its index. */
    private void refresh() {
        long now;
        try (var txn = store.reading()) {
            now = txn.value(Table.STORE, Format.indexedKey()).map(Format::indexed).orElse(0L);
        }
        if (now != indexed) {
            streams = new Streams();
            learnt = Reader.recover(store, streams);
            indexed = now;
        }
        try (var txn = store.reading();
                var rows = txn.rows(Table.LOG)) {
            for (var there = rows.atOrAfter(Format.order(learnt + 1)); there; there = rows.next()) {
                learnt = Format.order(rows.key());
                Reader.learn(streams, learnt, rows.value());
            }
        }
    }

    @Override
    public void close() {
        store.close();
        try {
            lock.close();
        } catch (IOException e) {
            throw new JournalUnavailable("dir=" + directory + " " + e, e);
        }
    }
}
