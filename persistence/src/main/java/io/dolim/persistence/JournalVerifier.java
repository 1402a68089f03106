package io.dolim.persistence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The deep check: every page, checksum, order number and the whole chain, of a stopped journal or,
 * while another process writes, of the commit that is the last when it begins. It runs in a process
 * of its own: a damaged map ends a process by a signal.
 */
public final class JournalVerifier {

    private static final int TRIES = 50;

    private JournalVerifier() {}

    /**
     * Checks a journal in a child process with this one's Java and class path.
     *
     * @param progress hears how many pages are read, of how many
     */
    public static Verification verify(Path directory, Progress progress) throws IOException {
        var process =
                new ProcessBuilder(command(JournalVerifier.class, directory.toString()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            var last = "";
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
                var words = line.split(" ", 4);
                switch (words[0]) {
                    case "progress" ->
                            progress.at(Long.parseLong(words[1]), Long.parseLong(words[2]));
                    case "sound" -> {
                        return new Verification.Sound(
                                Long.parseLong(words[1]), Long.parseLong(words[2]), words[3]);
                    }
                    case "damaged" -> {
                        return new Verification.Damaged(line.substring(words[0].length() + 1));
                    }
                    default -> {
                        // what a JVM says of itself on its way
                    }
                }
            }
            return new Verification.Crashed(process.waitFor(), last);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while checking dir=" + directory, e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** What starts a child JVM of this one's kind. */
    static List<String> command(Class<?> main, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=/dev/null",
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The child. */
    public static void main(String[] arguments) throws IOException {
        var out = new java.io.PrintStream(System.out, false, StandardCharsets.UTF_8);
        var said = new long[1];
        Progress progress =
                (done, all) -> {
                    if (done >= said[0] + Math.max(256, all / 200)) {
                        said[0] = done;
                        out.println("progress " + done + " " + all);
                        out.flush();
                    }
                };
        try {
            var sound = check(Path.of(arguments[0]).toAbsolutePath().normalize(), progress);
            var head = sound.head();
            out.println("sound %d %d %s".formatted(head.order(), head.commit(), head.chain()));
        } catch (JournalException damaged) {
            out.println("damaged " + damaged.getMessage());
        }
        out.flush();
    }

    /** In this process; for a copy that nobody else has, or one already in a child. */
    static FileCheck.Sound check(Path directory, Progress progress) throws IOException {
        if (!Files.exists(LmdbStore.dataFile(directory)) && AnchorFile.read(directory).isEmpty()) {
            throw new JournalUnavailable("dir=" + directory + " holds no journal");
        }
        try (var lock = DirectoryLock.reading(directory)) {
            if (lock.writer().isPresent()) {
                return checkLive(directory, progress);
            }
            try {
                return checkStopped(directory, progress);
            } catch (JournalCorrupt damaged) {
                if (lock.writer().isEmpty()) {
                    throw damaged;
                }
                return checkLive(directory, progress);
            }
        }
    }

    static FileCheck.Sound checkStopped(Path directory, Progress progress) throws IOException {
        var anchor = AnchorFile.read(directory);
        var file = LmdbStore.dataFile(directory);
        return switch (FileCheck.of(file, anchor.map(AnchorFile.Content::last), progress)) {
            case FileCheck.Empty empty ->
                    throw new JournalUnavailable("dir=" + directory + " holds no commit");
            case FileCheck.Sound sound -> {
                ofSameJournal(sound, anchor);
                yield sound;
            }
        };
    }

    private static void ofSameJournal(FileCheck.Sound sound, Optional<AnchorFile.Content> anchor) {
        var journal = anchor.map(AnchorFile.Content::journal);
        if (journal.isPresent() && !journal.get().equals(sound.format().journal())) {
            throw new JournalCorrupt(
                    AnchorFile.FILE,
                    "of journal %s, the data file is of journal %s"
                            .formatted(journal.get(), sound.format().journal()));
        }
    }

    /** The pages of a commit stay while a reader holds it, so plain reads find them. */
    private static FileCheck.Sound checkLive(Path directory, Progress progress) throws IOException {
        var file = LmdbStore.dataFile(directory);
        try (var store = LmdbStore.openReadOnly(directory, true)) {
            for (int i = 0; i < TRIES; i++) {
                var anchor = AnchorFile.read(directory);
                try (var held = store.reading()) {
                    var walk = pinned(file, held.transaction());
                    if (walk.isPresent()) {
                        try (var pages = walk.get()) {
                            pages.reporting(progress);
                            var last = anchor.map(AnchorFile.Content::last);
                            var sound = FileCheck.of(file, last, pages);
                            ofSameJournal(sound, anchor);
                            return sound;
                        }
                    }
                }
            }
        }
        throw new JournalUnavailable("dir=" + directory + " is written to too fast to be checked");
    }

    /** Empty when the meta page is being written, or has been written over. */
    private static Optional<PageWalk> pinned(Path file, long transaction) throws IOException {
        try {
            return PageWalk.open(file, transaction);
        } catch (JournalCorrupt halfWritten) {
            return Optional.empty();
        }
    }
}
