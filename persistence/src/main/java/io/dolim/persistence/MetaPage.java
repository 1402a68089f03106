package io.dolim.persistence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What one of LMDB's two meta pages says. Commits write them in turn, so that the even numbered
 * transactions stand in the first and the odd ones in the second, one apart.
 *
 * @param transaction number of the transaction that wrote it
 * @param pageBytes size of a page
 * @param lastPage the highest page in use
 * @param free the tree of free pages
 * @param main the tree of named tables
 */
record MetaPage(long transaction, int pageBytes, long lastPage, Tree free, Tree main) {

    private static final int MAGIC = 0xBEEFC0DE;
    private static final int DATA_VERSION = 1;
    private static final int META_PAGE = 0x08;
    private static final int INTEGER_KEYS = 0x08;
    private static final int MIN_BYTES = 152;

    /** A tree's own record; {@code root} is -1 when it is empty. */
    record Tree(int depth, long branches, long leaves, long overflows, long entries, long root) {

        static final int BYTES = 48;

        static Tree of(ByteBuffer from, int at) {
            return new Tree(
                    from.getShort(at + 6) & 0xffff,
                    from.getLong(at + 8),
                    from.getLong(at + 16),
                    from.getLong(at + 24),
                    from.getLong(at + 32),
                    from.getLong(at + 40));
        }
    }

    /** The page LMDB would believe, when both check. */
    static MetaPage newest(Path file, FileChannel channel) throws IOException {
        var first = read(file, channel, 0, 0);
        var second = read(file, channel, 1, first.pageBytes);
        var even = first.transaction;
        var odd = second.transaction;
        if (even % 2 != 0 || (odd % 2 != 1 && odd != 0) || Math.abs(even - odd) > 1) {
            throw new JournalCorrupt(
                    file + " meta pages",
                    "transactions %d and %d do not follow each other".formatted(even, odd));
        }
        return even > odd ? first : second;
    }

    /** The page of a transaction that a reader holds while others write; empty when it is gone. */
    static Optional<MetaPage> of(Path file, FileChannel channel, long transaction)
            throws IOException {
        var page = read(file, channel, 0, 0);
        if (page.transaction != transaction) {
            page = read(file, channel, 1, page.pageBytes);
        }
        return page.transaction == transaction ? Optional.of(page) : Optional.empty();
    }

    private static MetaPage read(Path file, FileChannel channel, int number, int pageBytes)
            throws IOException {
        var place = "meta page " + number;
        var page = ByteBuffer.allocate(MIN_BYTES).order(ByteOrder.nativeOrder());
        fill(file, channel, page, (long) number * pageBytes, place);
        require(file, place, "page number", page.getLong(0), number);
        require(file, place, "page flags", page.getShort(10) & 0xffff, META_PAGE);
        require(file, place, "magic", page.getInt(16), MAGIC);
        require(file, place, "data version", page.getInt(20), DATA_VERSION);
        require(file, place, "tree flags", page.getShort(44) & 0xffff, INTEGER_KEYS);
        require(file, place, "main flags", page.getShort(92) & 0xffff, 0);
        var size = page.getInt(40);
        if (Integer.bitCount(size) != 1 || size < 512 || size > 65_536) {
            throw new JournalCorrupt(file + " " + place, "page size=" + size);
        }
        if (number > 0) {
            require(file, place, "page size", size, pageBytes);
        }
        var lastPage = page.getLong(136);
        if (lastPage < 1 || lastPage >= Integer.MAX_VALUE) {
            throw new JournalCorrupt(file + " " + place, "last page=" + lastPage);
        }
        return new MetaPage(
                page.getLong(144), size, lastPage, Tree.of(page, 40), Tree.of(page, 88));
    }

    private static void require(Path file, String place, String what, long found, long wanted) {
        if (found != wanted) {
            throw new JournalCorrupt(
                    file + " " + place, "%s=%d wanted=%d".formatted(what, found, wanted));
        }
    }

    /** Fills the buffer from {@code at} on; a file that ends before is truncated. */
    static void fill(Path file, FileChannel channel, ByteBuffer into, long at, String place)
            throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into, at + into.position()) < 0) {
                throw new JournalCorrupt(
                        file + " " + place,
                        "truncated: the file ends at byte %d, wanted through %d"
                                .formatted(channel.size(), at + into.limit()));
            }
        }
    }
}
