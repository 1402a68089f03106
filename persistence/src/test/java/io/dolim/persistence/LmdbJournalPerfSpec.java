package io.dolim.persistence;

import org.apache.pekko.persistence.CapabilityFlag;
import org.apache.pekko.persistence.japi.journal.JavaJournalPerfSpec;

/** The kit's performance specification, bounded: it shows that nothing hangs or is lost. */
public class LmdbJournalPerfSpec extends JavaJournalPerfSpec {

    private static final long serialVersionUID = 1L;

    /** Runs in a directory of its own. */
    public LmdbJournalPerfSpec() {
        super(Directories.config(Directories.fresh()));
    }

    @Override
    public int eventsCount() {
        return 500;
    }

    @Override
    public int measurementIterations() {
        return 2;
    }

    @Override
    public long awaitDurationMillis() {
        return 30_000;
    }

    @Override
    public CapabilityFlag supportsRejectingNonSerializableObjects() {
        return CapabilityFlag.on();
    }

    @Override
    public CapabilityFlag supportsSerialization() {
        return CapabilityFlag.on();
    }
}
