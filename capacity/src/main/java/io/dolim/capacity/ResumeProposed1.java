package io.dolim.capacity;

import io.dolim.capacity.journal.EarlierShape;
import io.dolim.capacity.journal.StoredEvent;

/** A voice to resume as {@code resume-proposed.1} has it: without its reason. */
record ResumeProposed1(String by, long atMs) implements EarlierShape {

    @Override
    public StoredEvent today() {
        return new CapacityEvent.ResumeProposed(by, atMs, "");
    }
}
