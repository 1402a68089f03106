package io.dolim.persistence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;

/** Whole copies of a journal: hot backups, and the file written anew without its free pages. */
public final class JournalCopies {

    private static final String ROOM = "compact.new";

    private JournalCopies() {}

    /**
     * A copy that was made.
     *
     * @param order order number of its last row
     * @param commit number of its last commit
     * @param chain chain hash after it
     * @param fromBytes length of the data file it was made from
     * @param bytes length of its own
     */
    public record Copied(long order, long commit, String chain, long fromBytes, long bytes) {}

    /**
     * Copies the last commit of a journal, also while another process writes to it, into a
     * directory that is not there or empty, and checks the copy from the first row to the last. It
     * is equal to the original at that commit and can be opened in its place.
     *
     * @throws JournalCorrupt when the copy is not sound; it is left for a look at it
     */
    public static Copied copy(Path from, Path to, Progress progress) throws IOException {
        var source = from.toAbsolutePath().normalize();
        var target = empty(to.toAbsolutePath().normalize());
        try (var reader = JournalReader.open(source, progress)) {
            var anchor = AnchorFile.read(source);
            reader.store().copy(target, false);
            sync(LmdbStore.dataFile(target));
            var known = anchor.map(AnchorFile.Content::last);
            return switch (FileCheck.of(LmdbStore.dataFile(target), known, progress)) {
                case FileCheck.Empty empty ->
                        throw new JournalCorrupt(target.toString(), "the copy holds no commit");
                case FileCheck.Sound sound -> {
                    anchored(target, sound.format(), sound.head());
                    yield copied(source, target, sound.head());
                }
            };
        }
    }

    private static Copied copied(Path source, Path target, Head head) throws IOException {
        return new Copied(
                head.order(),
                head.commit(),
                head.chain().toString(),
                Files.size(LmdbStore.dataFile(source)),
                Files.size(LmdbStore.dataFile(target)));
    }

    static void anchored(Path directory, Format format, Head head) throws IOException {
        AnchorFile.create(directory, format.journal(), head.anchor()).close();
    }

    static void sync(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** @throws JournalUnavailable when something is there */
    static Path empty(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (var files = Files.list(directory)) {
            if (files.findAny().isPresent()) {
                throw new JournalUnavailable("dir=" + directory + " is not empty");
            }
        }
        return directory;
    }

    /**
     * Writes a stopped journal's file anew without its free pages. The new file is checked and
     * takes the old one's place in one step; the old anchors hold in it.
     *
     * @throws JournalLocked when somebody writes to it
     * @throws JournalCorrupt when it is damaged; nothing is changed
     */
    public static Copied compact(Path directory, Progress progress) throws IOException {
        var source = directory.toAbsolutePath().normalize();
        if (!Files.exists(LmdbStore.dataFile(source))) {
            throw new JournalUnavailable("dir=" + source + " holds no journal");
        }
        try (var lock = DirectoryLock.take(source)) {
            return anew(lock.directory(), progress);
        }
    }

    private static Copied anew(Path source, Progress progress) throws IOException {
        var sound = JournalVerifier.checkStopped(source, progress);
        var room = source.resolve(ROOM);
        clear(room);
        empty(room);
        try (var store = LmdbStore.openReadOnly(source, true)) {
            store.copy(room, true);
        }
        var head = ownCommit(room, sound.head());
        sync(LmdbStore.dataFile(room));
        anchored(room, sound.format(), head);
        JournalVerifier.checkStopped(room, progress);
        var copied = copied(source, room, head);
        Files.move(
                LmdbStore.dataFile(room),
                LmdbStore.dataFile(source),
                StandardCopyOption.ATOMIC_MOVE);
        AnchorFile.syncDirectory(source);
        clear(room);
        return copied;
    }

    /** A compact copy counts its transactions anew, so it must end with a commit of its own. */
    static Head ownCommit(Path directory, Head before) {
        try (var store = LmdbStore.openToRepair(directory).withTables();
                var txn = store.writing()) {
            var head =
                    new Batch(txn, before, new Streams(), new Chain(before.chain()))
                            .seal(System.currentTimeMillis());
            txn.commit();
            return head;
        }
    }

    private static void clear(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
