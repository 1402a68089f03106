package io.dolim.persistence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The right to write to a directory: a lock of the operating system on {@code journal.lock}, in
 * which the holder's process id stands. It ends with the process, however that ends.
 *
 * <p>The directories this JVM holds are also kept in memory: on POSIX, closing any second channel
 * of the file would drop the first one's lock, so a second opener in the same JVM must not touch it.
 */
final class DirectoryLock implements AutoCloseable {

    static final String FILE = "journal.lock";
    private static final Set<Path> HELD = new HashSet<>();

    private static final int TRIES = 20;
    private static final long BETWEEN_TRIES_NS = 5_000_000;

    private final Path directory;
    private final Optional<FileChannel> channel;

    private DirectoryLock(Path directory, Optional<FileChannel> channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /** @throws JournalLocked when another holds the directory */
    static DirectoryLock take(Path directory) throws IOException {
        var real = hold(directory);
        try {
            return new DirectoryLock(real, Optional.of(locked(real)));
        } catch (IOException | RuntimeException e) {
            release(real);
            throw e;
        }
    }

    /**
     * The right to open the directory in this JVM for reading, which locks nobody else out: LMDB
     * must be opened once per process and file.
     *
     * @throws JournalLocked when this JVM has it open
     */
    static DirectoryLock reading(Path directory) throws IOException {
        return new DirectoryLock(hold(directory), Optional.empty());
    }

    private static Path hold(Path directory) throws IOException {
        var real = directory.toRealPath();
        synchronized (HELD) {
            if (!HELD.add(real)) {
                throw new JournalLocked(real, OptionalLong.of(ProcessHandle.current().pid()));
            }
        }
        return real;
    }

    /** The directory by its real path. */
    Path directory() {
        return directory;
    }

    /** Process id of another process that writes now, -1 when it is unknown; empty without one. */
    OptionalLong writer() throws IOException {
        var file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return OptionalLong.empty();
        }
        try (var probe = FileChannel.open(file, StandardOpenOption.READ)) {
            var free = probe.tryLock(0, Long.MAX_VALUE, true);
            if (free != null) {
                free.release();
                return OptionalLong.empty();
            }
            return OptionalLong.of(holder(probe).orElse(-1));
        }
    }

    /** Tries for a moment: a reader that only looks whether somebody writes holds it as well. */
    private static boolean lock(FileChannel channel) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return true;
            }
            LockSupport.parkNanos(BETWEEN_TRIES_NS);
        }
        return false;
    }

    private static FileChannel locked(Path directory) throws IOException {
        var channel =
                FileChannel.open(
                        directory.resolve(FILE),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            if (!lock(channel)) {
                throw new JournalLocked(directory, holder(channel));
            }
            channel.truncate(0);
            var pid = "pid=" + ProcessHandle.current().pid() + "\n";
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static OptionalLong holder(FileChannel channel) throws IOException {
        var bytes = ByteBuffer.allocate(32);
        channel.read(bytes, 0);
        var text =
                new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
        return text.matches("pid=\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(text.substring(4)))
                : OptionalLong.empty();
    }

    private static void release(Path directory) {
        synchronized (HELD) {
            HELD.remove(directory);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (channel.isPresent()) {
                channel.get().close();
            }
        } finally {
            release(directory);
        }
    }
}
