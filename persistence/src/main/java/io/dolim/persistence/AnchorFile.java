package io.dolim.persistence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/**
 * The small second file: a header and anchors of 64 bytes, appended and synced. A crash can tear
 * only the last one, which is then as if it had not been written; anything else that does not
 * check is damage. When it is full it is written anew with the last anchor and renamed into place.
 */
final class AnchorFile implements AutoCloseable {

    static final String FILE = "anchor";
    static final int ENTRY_BYTES = 64;
    private static final int MAX_ENTRIES = 16_384;
    private static final byte[] MAGIC = "DOLIMANC".getBytes(StandardCharsets.US_ASCII);

    private final Path directory;
    private final UUID journal;
    private FileChannel channel;
    private int entries;
    private Anchor last;

    private AnchorFile(
            Path directory, UUID journal, FileChannel channel, int entries, Anchor last) {
        this.directory = directory;
        this.journal = journal;
        this.channel = channel;
        this.entries = entries;
        this.last = last;
    }

    /** Makes the file with an anchor at the start of the chain, before there is any data. */
    static AnchorFile create(Path directory, UUID journal) throws IOException {
        return create(directory, journal, new Anchor(0, 0, Chain.start(journal)));
    }

    /** Makes the file with an anchor in data that is on disk already. */
    static AnchorFile create(Path directory, UUID journal, Anchor start) throws IOException {
        return new AnchorFile(directory, journal, fresh(directory, journal, start), 1, start);
    }

    /** What an anchor file says. */
    record Content(UUID journal, int entries, Anchor last) {}

    /** Opens what is there; empty when there is no such file. */
    static Optional<AnchorFile> open(Path directory) throws IOException {
        var content = read(directory);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        var there = content.get();
        var channel = FileChannel.open(directory.resolve(FILE), StandardOpenOption.WRITE);
        channel.truncate((long) ENTRY_BYTES * (there.entries() + 1));
        return Optional.of(
                new AnchorFile(directory, there.journal(), channel, there.entries(), there.last()));
    }

    /** Reads what is there and changes nothing; empty when there is no such file. */
    static Optional<Content> read(Path directory) throws IOException {
        var file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        var journal = header(file, bytes);
        var entries = 0;
        var last = Optional.<Anchor>empty();
        for (int at = ENTRY_BYTES; at + ENTRY_BYTES <= bytes.limit(); at += ENTRY_BYTES) {
            var anchor = entry(file, bytes, at);
            if (anchor.isEmpty()) {
                break;
            }
            last = anchor;
            entries++;
        }
        if (last.isEmpty()) {
            throw new JournalCorrupt(file.toString(), "no anchor that checks");
        }
        return Optional.of(new Content(journal, entries, last.get()));
    }

    private static UUID header(Path file, ByteBuffer bytes) {
        if (bytes.limit() < ENTRY_BYTES) {
            throw new JournalCorrupt(file.toString(), "file of " + bytes.limit() + " bytes");
        }
        var header = new byte[ENTRY_BYTES];
        bytes.get(0, header);
        Checksum.check(file + "/header", MAGIC, header);
        var version = bytes.getInt(4);
        if (version != Format.VERSION) {
            throw new JournalFormatUnsupported(file.toString(), version);
        }
        return new UUID(bytes.getLong(8), bytes.getLong(16));
    }

    /** Empty at a torn last entry. */
    private static Optional<Anchor> entry(Path file, ByteBuffer bytes, int at) {
        var entry = new byte[ENTRY_BYTES];
        bytes.get(at, entry);
        try {
            Checksum.check(file + "/" + at, MAGIC, entry);
        } catch (JournalCorrupt damaged) {
            if (at + 2 * ENTRY_BYTES > bytes.limit()) {
                return Optional.empty();
            }
            throw damaged;
        }
        var chain = new byte[Sha256.BYTES];
        bytes.get(at + 24, chain);
        return Optional.of(
                new Anchor(bytes.getLong(at + 8), bytes.getLong(at + 16), new Sha256(chain)));
    }

    private static byte[] header(UUID journal) {
        var header = ByteBuffer.allocate(ENTRY_BYTES);
        header.putInt(4, Format.VERSION);
        header.putLong(8, journal.getMostSignificantBits());
        header.putLong(16, journal.getLeastSignificantBits());
        Checksum.seal(MAGIC, header.array());
        return header.array();
    }

    private static byte[] entry(Anchor anchor) {
        var entry = ByteBuffer.allocate(ENTRY_BYTES);
        entry.putLong(8, anchor.order());
        entry.putLong(16, anchor.commit());
        entry.put(24, anchor.chain().bytes());
        Checksum.seal(MAGIC, entry.array());
        return entry.array();
    }

    private static FileChannel fresh(Path directory, UUID journal, Anchor anchor)
            throws IOException {
        var temporary = directory.resolve(FILE + ".new");
        var channel =
                FileChannel.open(
                        temporary,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        try {
            write(channel, header(journal), 0);
            write(channel, entry(anchor), ENTRY_BYTES);
            channel.force(true);
            Files.move(temporary, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
            syncDirectory(directory);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Makes names created in the directory durable. */
    static void syncDirectory(Path directory) throws IOException {
        try (var opened = FileChannel.open(directory, StandardOpenOption.READ)) {
            opened.force(true);
        }
    }

    private static void write(FileChannel channel, byte[] bytes, long at) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer, at + buffer.position());
        }
    }

    UUID journal() {
        return journal;
    }

    /** The last anchor that is on disk. */
    Anchor last() {
        return last;
    }

    /** Appends and syncs; the data it speaks of must be on disk already. */
    void append(Anchor anchor) throws IOException {
        if (anchor.equals(last)) {
            return;
        }
        try {
            write(anchor);
        } catch (IOException failure) {
            throw new IOException("file=" + directory.resolve(FILE) + " " + failure, failure);
        }
        last = anchor;
    }

    private void write(Anchor anchor) throws IOException {
        if (entries >= MAX_ENTRIES) {
            var anew = fresh(directory, journal, anchor);
            channel.close();
            channel = anew;
            entries = 1;
        } else {
            write(channel, entry(anchor), (long) ENTRY_BYTES * (entries + 1));
            channel.force(true);
            entries++;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
