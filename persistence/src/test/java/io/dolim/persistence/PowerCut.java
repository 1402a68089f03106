package io.dolim.persistence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Makes of a killed process a lost power supply: of the writes that the record has behind the last
 * sync of their file, chance decides which reached the disk.
 */
final class PowerCut {

    /** A write behind the last sync of its file. */
    private static final class Write {
        private final long at;
        private final byte[] old;
        private final byte[] anew;
        private final boolean through;

        Write(long at, byte[] old, byte[] anew, boolean through) {
            this.at = at;
            this.old = old;
            this.anew = anew;
            this.through = through;
        }
    }

    private static final int KIND_AND_FILE = 1 + 8;
    private static final int PLACE_AND_LENGTHS = 3 * 8;

    private PowerCut() {}

    /** Answers how many writes were undone. */
    static int of(Path record, Path directory, SplittableRandom random) throws IOException {
        var unsynced = unsynced(record);
        var undone = 0;
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                var writes = unsynced.get((Long) Files.getAttribute(file, "unix:ino"));
                if (writes != null) {
                    undone += cut(file, writes, random);
                }
            }
        }
        Files.delete(record);
        return undone;
    }

    private static int cut(Path file, List<Write> writes, SplittableRandom random)
            throws IOException {
        var undone = 0;
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (var write : writes.reversed()) {
                // behind the file's old end there are zeros, or whatever a file system leaves
                channel.write(ByteBuffer.wrap(new byte[write.anew.length]), write.at);
                channel.write(ByteBuffer.wrap(write.old), write.at);
            }
            for (var write : writes) {
                if (write.through || random.nextBoolean()) {
                    channel.write(ByteBuffer.wrap(write.anew), write.at);
                } else {
                    undone++;
                }
            }
        }
        return undone;
    }

    /** The record of a write ends before the write begins: one that is cut short belongs to none. */
    private static Map<Long, List<Write>> unsynced(Path record) throws IOException {
        var writes = new HashMap<Long, List<Write>>();
        var in = ByteBuffer.wrap(Files.readAllBytes(record)).order(ByteOrder.nativeOrder());
        while (in.remaining() >= KIND_AND_FILE) {
            var kind = in.get();
            var file = in.getLong();
            if (kind == 'S') {
                writes.remove(file);
                continue;
            }
            if (in.remaining() < PLACE_AND_LENGTHS) {
                break;
            }
            var at = in.getLong();
            var length = (int) in.getLong();
            var before = (int) in.getLong();
            if (in.remaining() < before + length) {
                break;
            }
            var anew = new byte[length];
            var old = new byte[before];
            in.get(old).get(anew);
            writes.computeIfAbsent(file, any -> new ArrayList<>())
                    .add(new Write(at, old, anew, kind == 'D'));
        }
        return writes;
    }
}
