package io.dolim.persistence;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link LmdbJournalStats} of an open directory. */
final class JournalBean implements LmdbJournalStats {

    private static final Logger LOG = LoggerFactory.getLogger(JournalBean.class);

    private final StoreSettings settings;
    private final Statistics statistics;
    private final Streams streams;
    private final AnchorFile anchors;
    private final OrderedStore store;
    private final long checkNanos;

    JournalBean(
            StoreSettings settings,
            Statistics statistics,
            Streams streams,
            AnchorFile anchors,
            OrderedStore store,
            long checkNanos) {
        this.settings = settings;
        this.statistics = statistics;
        this.streams = streams;
        this.anchors = anchors;
        this.store = store;
        this.checkNanos = checkNanos;
    }

    /** A journal works without its bean, so failing to register it is only said. */
    void register() {
        try {
            ManagementFactory.getPlatformMBeanServer().registerMBean(this, name());
        } catch (JMException e) {
            LOG.warn("no managed bean for dir={}", settings.directory(), e);
        }
    }

    synchronized void unregister() {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name());
        } catch (JMException e) {
            LOG.warn("managed bean left behind for dir={}", settings.directory(), e);
        }
    }

    private ObjectName name() throws JMException {
        return new ObjectName(
                "io.dolim.persistence:type=Journal,dir="
                        + ObjectName.quote(settings.directory().toString()));
    }

    @Override
    public long getLastOrderNumber() {
        return statistics.head().order();
    }

    @Override
    public long getLastCommitNumber() {
        return statistics.head().commit();
    }

    @Override
    public long getLastAnchorOrderNumber() {
        return anchors.last().order();
    }

    @Override
    public String getChainHash() {
        return statistics.head().chain().toString();
    }

    @Override
    public long getCommits() {
        return statistics.counted().commits();
    }

    @Override
    public long getEvents() {
        return statistics.counted().events();
    }

    @Override
    public long getBytes() {
        return statistics.counted().bytes();
    }

    @Override
    public long getCommitNanos() {
        return statistics.counted().commitNanos();
    }

    @Override
    public long getMaxCommitNanos() {
        return statistics.counted().maxCommitNanos();
    }

    @Override
    public long getUsedBytes() {
        return store.usedBytes();
    }

    @Override
    public long getMapBytes() {
        return store.mapBytes();
    }

    @Override
    public long getOrdinaryRoomBytes() {
        var disk = settings.directory().toFile().getUsableSpace() - settings.minFreeDiskBytes();
        return Math.min(MapRoom.ordinaryBytes(settings.mapBytes()) - store.usedBytes(), disk);
    }

    @Override
    public int getPersistenceIds() {
        return streams.count();
    }

    @Override
    public boolean isHalted() {
        return statistics.isHalted();
    }

    @Override
    public long getCheckNanos() {
        return checkNanos;
    }
}
