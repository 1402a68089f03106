package io.dolim.persistence;

/** A second event with a (persistence id, sequence number) that is already written; refused. */
public final class SequenceNumberTaken extends JournalException {

    private static final long serialVersionUID = 1L;

    SequenceNumberTaken(String persistenceId, long sequence, long highest) {
        super(
                "sequence number taken: persistence_id=%s sequence=%d highest=%d"
                        .formatted(persistenceId, sequence, highest));
    }
}
