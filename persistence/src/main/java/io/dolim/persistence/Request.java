package io.dolim.persistence;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What waits for the writer thread; each is completed exactly once. */
sealed interface Request {

    CompletableFuture<?> outcome();

    /** Whether it is still taken when others are refused for want of room. */
    boolean essential();

    /** An estimate of what the request adds to the file. */
    default long bytes() {
        return 0;
    }

    /** An event in the form it is stored in, but for checksum and order number. */
    final class Entry {
        private final String persistenceId;
        private final long sequence;
        private final List<String> tags;
        private final byte[] row;

        private Entry(LogRow.Event event) {
            this.persistenceId = event.persistenceId();
            this.sequence = event.sequence();
            this.tags = event.tags();
            this.row = event.unsealed();
        }

        static Entry of(LogRow.Event event) {
            return new Entry(event);
        }

        String persistenceId() {
            return persistenceId;
        }

        long sequence() {
            return sequence;
        }

        List<String> tags() {
            return tags;
        }

        /** See {@link LogRow#unsealed}; the writer seals it in place. */
        byte[] row() {
            return row;
        }
    }

    /** All of the entries or none; answers the order number of the last. */
    record Append(List<Entry> entries, boolean essential, CompletableFuture<Long> outcome)
            implements Request {
        @Override
        public long bytes() {
            return entries.stream().mapToLong(entry -> entry.row().length).sum();
        }
    }

    /** Answers once everything asked for before is committed. */
    record Highest(String persistenceId, CompletableFuture<Long> outcome) implements Request {
        @Override
        public boolean essential() {
            return true;
        }
    }

    /** Makes room, so it is essential. */
    record Delete(String persistenceId, long upTo, CompletableFuture<Void> outcome)
            implements Request {
        @Override
        public boolean essential() {
            return true;
        }
    }

    record Save(Snapshot snapshot, CompletableFuture<Void> outcome) implements Request {
        @Override
        public long bytes() {
            return snapshot.state().bytes().length;
        }

        @Override
        public boolean essential() {
            return false;
        }
    }

    /** Makes room, so it is essential. */
    record Forget(SnapshotRange range, CompletableFuture<Void> outcome) implements Request {
        @Override
        public boolean essential() {
            return true;
        }
    }

    /** The last one: stores the index and ends the thread. */
    record Stop(CompletableFuture<Void> outcome) implements Request {
        @Override
        public boolean essential() {
            return true;
        }
    }
}
