package io.dolim.api.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Small files of secrets, which only their owner may read. */
public final class OwnerOnly {

    private static final long LONGEST = 64 * 1024;
    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE);

    private OwnerOnly() {}

    /**
     * The text of a file.
     *
     * @param name what names it, said in errors
     * @throws IllegalArgumentException when it is no file, too long, or others than its owner may do anything with it
     */
    public static String read(String name, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(name + "=" + file + " must be a file");
        }
        require(name, file);
        if (Files.size(file) > LONGEST) {
            throw new IllegalArgumentException(
                    name + "=" + file + " must be of at most " + LONGEST + " bytes");
        }
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private static void require(String name, Path file) throws IOException {
        Set<PosixFilePermission> granted = EnumSet.noneOf(PosixFilePermission.class);
        granted.addAll(Files.getPosixFilePermissions(file));
        if (!OWNERS.containsAll(granted)) {
            throw new IllegalArgumentException(
                    name
                            + "="
                            + file
                            + " has permissions "
                            + PosixFilePermissions.toString(granted)
                            + " and must be its owner's alone: chmod 600");
        }
    }

    /** Writes a file as a whole or not at all, for its owner alone; it is on disk when this returns. */
    public static void write(Path file, String text) throws IOException {
        Path whole = file.toAbsolutePath();
        Path temporary = whole.resolveSibling(whole.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        Files.createFile(
                temporary,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.ISO_8859_1.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, whole, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(whole.resolveSibling("."))) {
            folder.force(true);
        }
    }
}
