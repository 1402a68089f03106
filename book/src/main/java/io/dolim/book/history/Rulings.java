package io.dolim.book.history;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.capacity.AllocationTerms;
import io.dolim.capacity.CapacityEvent;
import io.dolim.capacity.CapacityEventSerializer;
import io.dolim.capacity.Configured;
import java.util.List;
import java.util.Optional;

/** What the pool was to act by, as rows: who changed which rule, from what to what, and why. */
public final class Rulings {

    /** The tags under which they are found: of every shape that Capacity writes or once wrote. */
    public static final List<String> TAGS =
            new CapacityEventSerializer().forms().keySet().stream().map("kind:"::concat).toList();

    private Rulings() {}

    /**
     * The rows of an event, none of one that changes no rule. Settings of a pool's first start are one
     * row, as all of them are new.
     *
     * @param path only settings and limits whose name contains this, also those of the first start
     */
    public static List<ObjectNode> rows(Written written, Optional<String> path) {
        if (!(written.event() instanceof CapacityEvent event)) {
            return List.of();
        }
        return switch (event) {
            case CapacityEvent.ParametersConfigured e -> configured(written, e, path);
            case CapacityEvent.LimitSet e ->
                    path.map(e.key()::contains).orElse(true)
                            ? List.of(
                                    row(written, e.by(), e.key())
                                            .put("from", String.valueOf(e.from()))
                                            .put("to", String.valueOf(e.to())))
                            : List.of();
            default -> path.isPresent() ? List.of() : whole(written, event);
        };
    }

    private static List<ObjectNode> whole(Written written, CapacityEvent event) {
        return switch (event) {
            case CapacityEvent.AllocationSet e ->
                    List.of(
                            row(written, e.by(), "allocation")
                                    .put("to", words(e.terms()))
                                    .put("why", e.reason()));
            case CapacityEvent.ScenarioSetChosen e ->
                    List.of(row(written, e.by(), "scenarios").put("to", e.version()));
            case CapacityEvent.ModeSet e ->
                    List.of(
                            row(written, e.by(), "mode")
                                    .put("from", e.from().toString())
                                    .put("to", e.to().toString())
                                    .put("why", e.reason()));
            case CapacityEvent.ResumeProposed e ->
                    List.of(row(written, e.by(), "resume proposed").put("why", e.reason()));
            case CapacityEvent.ProtectionTripped e ->
                    List.of(
                            row(written, e.by(), "protection " + e.underlying())
                                    .put("to", "tripped")
                                    .put("why", e.limit() + " " + e.used() + " of " + e.allowed()));
            case CapacityEvent.ProtectionLifted e ->
                    List.of(
                            row(written, e.by(), "protection " + e.underlying())
                                    .put("to", "lifted")
                                    .put("why", e.reason()));
            default -> List.of();
        };
    }

    private static List<ObjectNode> configured(
            Written written, CapacityEvent.ParametersConfigured event, Optional<String> path) {
        if (path.isEmpty() && event.changes().stream().allMatch(each -> each.from().isEmpty())) {
            return List.of(
                    row(written, event.by(), "settings")
                            .put("to", event.changes().size() + " of them, see journal export"));
        }
        return event.changes().stream()
                .filter(each -> path.map(each.path()::contains).orElse(true))
                .map(each -> setting(written, event.by(), each))
                .toList();
    }

    private static ObjectNode setting(Written written, String by, Configured.Change change) {
        return row(written, by, change.path()).put("from", change.from()).put("to", change.to());
    }

    private static String words(AllocationTerms terms) {
        return "hedging "
                + terms.hedgingShare()
                + ", reserve "
                + terms.reserveShare()
                + ", over-collateralisation "
                + terms.overCollateralisation();
    }

    private static ObjectNode row(Written written, String by, String what) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("order", written.order())
                .put("time_ms", written.epochMs())
                .put("by", by)
                .put("what", what);
    }
}
