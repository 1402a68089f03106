package io.dolim.capacity;

import io.dolim.capacity.journal.StoredEventSerializer;
import io.dolim.capacity.journal.StoredForm;
import java.util.SortedMap;
import java.util.TreeMap;

/** The stored form of {@link CapacityEvent}; instantiated by Pekko. */
public final class CapacityEventSerializer extends StoredEventSerializer {

    private static final int IDENTIFIER = 7_310_001;

    /** The map from manifest to record, written out. */
    public CapacityEventSerializer() {
        super(IDENTIFIER, manifests());
    }

    private static SortedMap<String, StoredForm> manifests() {
        SortedMap<String, StoredForm> forms = new TreeMap<>();
        forms.put("allocation-set.1", StoredForm.named(CapacityEvent.AllocationSet.class));
        forms.put("capital-paid-in.1", StoredForm.named(CapacityEvent.CapitalPaidIn.class));
        forms.put("capital-paid-out.1", StoredForm.named(CapacityEvent.CapitalPaidOut.class));
        forms.put("request-done.1", StoredForm.named(CapacityEvent.RequestDone.class));
        forms.put("mode-set.1", StoredForm.named(CapacityEvent.ModeSet.class));
        forms.put("resume-proposed.1", StoredForm.earlier(ResumeProposed1.class));
        forms.put("resume-proposed.2", StoredForm.named(CapacityEvent.ResumeProposed.class));
        forms.put("limit-set.1", StoredForm.named(CapacityEvent.LimitSet.class));
        forms.put(
                "parameters-configured.1",
                StoredForm.named(CapacityEvent.ParametersConfigured.class));
        forms.put("protection-tripped.1", StoredForm.named(CapacityEvent.ProtectionTripped.class));
        forms.put("protection-lifted.1", StoredForm.named(CapacityEvent.ProtectionLifted.class));
        forms.put("scenario-set-chosen.1", StoredForm.named(CapacityEvent.ScenarioSetChosen.class));
        return forms;
    }
}
