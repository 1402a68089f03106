/**
 * An embedded journal, snapshot store and read journal for Pekko Persistence over LMDB.
 *
 * <p>One process owns a directory; one thread in it writes. {@link
 * io.dolim.persistence.JournalDirectory} is the core and knows nothing of Pekko; {@link
 * io.dolim.persistence.LmdbJournal}, {@link io.dolim.persistence.LmdbSnapshotStore} and {@link
 * io.dolim.persistence.LmdbReadJournal} are thin faces over it. The stored format is described in
 * {@code doc/format.md}.
 */
@NullMarked
package io.dolim.persistence;

import org.jspecify.annotations.NullMarked;
