package io.dolim.persistence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Checks and hashes rows of the log beside the thread that reads them, and gives them to a follower
 * in their order. Reading waits while too much is under way. Used by one thread.
 */
final class RowChecks implements AutoCloseable {

    /** What is known of a row that is sound. */
    sealed interface Checked {}

    /** A row with its hash in the chain. */
    record Hashed(Sha256 hash) implements Checked {}

    /** The end of a commit. */
    record End(LogRow.Commit commit) implements Checked {}

    /** Hears every row once, in order, on the thread that reads. */
    interface Follower {
        void row(long order, Checked row);
    }

    private static final int CHUNK_ROWS = 512;
    private static final long CHUNK_BYTES = 1 << 20;
    private static final int CHUNKS_UNDER_WAY = 8;

    private record Chunk(long first, Future<List<Checked>> checked) {}

    private final Follower follower;
    private final ExecutorService workers;
    private final Queue<Chunk> underWay = new ArrayDeque<>();
    private List<byte[]> rows = new ArrayList<>();
    private long first = 1;
    private long bytes;

    RowChecks(Follower follower) {
        this.follower = follower;
        // whoever reads has a core of its own
        var others = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        this.workers =
                Executors.newFixedThreadPool(
                        others,
                        task ->
                                Thread.ofPlatform()
                                        .name("dolim-journal-check")
                                        .daemon(true)
                                        .unstarted(task));
    }

    /** The next row; order numbers follow each other. */
    void add(long order, byte[] row) {
        if (rows.isEmpty()) {
            first = order;
        }
        rows.add(row);
        bytes += row.length;
        if (rows.size() >= CHUNK_ROWS || bytes >= CHUNK_BYTES) {
            handOver();
        }
    }

    private void handOver() {
        while (underWay.size() >= CHUNKS_UNDER_WAY) {
            follow(underWay.remove());
        }
        var chunk = rows;
        var from = first;
        underWay.add(new Chunk(from, workers.submit(() -> checked(from, chunk))));
        rows = new ArrayList<>();
        bytes = 0;
    }

    /** Waits for all rows; throws what the first unsound one is. */
    void finish() {
        if (!rows.isEmpty()) {
            handOver();
        }
        while (!underWay.isEmpty()) {
            follow(underWay.remove());
        }
    }

    private void follow(Chunk chunk) {
        var at = chunk.first();
        for (var row : result(chunk.checked())) {
            follower.row(at, row);
            at++;
        }
    }

    private static List<Checked> result(Future<List<Checked>> chunk) {
        try {
            return chunk.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof JournalException unsound) {
                throw unsound;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the check was interrupted");
        }
    }

    private static List<Checked> checked(long first, List<byte[]> rows) {
        var digest = Sha256.digest();
        var checked = new ArrayList<Checked>(rows.size());
        var order = first;
        for (var row : rows) {
            checked.add(
                    switch (LogRow.of(order, row)) {
                        case LogRow.Event event -> new Hashed(new Sha256(digest.digest(row)));
                        case LogRow.Deletion deletion -> new Hashed(new Sha256(digest.digest(row)));
                        case LogRow.Deleted deleted -> new Hashed(deleted.removed());
                        case LogRow.Commit commit -> new End(commit);
                    });
            order++;
        }
        return checked;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
