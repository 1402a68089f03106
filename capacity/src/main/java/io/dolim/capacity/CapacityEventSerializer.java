package io.dolim.capacity;

import io.dolim.capacity.journal.StoredEventSerializer;
import java.util.Map;
import java.util.TreeMap;

/** The stored form of {@link CapacityEvent}; instantiated by Pekko. */
public final class CapacityEventSerializer extends StoredEventSerializer {

    private static final int IDENTIFIER = 7_310_001;

    /** The map from manifest to record, written out. */
    public CapacityEventSerializer() {
        super(
                IDENTIFIER,
                new TreeMap<>(
                        Map.of(
                                "capital-paid-in.1", CapacityEvent.CapitalPaidIn.class,
                                "capital-paid-out.1", CapacityEvent.CapitalPaidOut.class,
                                "request-done.1", CapacityEvent.RequestDone.class,
                                "mode-set.1", CapacityEvent.ModeSet.class,
                                "resume-proposed.1", ResumeProposed1.class,
                                "resume-proposed.2", CapacityEvent.ResumeProposed.class,
                                "limit-set.1", CapacityEvent.LimitSet.class,
                                "scenario-set-chosen.1", CapacityEvent.ScenarioSetChosen.class)));
    }
}
