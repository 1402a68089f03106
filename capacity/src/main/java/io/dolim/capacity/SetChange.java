package io.dolim.capacity;

import java.time.Duration;
import java.util.Optional;

/** An operator's change of scenario set that is under way, at most one. */
final class SetChange {

    private final Duration within;
    private Optional<Asked> asked = Optional.empty();

    private record Asked(Capacity.ChooseScenarios order, Moment since) {}

    /** @param within every Book must have reported under the coming set */
    SetChange(Duration within) {
        this.within = within;
    }

    void begin(Capacity.ChooseScenarios order, Moment now) {
        asked = Optional.of(new Asked(order, now));
    }

    boolean isUnderWay() {
        return asked.isPresent();
    }

    boolean isLate(Moment now) {
        return asked.filter(one -> now.msSince(one.since()) >= within.toMillis()).isPresent();
    }

    /** It is done or given up; whose it was. */
    Optional<Capacity.ChooseScenarios> end() {
        Optional<Capacity.ChooseScenarios> order = asked.map(Asked::order);
        asked = Optional.empty();
        return order;
    }
}
