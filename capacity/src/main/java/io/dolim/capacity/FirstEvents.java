package io.dolim.capacity;

import io.dolim.capacity.CapacityEvent.AllocationSet;
import io.dolim.capacity.CapacityEvent.ParametersConfigured;
import io.dolim.capacity.CapacityEvent.ScenarioSetChosen;
import java.util.ArrayList;
import java.util.List;

/** What Capacity writes by itself at a start, where its journal does not say it yet. */
final class FirstEvents {

    private FirstEvents() {}

    /**
     * What is configured otherwise than the last time, the scenario set in force, when it is another, and
     * how capital is parted, when nothing says so.
     */
    static List<CapacityEvent> of(
            CapitalState state,
            String scenarioSet,
            CapacityParameters parameters,
            Configured configured,
            long nowMs) {
        List<CapacityEvent> begins = new ArrayList<>();
        List<Configured.Change> changes = configured.changesFrom(state.settings());
        if (!configured.settings().isEmpty() && !changes.isEmpty()) {
            begins.add(new ParametersConfigured(configured.by(), nowMs, changes));
        }
        if (!state.scenarioSet().equals(scenarioSet)) {
            begins.add(new ScenarioSetChosen(Capacity.PERSISTENCE_ID, nowMs, scenarioSet));
        }
        if (state.allocation().isEmpty()) {
            begins.add(
                    new AllocationSet(
                            Capacity.PERSISTENCE_ID,
                            nowMs,
                            parameters.allocation().initial(),
                            "configured"));
        }
        return begins;
    }
}
