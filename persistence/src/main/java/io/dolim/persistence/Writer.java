package io.dolim.persistence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It takes what has queued up, puts it into one transaction, syncs once
 * and only then completes the promises: all throughput comes from there.
 *
 * <p>Before the commit a failure is undone and its outcome known: the requests of the batch are
 * tried one by one, and the one that fails again is failed. A failed commit is unknown: the writer
 * halts, fails everything from then on with {@link OutcomeUnknown}, and never tries again.
 */
final class Writer {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final long DELETE_STEP = 4096;
    private static final long LEAST_DELETE_STEP = 16;
    private static final int INDEX_EVENTS_PER_COMMIT = 64;

    private final OrderedStore store;
    private final Streams streams;
    private final StoreSettings settings;
    private final AnchorFile anchors;
    private final Statistics statistics;
    private final Waiters waiters;
    private final Consumer<Throwable> onHalt;
    private final BlockingQueue<Request> queue;
    private final Chain chain;
    private final MapRoom room;
    private final DiskRoom disk;
    private final Gathering gathering;
    private final Thread thread;

    // Of the writer thread.
    private Head head;
    private long indexedCommit;
    private long indexTriedCommit;
    private long commitNs;

    private volatile boolean stopping;
    private volatile Optional<Throwable> halted = Optional.empty();

    Writer(
            OrderedStore store,
            Head head,
            Streams streams,
            StoreSettings settings,
            AnchorFile anchors,
            Statistics statistics,
            Waiters waiters,
            Consumer<Throwable> onHalt) {
        this.store = store;
        this.head = head;
        this.streams = streams;
        this.settings = settings;
        this.anchors = anchors;
        this.statistics = statistics;
        this.waiters = waiters;
        this.onHalt = onHalt;
        this.queue = new ArrayBlockingQueue<>(settings.queueRequests());
        this.chain = new Chain(head.chain());
        this.room = new MapRoom(store, settings);
        this.disk = new DiskRoom(settings);
        this.gathering =
                new Gathering(queue, settings.batchRequests(), settings.batchGather().toNanos());
        this.indexedCommit = head.commit();
        this.thread =
                Thread.ofPlatform().name("dolim-journal-writer").daemon(true).unstarted(this::run);
    }

    void start() {
        statistics.committed(head, 0, 0, 0);
        thread.start();
    }

    /** Queues the request, or completes it with the reason why not. */
    void submit(Request request) {
        if (halted.isPresent()) {
            request.outcome().completeExceptionally(outcomeUnknown(halted.get()));
        } else if (stopping) {
            request.outcome().completeExceptionally(new JournalUnavailable("closing"));
        } else if (!queue.offer(request)) {
            request.outcome()
                    .completeExceptionally(
                            new JournalFull("queue of " + settings.queueRequests() + " requests"));
        } else if (!thread.isAlive()) {
            failQueued();
        }
    }

    /** Ends the thread after everything queued before; stores the index and the anchor. */
    void close() throws InterruptedException {
        var last = new Request.Stop(new CompletableFuture<>());
        stopping = true;
        queue.put(last);
        if (!thread.isAlive()) {
            failQueued();
        }
        thread.join();
    }

    boolean isHalted() {
        return halted.isPresent();
    }

    private void run() {
        var waiting = new ArrayList<Request>();
        try {
            while (true) {
                waiting.clear();
                waiting.add(queue.take());
                queue.drainTo(waiting, settings.batchRequests() - 1);
                gathering.more(waiting, commitNs);
                if (!work(waiting)) {
                    break;
                }
            }
        } catch (InterruptedException e) {
            halt(e);
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            halt(e);
            fail(waiting);
        } finally {
            stopping = true;
            failQueued();
        }
    }

    /** Answers whether there is more to come. */
    private boolean work(List<Request> waiting) {
        var group = new ArrayList<Request>();
        var bytes = 0L;
        for (var request : waiting) {
            var alone = request instanceof Request.Delete || request instanceof Request.Stop;
            if (alone || bytes >= settings.batchBytes()) {
                commit(group);
                group.clear();
                bytes = 0;
            }
            switch (request) {
                case Request.Delete delete -> delete(delete);
                case Request.Stop stop -> {
                    end(stop);
                    return false;
                }
                case Request.Append append -> group.add(append);
                case Request.Highest highest -> group.add(highest);
                case Request.Save save -> group.add(save);
                case Request.Forget forget -> group.add(forget);
            }
            bytes += request.bytes();
        }
        commit(group);
        return halted.isEmpty();
    }

    private void commit(List<Request> group) {
        if (group.isEmpty()) {
            return;
        }
        if (halted.isPresent()) {
            fail(group);
            return;
        }
        var writes = group.stream().anyMatch(request -> !(request instanceof Request.Highest));
        if (!writes) {
            group.forEach(request -> complete(request, 0));
            return;
        }
        try {
            var essential = group.stream().allMatch(Request::essential);
            disk.check(essential);
            room.within(essential, () -> transact(group));
        } catch (RuntimeException failure) {
            if (halted.isPresent()) {
                fail(group);
            } else if (group.size() == 1) {
                group.getFirst().outcome().completeExceptionally(Failures.named(failure));
            } else {
                for (var request : group) {
                    commit(List.of(request));
                }
            }
        }
    }

    private void transact(List<Request> group) {
        var accepted = new ArrayList<Request>(group.size());
        var orders = new ArrayList<Long>(group.size());
        var refused = new ArrayList<Runnable>();
        try (var txn = store.writing()) {
            var batch = new Batch(txn, head, streams, chain);
            for (var request : group) {
                try {
                    orders.add(write(batch, request));
                    accepted.add(request);
                } catch (SequenceNumberTaken taken) {
                    refused.add(() -> request.outcome().completeExceptionally(taken));
                }
            }
            finish(txn, batch);
        }
        refused.forEach(Runnable::run);
        for (int i = 0; i < accepted.size(); i++) {
            complete(accepted.get(i), orders.get(i));
        }
    }

