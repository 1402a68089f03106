package io.dolim.persistence;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal on disk, opened: the core of the module, free of Pekko. Owns the directory's lock, the
 * one LMDB environment, the writer thread and the readers. Thread-safe.
 */
final class JournalDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalDirectory.class);

    private final StoreSettings settings;
    private final DirectoryLock lock;
    private final AnchorFile anchors;
    private final LmdbStore store;
    private final Streams streams = new Streams();
    private final Statistics statistics = new Statistics();
    private final Waiters waiters = new Waiters();
    private final Reader reader;
    private final Writer writer;
    private final ThreadPoolExecutor reading;
    private final JournalBean bean;
    private boolean closed;

    private JournalDirectory(
            StoreSettings settings,
            DirectoryLock lock,
            AnchorFile anchors,
            LmdbStore store,
            Head head,
            long checkNanos,
            Consumer<JournalHalted> onHalt) {
        this.settings = settings;
        this.lock = lock;
        this.anchors = anchors;
        this.store = store;
        this.reader = new Reader(store, streams, settings.pageEvents(), settings.pageBytes());
        Reader.recover(store, streams);
        this.writer =
                new Writer(
                        store,
                        head,
                        streams,
                        settings,
                        anchors,
                        statistics,
                        waiters,
                        failure -> onHalt.accept(halted(failure)));
        this.reading = readers(settings);
        this.bean = new JournalBean(settings, statistics, streams, anchors, store, checkNanos);
        writer.start();
        bean.register();
    }

    private JournalHalted halted(Throwable failure) {
        return new JournalHalted(settings.directory().toString(), failure.toString());
    }

    private static ThreadPoolExecutor readers(StoreSettings settings) {
        var number = new AtomicInteger();
        return new ThreadPoolExecutor(
                settings.readThreads(),
                settings.readThreads(),
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(settings.queueRequests()),
                task ->
                        Thread.ofPlatform()
                                .name("dolim-journal-reader-" + number.incrementAndGet())
                                .daemon(true)
                                .unstarted(task));
    }

    /**
     * Takes the lock, checks every byte that is there, then maps the file and starts to write.
     *
     * @param onHalt hears once when the writer halts, on the writer's thread
     * @throws JournalLocked when another writes to the directory
     * @throws JournalCorrupt when what is there is not what was acknowledged
     * @throws JournalFormatUnsupported when it is of another version
     * @throws JournalUnavailable when the directory cannot be read or written
     */
    static JournalDirectory open(StoreSettings settings, Consumer<JournalHalted> onHalt) {
        try {
            Files.createDirectories(settings.directory());
            var lock = DirectoryLock.take(settings.directory());
            try {
                return checked(settings, lock, onHalt);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new JournalUnavailable("dir=" + settings.directory() + " " + e, e);
        }
    }

    private static JournalDirectory checked(
            StoreSettings settings, DirectoryLock lock, Consumer<JournalHalted> onHalt)
            throws IOException {
        var startNs = System.nanoTime();
        var directory = settings.directory();
        var there = AnchorFile.open(directory);
        try {
            var finding = FileCheck.of(LmdbStore.dataFile(directory), there.map(AnchorFile::last));
            var checkNanos = System.nanoTime() - startNs;
            return switch (finding) {
                case FileCheck.Empty empty -> created(settings, lock, there, onHalt);
                case FileCheck.Sound sound -> {
                    var anchors = there.orElseThrow();
                    sameJournal(sound, anchors);
                    yield opened(settings, lock, anchors, sound.head(), checkNanos, onHalt);
                }
            };
        } catch (IOException | RuntimeException e) {
            if (there.isPresent()) {
                there.get().close();
            }
            throw e;
        }
    }

    private static void sameJournal(FileCheck.Sound sound, AnchorFile anchors) {
        if (!sound.format().journal().equals(anchors.journal())) {
            throw new JournalCorrupt(
                    AnchorFile.FILE,
                    "of journal %s, the data file is of journal %s"
                            .formatted(anchors.journal(), sound.format().journal()));
        }
    }

    private static JournalDirectory opened(
            StoreSettings settings,
            DirectoryLock lock,
            AnchorFile anchors,
            Head head,
            long checkNanos,
            Consumer<JournalHalted> onHalt)
            throws IOException {
        var store = LmdbStore.open(settings);
        try {
            store.withTables();
            anchors.append(head.anchor());
            return new JournalDirectory(settings, lock, anchors, store, head, checkNanos, onHalt);
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static JournalDirectory created(
            StoreSettings settings,
            DirectoryLock lock,
            Optional<AnchorFile> there,
            Consumer<JournalHalted> onHalt)
            throws IOException {
        var directory = settings.directory();
        var anchors =
                there.isPresent() ? there.get() : AnchorFile.create(directory, UUID.randomUUID());
        var store = LmdbStore.open(settings);
        try {
            var head = firstCommit(store, anchors.journal());
            store.sync();
            AnchorFile.syncDirectory(directory);
            return new JournalDirectory(settings, lock, anchors, store, head, 0, onHalt);
        } catch (IOException | RuntimeException e) {
            store.close();
            anchors.close();
            throw e;
        }
    }

    private static Head firstCommit(LmdbStore store, UUID journal) {
        var start = new Head(0, 0, 0, Chain.start(journal));
        var nowMs = System.currentTimeMillis();
        try (var txn = store.creating()) {
            txn.put(Table.STORE, Format.key(), new Format(Format.VERSION, journal, nowMs).row());
            txn.put(Table.STORE, Format.indexedKey(), Format.indexedRow(0));
            var head = new Batch(txn, start, new Streams(), new Chain(start.chain())).seal(nowMs);
            txn.commit();
            return head;
        }
    }

    StoreSettings settings() {
        return settings;
    }

    /** Writes all of the events in one commit or none; answers the order number of the last. */
    CompletableFuture<Long> append(List<LogRow.Event> events) {
        var entries = events.stream().map(Request.Entry::of).toList();
        var essential =
                events.stream()
                        .flatMap(event -> event.tags().stream())
                        .anyMatch(settings.essentialTags()::contains);
        return submit(outcome -> new Request.Append(entries, essential, outcome));
    }

    /** Answers after everything asked for before; zero when nothing was ever written. */
    CompletableFuture<Long> highestSequence(String persistenceId) {
        return submit(outcome -> new Request.Highest(persistenceId, outcome));
    }

    CompletableFuture<Void> delete(String persistenceId, long upTo) {
        return submit(outcome -> new Request.Delete(persistenceId, upTo, outcome));
    }

    CompletableFuture<Void> save(Snapshot snapshot) {
        return submit(outcome -> new Request.Save(snapshot, outcome));
    }

    CompletableFuture<Void> forget(SnapshotRange range) {
        return submit(outcome -> new Request.Forget(range, outcome));
    }

    private <T> CompletableFuture<T> submit(Function<CompletableFuture<T>, Request> request) {
        var outcome = new CompletableFuture<T>();
        writer.submit(request.apply(outcome));
        return outcome;
    }

    /** See {@link Reader#snapshot}. */
    CompletableFuture<Optional<Snapshot>> latestSnapshot(SnapshotRange range) {
        return read(() -> reader.snapshot(range));
    }

    /** See {@link Reader#events}. */
    CompletableFuture<EventPage> events(String persistenceId, long from, long to) {
        return read(() -> reader.events(persistenceId, from, to));
    }

    /** See {@link Reader#tagged}. */
    CompletableFuture<EventPage> tagged(String tag, long after, long through) {
        return read(() -> reader.tagged(tag, after, through));
    }

    /** See {@link Reader#sliced}. */
    CompletableFuture<EventPage> sliced(Interest.OfSlices slices, long after, long through) {
        return read(() -> reader.sliced(slices, after, through));
    }

    private <T> CompletableFuture<T> read(Supplier<T> page) {
        try {
            return CompletableFuture.supplyAsync(page, reading);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(
                    reading.isShutdown()
                            ? new JournalUnavailable("closed", e)
                            : new JournalFull(
                                    "queue of " + settings.queueRequests() + " reads", e));
        }
    }

    /** Persistence ids in the order in which they were first heard of. */
    List<String> persistenceIds(int from, int limit) {
        return streams.ids(from, limit);
    }

    /** Order number of the last commit; everything up to it can be read. */
    long lastOrder() {
        return statistics.head().order();
    }

    /** See {@link Waiters#next}. */
    CompletableFuture<Boolean> next(Interest interest) {
        return waiters.next(interest);
    }

    /**
     * Writes what is queued, stores index and anchor, waits for readers, closes the file. A reader
     * that does not come to its end keeps file and lock until the process ends: unmapping under it
     * would kill the process.
     */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("left open dir=" + settings.directory());
        }
    }

    private void end() throws InterruptedException, IOException {
        writer.close();
        waiters.close();
        bean.unregister();
        reading.shutdown();
        if (!reading.awaitTermination(settings.closeTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.error("journal left open, a reader has not ended dir={}", settings.directory());
            return;
        }
        store.close();
        anchors.close();
        lock.close();
    }
}
