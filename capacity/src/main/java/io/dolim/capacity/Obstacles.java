package io.dolim.capacity;

import io.dolim.quoting.instrument.Underlying;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What stands in the way of trading at a moment. */
final class Obstacles {

    private final CapacityParameters parameters;
    private final Optional<OpenedView> open;
    private final SortedSet<Underlying> silent;

    /**
     * @param open the view that decides
     * @param silent whose Book has not reported yet
     */
    Obstacles(
            CapacityParameters parameters,
            Optional<OpenedView> open,
            SortedSet<Underlying> silent) {
        this.parameters = parameters;
        this.open = open;
        this.silent = new TreeSet<>(silent);
    }

    /** The effective mode, and everything that stands in the way. */
    PublishedView.Standing standing(Desk.Rules rules, Moment now) {
        List<String> reasons = new ArrayList<>();
        CapitalState state = rules.state();
        if (state.mode() != Mode.OPEN) {
            reasons.add(state.mode() + " by " + state.modeBy() + ": " + state.modeReason());
        }
        silent.forEach(underlying -> reasons.add("book_not_reported " + underlying));
        if (open.isEmpty()) {
            reasons.add("no_view");
        } else if (open.get().isStale(now, parameters)) {
            reasons.add("stale_view age_ms=" + now.msSince(open.get().view().openedAt()));
        } else if (open.get().view().potential().isEmpty()) {
            reasons.add("capital_exhausted capital=" + open.get().view().capital());
        }
        if (!rules.room().takesRisk()) {
            reasons.add(rules.room().toString());
        }
        reasons.addAll(stopped(parameters.longestStop().toMillis(), Long.MAX_VALUE));
        Mode mode =
                reasons.isEmpty() || state.mode() != Mode.OPEN ? state.mode() : Mode.REDUCE_ONLY;
        // stops adding in its own underlying alone
        reasons.addAll(stopped(Long.MIN_VALUE, parameters.longestStop().toMillis()));
        return new PublishedView.Standing(mode, reasons, rules.number());
    }

    /** A line for each carried market whose age is above the first and at most the second. */
    private List<String> stopped(long aboveMs, long mostMs) {
        return open.stream()
                .flatMap(view -> view.view().carried().entrySet().stream())
                .filter(each -> each.getValue().ageMs() > aboveMs)
                .filter(each -> each.getValue().ageMs() <= mostMs)
                .map(
                        each ->
                                "market_stopped "
                                        + each.getKey()
                                        + " age_ms="
                                        + each.getValue().ageMs())
                .toList();
    }
}
