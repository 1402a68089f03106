package io.dolim.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the whole data file before it is mapped and follows it from the first row to the head:
 * pages, checksums, order numbers without a gap, the chain, and the anchor.
 */
final class FileCheck {

    /** What a directory holds. */
    sealed interface Finding {}

    /** Nothing was ever committed. */
    record Empty() implements Finding {}

    /** A sound journal that ends at {@code head}. */
    record Sound(Format format, Head head) implements Finding {}

    private final Path file;
    private final Optional<Anchor> anchor;
    private long walked;
    private long order;
    private long commits;
    private boolean anchored;
    private Optional<Format> format = Optional.empty();
    private Optional<Head> head = Optional.empty();

    private FileCheck(Path file, Optional<Anchor> anchor) {
        this.file = file;
        this.anchor = anchor;
    }

    /**
     * @param anchor the last anchor on disk; empty when there is no anchor file
     * @throws JournalCorrupt naming the place
     * @throws JournalFormatUnsupported when the file is of another version
     */
    static Finding of(Path file, Optional<Anchor> anchor) throws IOException {
        return of(file, anchor, (done, all) -> {});
    }

    /** The same, saying how far it is in pages. */
    static Finding of(Path file, Optional<Anchor> anchor, Progress progress) throws IOException {
        var reached = anchor.isPresent() && anchor.get().order() > 0;
        if (!Files.exists(file) || Files.size(file) == 0) {
            if (reached) {
                throw new JournalCorrupt(
                        file.toString(), "absent, yet the anchor says " + anchor.get());
            }
            return new Empty();
        }
        try (var walk = PageWalk.open(file)) {
            if (walk.transaction() == 0 && !reached) {
                return new Empty();
            }
            walk.reporting(progress);
            return new FileCheck(file, anchor).follow(walk);
        }
    }

    /** The same of a snapshot that a reader holds. */
    static Sound of(Path file, Optional<Anchor> anchor, PageWalk walk) throws IOException {
        return new FileCheck(file, anchor).follow(walk);
    }

    private Sound follow(PageWalk walk) throws IOException {
        var trees = trees(walk);
        walk.table(Table.STORE.stored(), tree(trees, Table.STORE), this::storeRow);
        var found = format.orElseThrow(() -> new JournalCorrupt(file + " store", "no format row"));
        var chain = new Chain(Chain.start(found.journal()));
        try (var rows = new RowChecks((at, row) -> checked(chain, at, row))) {
            walk.table(
                    Table.LOG.stored(),
                    tree(trees, Table.LOG),
                    (key, value) -> logRow(rows, key, value));
            rows.finish();
        }
        for (var table : Table.values()) {
            if (table != Table.STORE && table != Table.LOG) {
                walk.table(
                        table.stored(),
                        tree(trees, table),
                        (key, value) -> Checksum.check(file + " " + table.stored(), key, value));
            }
        }
        walk.freePages();
        return new Sound(found, ended(walk));
    }

    private Map<Table, MetaPage.Tree> trees(PageWalk walk) throws IOException {
        var trees = new EnumMap<Table, MetaPage.Tree>(Table.class);
        for (var named : walk.tables().entrySet()) {
            var table = Table.named(named.getKey());
            if (table.isEmpty()) {
                throw new JournalCorrupt(file + " main", "unknown table " + named.getKey());
            }
            trees.put(table.get(), named.getValue());
        }
        return trees;
    }

    private MetaPage.Tree tree(Map<Table, MetaPage.Tree> trees, Table table) {
        var tree = trees.get(table);
        if (tree == null) {
            throw new JournalCorrupt(file + " main", "no table " + table.stored());
        }
        return tree;
    }

    private void storeRow(byte[] key, byte[] value) {
        if (java.util.Arrays.equals(key, Format.key())) {
            format = Optional.of(Format.of(file.toString(), value));
        } else {
            Checksum.check(file + " store", key, value);
        }
    }

    private void logRow(RowChecks rows, byte[] key, byte[] value) {
        walked++;
        if (key.length != 8 || Format.order(key) != walked) {
            throw new JournalCorrupt(file + " log/" + walked, "row is missing");
        }
        rows.add(walked, value);
    }

    private void checked(Chain chain, long at, RowChecks.Checked row) {
        order = at;
        switch (row) {
            case RowChecks.Hashed(var hash) -> chain.add(hash);
            case RowChecks.End(var commit) -> endOfCommit(chain, commit);
        }
    }

    private void endOfCommit(Chain chain, LogRow.Commit stored) {
        commits++;
        var computed = chain.end(commits, stored.transaction(), stored.timeMs());
        if (!computed.equals(stored)) {
            throw new JournalCorrupt(
                    file + " log/" + order,
                    "chain broken: stored=" + stored + " computed=" + computed);
        }
        chain.begin(stored.chain());
        head = Optional.of(new Head(order, commits, stored.transaction(), stored.chain()));
        anchor.ifPresent(
                known -> {
                    if (known.order() == order) {
                        anchored = known.equals(head.get().anchor());
                    }
                });
    }

    private Head ended(PageWalk walk) {
        var end = head.orElseThrow(() -> new JournalCorrupt(file + " log", "no commit"));
        if (end.order() != order) {
            throw new JournalCorrupt(file + " log/" + order, "the last row ends no commit");
        }
        if (end.transaction() != walk.transaction()) {
            throw new JournalCorrupt(
                    file + " log/" + order,
                    "older than the file: commit of transaction %d, meta page of transaction %d"
                            .formatted(end.transaction(), walk.transaction()));
        }
        var known =
                anchor.orElseThrow(
                        () -> new JournalCorrupt(file + "", "the anchor file is missing"));
        if (known.order() > end.order()) {
            throw new JournalCorrupt(
                    file + " log/" + order, "older than the anchor: " + known + " head=" + end);
        }
        if (known.order() > 0 && !anchored) {
            throw new JournalCorrupt(
                    file + " log/" + known.order(), "another history than the anchor's: " + known);
        }
        return end;
    }
}