    private static long write(Batch batch, Request request) {
        return switch (request) {
            case Request.Append append -> {
                batch.admit(append);
                yield batch.append(append);
            }
            case Request.Save save -> {
                batch.save(save.snapshot());
                yield 0L;
            }
            case Request.Forget forget -> {
                batch.forget(forget.range());
                yield 0L;
            }
            case Request.Highest highest -> 0L;
            case Request.Delete delete -> throw new IllegalStateException("alone: " + delete);
            case Request.Stop stop -> throw new IllegalStateException("alone: " + stop);
        };
    }

    private void complete(Request request, long order) {
        switch (request) {
            case Request.Append append -> append.outcome().complete(order);
            case Request.Highest highest ->
                    highest.outcome().complete(streams.highest(highest.persistenceId()));
            case Request.Save save -> Failures.done(save.outcome());
            case Request.Forget forget -> Failures.done(forget.outcome());
            case Request.Delete delete -> Failures.done(delete.outcome());
            case Request.Stop stop -> Failures.done(stop.outcome());
        }
    }

    /** Seals and commits; a failure of the commit but a full map is of unknown outcome. */
    private void finish(OrderedStore.Writing txn, Batch batch) {
        var storesIndex = indexDue();
        if (storesIndex) {
            // whoever meets the full map in this goes on without: the index can wait
            indexTriedCommit = head.commit();
            batch.storeIndex();
        }
        var sealed = batch.seal(System.currentTimeMillis());
        var startNs = System.nanoTime();
        try {
            txn.commit();
        } catch (MapFull nothingWritten) {
            throw nothingWritten;
        } catch (RuntimeException | Error failure) {
            halt(failure);
            throw failure;
        }
        head = sealed;
        var known = streams.count();
        batch.learn();
        if (storesIndex) {
            indexedCommit = head.commit();
        }
        disk.wrote(batch.bytes());
        commitNs = System.nanoTime() - startNs;
        statistics.committed(head, batch.events(), batch.bytes(), commitNs);
        waiters.committed(batch.written(), streams.count() > known);
        if (head.commit() - anchors.last().commit() >= settings.anchorEveryCommits()) {
            anchor();
        }
    }

    private boolean indexDue() {
        return indexTriedCommit < head.commit() && !room.headRoomOpen() && indexOverdue();
    }

    private boolean indexOverdue() {
        return head.commit() - Math.max(indexedCommit, indexTriedCommit)
                        >= settings.indexEveryCommits()
                || streams.pending() >= settings.indexEveryCommits() * INDEX_EVENTS_PER_COMMIT;
    }

    private void anchor() {
        try {
            if (settings.durability() == Durability.OS) {
                store.sync();
            }
            anchors.append(head.anchor());
            waiters.sweep();
            store.clearStaleReaders();
        } catch (IOException | RuntimeException failure) {
            halt(failure);
        }
    }

    private void delete(Request.Delete request) {
        if (halted.isPresent()) {
            fail(List.of(request));
            return;
        }
        try {
            var id = request.persistenceId();
            var upTo = Math.min(request.upTo(), streams.highest(id));
            disk.check(true);
            var step = DELETE_STEP;
            for (var done = streams.deletedTo(id); done < upTo; done = streams.deletedTo(id)) {
                step = delete(id, done, Math.min(step, upTo - done));
            }
            complete(request, 0);
        } catch (RuntimeException failure) {
            var named = halted.<Throwable>map(this::outcomeUnknown).orElse(Failures.named(failure));
            request.outcome().completeExceptionally(named);
        }
    }

    /**
     * Deletes a step and answers how large the next one should be: a transaction writes all pages
     * it touches anew, which in a full map only few can be.
     */
    private long delete(String persistenceId, long done, long step) {
        try {
            room.within(true, () -> deleteTo(persistenceId, done + step));
            return step;
        } catch (JournalFull full) {
            if (step <= LEAST_DELETE_STEP) {
                throw full;
            }
            return step / 4;
        }
    }

    private void deleteTo(String persistenceId, long upTo) {
        try (var txn = store.writing()) {
            var batch = new Batch(txn, head, streams, chain);
            batch.delete(persistenceId, upTo);
            finish(txn, batch);
        }
    }

    private void end(Request.Stop stop) {
        if (halted.isEmpty() && streams.pending() > 0) {
            try (var txn = store.writing()) {
                var batch = new Batch(txn, head, streams, chain);
                indexedCommit = Long.MIN_VALUE / 2;
                finish(txn, batch);
            } catch (RuntimeException failure) {
                LOG.warn("index not stored at close, the next start rebuilds it", failure);
            }
        }
        if (halted.isEmpty()) {
            anchor();
        }
        complete(stop, 0);
    }

    private void halt(Throwable failure) {
        if (halted.isEmpty()) {
            LOG.error("journal halted dir={}", settings.directory(), failure);
            halted = Optional.of(failure);
            statistics.halted();
            onHalt.accept(failure);
        }
    }

    private void fail(List<Request> requests) {
        for (var request : requests) {
            request.outcome().completeExceptionally(reason());
        }
    }

    private JournalException reason() {
        return halted.<JournalException>map(this::outcomeUnknown)
                .orElseGet(() -> new JournalUnavailable("closed"));
    }

    private OutcomeUnknown outcomeUnknown(Throwable failure) {
        return new OutcomeUnknown(settings.directory(), failure);
    }

    private void failQueued() {
        var left = new ArrayList<Request>();
        queue.drainTo(left);
        fail(left);
    }
}
