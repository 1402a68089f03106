package io.dolim.persistence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Walks every page of an LMDB 0.9 data file by plain reads, before anybody maps it: a page that is
 * missing or makes no sense is an exception here and a signal that kills the process there.
 *
 * <p>It holds the file to LMDB's own rules: both meta pages check and follow each other, every page
 * is used once or free once, keys rise over the whole tree and agree with the branches above them,
 * and the counters of each tree are true. What the rows mean is the visitor's business. Not
 * thread-safe.
 */
final class PageWalk implements AutoCloseable {

    /** Sees each row in the order of its table; may throw {@link JournalCorrupt}. */
    interface Visitor {
        void row(byte[] key, byte[] value);
    }

    private static final int HEADER = 16;
    private static final int NODE = 8;
    private static final int BRANCH_PAGE = 0x01;
    private static final int LEAF_PAGE = 0x02;
    private static final int OVERFLOW_PAGE = 0x04;
    private static final int BIG_DATA = 0x01;
    private static final int SUB_DATA = 0x02;
    private static final int MAX_DEPTH = 32;

    private final Path file;
    private final FileChannel channel;
    private final MetaPage meta;
    private final BitSet used = new BitSet();
    private final BitSet free = new BitSet();
    private final List<ByteBuffer> buffers = new ArrayList<>();
    private Progress progress = (done, all) -> {};
    private long pagesRead;

    private PageWalk(Path file, FileChannel channel, MetaPage meta) {
        this.file = file;
        this.channel = channel;
        this.meta = meta;
    }

