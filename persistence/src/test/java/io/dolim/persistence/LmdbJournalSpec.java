package io.dolim.persistence;

import org.apache.pekko.persistence.CapabilityFlag;
import org.apache.pekko.persistence.japi.journal.JavaJournalSpec;

/** Pekko's technology compatibility kit for journals, every capability on. */
public class LmdbJournalSpec extends JavaJournalSpec {

    private static final long serialVersionUID = 1L;

    /** Runs in a directory of its own. */
    public LmdbJournalSpec() {
        super(Directories.config(Directories.fresh()));
    }

    @Override
    public CapabilityFlag supportsRejectingNonSerializableObjects() {
        return CapabilityFlag.on();
    }

    @Override
    public CapabilityFlag supportsSerialization() {
        return CapabilityFlag.on();
    }

    @Override
    public CapabilityFlag supportsMetadata() {
        return CapabilityFlag.on();
    }
}
