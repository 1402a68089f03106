package io.dolim.persistence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The right to write to a directory: a lock of the operating system on {@code journal.lock}, in
 * which the holder's process id stands. It ends with the process, however that ends.
 *
 * <p>The directories this JVM holds are also kept in memory: on POSIX, closing any second channel
 * of the file would drop the first one's lock, so a second opener in the same JVM must not touch it.
 */
final class DirectoryLock implements AutoCloseable {

    private static final String FILE = "journal.lock";
    private static final Set<Path> HELD = new HashSet<>();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /** @throws JournalLocked when another holds the directory */
    static DirectoryLock take(Path directory) throws IOException {
        var real = directory.toRealPath();
        synchronized (HELD) {
            if (!HELD.add(real)) {
                throw new JournalLocked(real, OptionalLong.of(ProcessHandle.current().pid()));
            }
        }
        try {
            return new DirectoryLock(real, locked(real));
        } catch (IOException | RuntimeException e) {
            release(real);
            throw e;
        }
    }

    private static FileChannel locked(Path directory) throws IOException {
        var channel =
                FileChannel.open(
                        directory.resolve(FILE),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
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
            channel.close();
        } finally {
            release(directory);
        }
    }
}
