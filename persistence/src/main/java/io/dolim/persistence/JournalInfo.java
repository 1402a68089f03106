package io.dolim.persistence;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * What a journal says of itself.
 *
 * @param directory where it is
 * @param formatVersion of the stored format
 * @param journal its own id
 * @param createdMs wall clock when it was made
 * @param lastOrder order number of the last row
 * @param lastCommit number of the last commit
 * @param lastCommitMs wall clock of the last commit
 * @param chain chain hash after it
 * @param anchorOrder order number of the last anchor
 * @param indexedOrder order number up to which the index is stored
 * @param fileBytes length of the data file
 * @param usedBytes of it in use, free pages inside included
 * @param persistenceIds how many entities have ever written
 * @param readers slots in LMDB's table of readers that are or were in use
 * @param writer process id of who writes now, -1 when unknown; empty when nobody does
 * @param tables per table its size
 */
public record JournalInfo(
        Path directory,
        int formatVersion,
        UUID journal,
        long createdMs,
        long lastOrder,
        long lastCommit,
        long lastCommitMs,
        String chain,
        long anchorOrder,
        long indexedOrder,
        long fileBytes,
        long usedBytes,
        int persistenceIds,
        int readers,
        OptionalLong writer,
        Map<String, TableInfo> tables) {

    /** A table's rows and pages. */
    public record TableInfo(long rows, int depth, long branches, long leaves, long overflows) {}

    public JournalInfo {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }
}
