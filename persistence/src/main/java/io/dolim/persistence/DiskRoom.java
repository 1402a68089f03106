package io.dolim.persistence;

/**
 * Refuses writes before the disk is full, because a commit that finds it full has an unknown
 * outcome. What is essential may go down to a tenth of what others must leave. Used by the writer
 * thread.
 */
final class DiskRoom {

    private static final int CHECK_COMMITS = 32;
    private static final int ESSENTIAL_PARTS = 10;

    private final StoreSettings settings;
    private boolean ample;
    private int commits;
    private long bytes;

    DiskRoom(StoreSettings settings) {
        this.settings = settings;
    }

    /** @throws JournalFull when there is not enough free disk; nothing was written */
    void check(boolean essential) {
        var least = settings.minFreeDiskBytes();
        if (ample && commits < CHECK_COMMITS && bytes < least / 4) {
            return;
        }
        var free = settings.directory().toFile().getUsableSpace();
        ample = free >= least;
        commits = 0;
        bytes = 0;
        if (free < (essential ? least / ESSENTIAL_PARTS : least)) {
            throw new JournalFull(
                    "dir=%s free_bytes=%d min_free_disk=%d"
                            .formatted(settings.directory(), free, least));
        }
    }

    void wrote(long newBytes) {
        commits++;
        bytes += newBytes;
    }
}