    /** @throws JournalCorrupt when the meta pages do not check */
    static PageWalk open(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new PageWalk(file, channel, MetaPage.newest(file, channel));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Walks what a reader holds while others write; empty when the transaction's meta page is gone
     * already.
     */
    static Optional<PageWalk> open(Path file, long transaction) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            var meta = MetaPage.of(file, channel, transaction);
            if (meta.isEmpty()) {
                channel.close();
            }
            return meta.map(page -> new PageWalk(file, channel, page));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Says from now on how many pages are read, of how many. */
    void reporting(Progress listener) {
        progress = listener;
    }

    /** LMDB's number of the last transaction; zero in a file that nobody has written to. */
    long transaction() {
        return meta.transaction();
    }

    /** The named tables of the file, by name; marks the pages of the main tree. */
    SequencedMap<String, MetaPage.Tree> tables() throws IOException {
        used.set(0, 2);
        var tables = new TreeMap<String, MetaPage.Tree>();
        new TreeWalk("main", meta.main(), Kind.MAIN)
                .walk(
                        (name, value) -> {
                            var at = ByteBuffer.wrap(value).order(ByteOrder.nativeOrder());
                            var table = new String(name, StandardCharsets.US_ASCII);
                            if (at.getInt(0) != 0 || at.getShort(4) != 0) {
                                throw corrupt(table, "flags of an unknown kind of table");
                            }
                            tables.put(table, MetaPage.Tree.of(at, 0));
                        });
        return tables;
    }

    /** Walks one table. */
    void table(String name, MetaPage.Tree tree, Visitor visitor) throws IOException {
        new TreeWalk(name, tree, Kind.TABLE).walk(visitor);
    }

    /** After all tables: every page is in a tree or in the list of free pages, and once only. */
    void freePages() throws IOException {
        new TreeWalk("free", meta.free(), Kind.FREE).walk(this::freeRow);
        for (long page = 2; page <= meta.lastPage(); page++) {
            if (!used.get((int) page) && !free.get((int) page)) {
                throw corrupt("page " + page, "neither used nor free");
            }
        }
    }

    private void freeRow(byte[] key, byte[] value) {
        var transaction = number(key);
        var ids = ByteBuffer.wrap(value).order(ByteOrder.nativeOrder());
        var count = value.length < 8 ? -1 : ids.getLong(0);
        var place = "free list of transaction " + transaction;
        if (transaction > meta.transaction() || count < 0 || count > value.length / 8 - 1) {
            throw corrupt(place, "count=" + count + " bytes=" + value.length);
        }
        for (int i = 1; i <= count; i++) {
            var page = ids.getLong(8 * i);
            if (page < 2 || page > meta.lastPage() || free.get((int) page)) {
                throw corrupt(place, "page " + page + " out of range or free twice");
            }
            if (used.get((int) page)) {
                throw corrupt(place, "page " + page + " is in use");
            }
            free.set((int) page);
        }
    }

    private static long number(byte[] key) {
        return ByteBuffer.wrap(key).order(ByteOrder.nativeOrder()).getLong();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private JournalCorrupt corrupt(String place, String finding) {
        return new JournalCorrupt(file + " " + place, finding);
    }

    private ByteBuffer buffer(int level) {
        while (buffers.size() <= level) {
            buffers.add(ByteBuffer.allocateDirect(meta.pageBytes()).order(ByteOrder.nativeOrder()));
        }
        return buffers.get(level);
    }

    /** Reads {@code pages} pages from {@code page} on and marks them used. */
    private void read(String place, long page, long pages, ByteBuffer into) throws IOException {
        if (page < 2 || pages < 1 || page + pages - 1 > meta.lastPage()) {
            throw corrupt(place, "outside the file's pages: last=" + meta.lastPage());
        }
        for (long p = page; p < page + pages; p++) {
            if (used.get((int) p)) {
                throw corrupt(place, "page " + p + " is used twice");
            }
            used.set((int) p);
        }
        pagesRead += pages;
        progress.at(pagesRead, meta.lastPage() + 1);
        into.clear();
        MetaPage.fill(file, channel, into, page * meta.pageBytes(), place);
        if (into.getLong(0) != page) {
            throw corrupt(place, "calls itself page " + into.getLong(0));
        }
    }

    /** What a tree's rows are: named tables, the journal's rows, or lists of free pages. */
    private enum Kind {
        MAIN,
        TABLE,
        FREE
    }

    /** The walk over one tree. */
    private final class TreeWalk {
        private final String name;
        private final MetaPage.Tree tree;
        private final Kind kind;
        private long branches;
        private long leaves;
        private long overflows;
        private long entries;
        private byte[] previous = {};
        private byte[] least = {};

        TreeWalk(String name, MetaPage.Tree tree, Kind kind) {
            this.name = name;
            this.tree = tree;
            this.kind = kind;
        }

        void walk(Visitor visitor) throws IOException {
            if (tree.root() != -1) {
                if (tree.depth() < 1 || tree.depth() > MAX_DEPTH) {
                    throw corrupt(name, "depth=" + tree.depth());
                }
                page(tree.root(), 1, visitor);
            }
            var counted =
                    new MetaPage.Tree(
                            tree.depth(), branches, leaves, overflows, entries, tree.root());
            if (!counted.equals(tree)) {
                throw corrupt(name, "says " + tree + " but has " + counted);
            }
        }

        private void page(long number, int level, Visitor visitor) throws IOException {
            var place = "page " + number + " (" + name + ")";
            var page = buffer(level);
            read(place, number, 1, page);
            var leaf = level == tree.depth();
            int flags = page.getShort(10) & 0xffff;
            if (flags != (leaf ? LEAF_PAGE : BRANCH_PAGE)) {
                throw corrupt(place, "flags=%#x at level %d".formatted(flags, level));
            }
            int lower = page.getShort(12) & 0xffff;
            int upper = page.getShort(14) & 0xffff;
            if (lower < HEADER + 2 || lower > upper || upper > meta.pageBytes() || lower % 2 != 0) {
                throw corrupt(place, "lower=" + lower + " upper=" + upper);
            }
            var nodes = (lower - HEADER) / 2;
            if (leaf) {
                leaves++;
            } else {
                branches++;
            }
            for (int i = 0; i < nodes; i++) {
                int at = page.getShort(HEADER + 2 * i) & 0xffff;
                if (at < upper || at + NODE > meta.pageBytes()) {
                    throw corrupt(place, "node " + i + " at " + at);
                }
                if (leaf) {
                    leafNode(place, page, at, visitor);
                } else {
                    branchNode(place, page, at, i, level, visitor);
                }
            }
        }

        private void branchNode(
                String place, ByteBuffer page, int at, int i, int level, Visitor visitor)
                throws IOException {
            if (i > 0) {
                least = key(place, page, at);
                if (compare(previous, least) >= 0) {
                    throw corrupt(place, "node " + i + " separates keys that are not below it");
                }
            }
            var child = (page.getInt(at) & 0xffff_ffffL) | (page.getShort(at + 4) & 0xffffL) << 32;
            page(child, level + 1, visitor);
        }

        private void leafNode(String place, ByteBuffer page, int at, Visitor visitor)
                throws IOException {
            var key = key(place, page, at);
            if (compare(previous, key) >= 0 || compare(least, key) > 0) {
                throw corrupt(place, "keys do not rise at node " + at);
            }
            previous = key;
            entries++;
            visitor.row(key, value(place, page, at, NODE + key.length));
        }

        private byte[] key(String place, ByteBuffer page, int at) {
            int length = page.getShort(at + 6) & 0xffff;
            if (length == 0 || at + NODE + length > meta.pageBytes()) {
                throw corrupt(place, "key of " + length + " bytes at " + at);
            }
            if (kind == Kind.FREE && length != 8) {
                throw corrupt(place, "free list key of " + length + " bytes");
            }
            return bytes(page, at + NODE, length);
        }

        private byte[] value(String place, ByteBuffer page, int at, int offset) throws IOException {
            long length = page.getInt(at) & 0xffff_ffffL;
            int flags = page.getShort(at + 4) & 0xffff;
            var holdsTrees = kind == Kind.MAIN;
            int wanted = holdsTrees ? SUB_DATA : flags & BIG_DATA;
            if (flags != wanted || (holdsTrees && length != MetaPage.Tree.BYTES)) {
                throw corrupt(place, "node at %d has flags=%#x".formatted(at, flags));
            }
            var inPage = flags == BIG_DATA ? 8 : length;
            if (at + offset + inPage > meta.pageBytes()) {
                throw corrupt(place, "value of " + length + " bytes at " + at);
            }
            return flags == BIG_DATA
                    ? overflow(place, page.getLong(at + offset), length)
                    : bytes(page, at + offset, (int) length);
        }

        private byte[] overflow(String place, long first, long length) throws IOException {
            var there = place + " overflow page " + first;
            var pages = (HEADER + length + meta.pageBytes() - 1) / meta.pageBytes();
            if (pages * meta.pageBytes() > Integer.MAX_VALUE || pages > meta.lastPage()) {
                throw corrupt(there, "value of " + length + " bytes");
            }
            var run =
                    ByteBuffer.allocate((int) pages * meta.pageBytes())
                            .order(ByteOrder.nativeOrder());
            read(there, first, pages, run);
            if ((run.getShort(10) & 0xffff) != OVERFLOW_PAGE || run.getInt(12) != pages) {
                throw corrupt(
                        there,
                        "flags=%#x pages=%d wanted=%d"
                                .formatted(run.getShort(10), run.getInt(12), pages));
            }
            overflows += pages;
            return bytes(run, HEADER, (int) length);
        }

        private int compare(byte[] left, byte[] right) {
            if (left.length == 0 || right.length == 0) {
                return Integer.compare(left.length, right.length);
            }
            return kind == Kind.FREE
                    ? Long.compareUnsigned(number(left), number(right))
                    : Arrays.compareUnsigned(left, right);
        }
    }

    private static byte[] bytes(ByteBuffer from, int at, int length) {
        var bytes = new byte[length];
        from.get(at, bytes);
        return bytes;
    }
}
