package io.dolim.persistence;

import com.typesafe.config.Config;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.query.ReadJournalProvider;

/** Makes the read journal {@code dolim.persistence.lmdb.query} for both languages. */
public final class LmdbReadJournalProvider implements ReadJournalProvider {

    private final LmdbReadJournal journal;

    /** Made by Pekko with the plugin's section. */
    public LmdbReadJournalProvider(ExtendedActorSystem system, Config config) {
        this.journal = new LmdbReadJournal(system, config);
    }

    @Override
    public LmdbReadJournalForScala scaladslReadJournal() {
        return new LmdbReadJournalForScala(journal);
    }

    @Override
    public LmdbReadJournal javadslReadJournal() {
        return journal;
    }
}
