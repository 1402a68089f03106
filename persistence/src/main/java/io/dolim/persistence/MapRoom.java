package io.dolim.persistence;

import java.nio.file.Path;

/**
 * How far the map may grow: it doubles up to nine tenths of {@code map-size}; the last tenth is
 * open only while something essential is written. Used by the writer thread.
 */
final class MapRoom {

    private static final int HEAD_ROOM_PARTS = 10;
    private static final long PAGE_BYTES = 4096;

    private final OrderedStore store;
    private final Path directory;
    private final long mostBytes;

    MapRoom(OrderedStore store, StoreSettings settings) {
        this.store = store;
        this.directory = settings.directory();
        this.mostBytes = settings.mapBytes();
    }

    /** What everybody may fill of a map of this size. */
    static long ordinaryBytes(long mapBytes) {
        return (mapBytes - mapBytes / HEAD_ROOM_PARTS) / PAGE_BYTES * PAGE_BYTES;
    }

    /**
     * Does the work, with a larger map each time it finds the map full.
     *
     * @throws JournalFull when there is no more room for it; nothing was written
     */
    void within(boolean essential, Runnable work) {
        var tries = 0;
        while (true) {
            try {
                work.run();
                return;
            } catch (MapFull full) {
                // at the limit once more: the work may have had an index with it that can wait
                if (!grow() && tries++ > 0) {
                    inHeadRoom(essential, full, work);
                    return;
                }
            }
        }
    }

    private boolean grow() {
        var now = store.mapBytes();
        var limit = ordinaryBytes(mostBytes);
        if (now >= limit) {
            return false;
        }
        store.resize(Math.min(limit, now * 2));
        return true;
    }

    private void inHeadRoom(boolean essential, MapFull full, Runnable work) {
        if (!essential) {
            throw full(full);
        }
        store.resize(mostBytes);
        try {
            work.run();
        } catch (MapFull last) {
            throw full(last);
        } finally {
            store.resize(ordinaryBytes(mostBytes));
        }
    }

    private JournalFull full(MapFull cause) {
        return new JournalFull(
                "dir=%s used_bytes=%d map_bytes=%d: raise map-size"
                        .formatted(directory, store.usedBytes(), mostBytes),
                cause);
    }

    /** Whether the last tenth is open. */
    boolean headRoomOpen() {
        return store.mapBytes() > ordinaryBytes(mostBytes);
    }
}
