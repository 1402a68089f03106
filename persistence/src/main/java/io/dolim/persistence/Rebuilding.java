package io.dolim.persistence;

import java.util.ArrayList;
import java.util.List;

/** A journal in the making from rows in their order. */
final class Rebuilding {

    private final LmdbStore store;
    private final JournalText.Chain mode;
    private final Chain chain;
    private final Streams streams = new Streams();
    private final List<byte[]> pending = new ArrayList<>();
    private Head head;
    private long order;
    private int commitsPending;
    private boolean created;
    private final Format format;

    Rebuilding(LmdbStore store, Format format, JournalText.Chain mode) {
        this.store = store;
        this.format = format;
        this.mode = mode;
        var start = Chain.start(format.journal());
        this.chain = new Chain(start);
        this.head = new Head(0, 0, 0, start);
    }

    void row(long line, long number, LogRow row) {
        order++;
        if (number != order) {
            throw new JournalCorrupt("line " + line, "order " + number + " wanted " + order);
        }
        switch (row) {
            case LogRow.Event event -> chain.add(chain.hash(sealed(event)));
            case LogRow.Deletion deletion -> chain.add(chain.hash(sealed(deletion)));
            case LogRow.Deleted deleted -> {
                chain.add(deleted.removed());
                sealed(deleted);
            }
            case LogRow.Commit commit -> commit(line, commit);
        }
    }

    private byte[] sealed(LogRow row) {
        var bytes = row.unsealed();
        Checksum.seal(Format.order(order), bytes);
        pending.add(bytes);
        return bytes;
    }

    private void commit(long line, LogRow.Commit stored) {
        var computed = chain.end(head.commit() + 1, stored.transaction(), stored.timeMs());
        if (mode == JournalText.Chain.SAME && !computed.equals(stored)) {
            throw new JournalCorrupt(
                    "line " + line, "chain broken: text=" + stored + " computed=" + computed);
        }
        sealed(computed);
        head = new Head(order, computed.number(), computed.transaction(), computed.chain());
        chain.begin(head.chain());
        commitsPending++;
    }

    int commitsPending() {
        return commitsPending;
    }

    /** Writes the rows since the last time and their index; the last of them ends a commit. */
    void flush() {
        try (var txn = created ? store.writing() : store.creating()) {
            if (!created) {
                txn.put(Table.STORE, Format.key(), format.row());
            }
            var at = order - pending.size();
            for (var row : pending) {
                at++;
                txn.append(Table.LOG, Format.order(at), row);
                Reader.learn(streams, at, row);
            }
            streams.store(txn);
            txn.put(Table.STORE, Format.indexedKey(), Format.indexedRow(order));
            txn.commit();
        }
        streams.stored();
        created = true;
        pending.clear();
        commitsPending = 0;
    }

    void end(long line, long rows, Sha256 textChain) {
        if (rows != order || head.order() != order) {
            throw new JournalCorrupt(
                    "line " + line,
                    "rows=%d found=%d last commit=%d".formatted(rows, order, head.order()));
        }
        if (mode == JournalText.Chain.SAME && !textChain.equals(head.chain())) {
            throw new JournalCorrupt("line " + line, "ends in another chain");
        }
        flush();
    }

    /** Where the text ends. */
    Head head() {
        return head;
    }
}
