package io.dolim.persistence;

import java.nio.file.Path;
import java.util.OptionalLong;

/** Another process, or another actor system of this process, already writes to the directory. */
public final class JournalLocked extends JournalException {

    private static final long serialVersionUID = 1L;

    private final String directory;
    private final long holder;

    JournalLocked(Path directory, OptionalLong holder) {
        super(
                "journal locked: dir=%s holder=%s"
                        .formatted(
                                directory,
                                holder.isPresent() ? "pid " + holder.getAsLong() : "unknown"));
        this.directory = directory.toString();
        this.holder = holder.orElse(-1);
    }

    /** The directory that is taken. */
    public String directory() {
        return directory;
    }

    /** Process id of the one that holds it, when it is known. */
    public OptionalLong holder() {
        return holder < 0 ? OptionalLong.empty() : OptionalLong.of(holder);
    }
}
