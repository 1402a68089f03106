package io.dolim.persistence;

import org.apache.pekko.persistence.CapabilityFlag;
import org.apache.pekko.persistence.japi.snapshot.JavaSnapshotStoreSpec;

/** Pekko's technology compatibility kit for snapshot stores, every capability on. */
public class LmdbSnapshotStoreSpec extends JavaSnapshotStoreSpec {

    private static final long serialVersionUID = 1L;

    /** Runs in a directory of its own. */
    public LmdbSnapshotStoreSpec() {
        super(Directories.config(Directories.fresh()));
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
