package io.dolim.capacity.scenario;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import io.dolim.quoting.instrument.Underlying;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a scenario set is built.
 *
 * @param name of the recipe; a change of any figure needs another
 * @param history the recorded days
 * @param grid the stress grid
 * @param events named disasters, maybe none
 * @param mappings for each underlying, whose history moves it and how much
 */
public record SetRecipe(
        String name,
        HistoryParameters history,
        GridParameters grid,
        List<EventParameters> events,
        SortedMap<Underlying, Mapping> mappings) {

    /** Most weight that events may have together in expectations. */
    static final double MOST_EVENT_WEIGHT = 0.05;

    private static final int MOST_EVENTS = 64;

    /**
     * Whose recorded moves stand for an underlying's, times a factor on the log move; events and the
     * grid have it too.
     */
    public record Mapping(Source source, double beta) {
        /** @throws IllegalArgumentException when beta is not in (0, 5] */
        public Mapping {
            if (!(beta > 0 && beta <= 5)) {
                throw new IllegalArgumentException("beta=" + beta + " must lie in (0, 5]");
            }
        }
    }

    /** A recorded history. */
    public enum Source {
        /** Bitcoin. */
        BTC,
        /** Ether. */
        ETH
    }

    /** Copies what it is given. @throws IllegalArgumentException naming the value and the rule */
    public SetRecipe {
        SetVersion.requireRecipe(name);
        events = List.copyOf(events);
        mappings = Collections.unmodifiableSortedMap(new TreeMap<>(mappings));
        if (mappings.isEmpty()) {
            throw new IllegalArgumentException("set=" + name + " has no mappings");
        }
        Set<String> names = new TreeSet<>();
        for (EventParameters event : events) {
            if (!names.add(event.name()) || events.size() > MOST_EVENTS) {
                throw new IllegalArgumentException(
                        "set="
                                + name
                                + " event="
                                + event.name()
                                + " must be one of at most "
                                + MOST_EVENTS
                                + " of different names");
            }
        }
        if (!(eventWeight(events) <= MOST_EVENT_WEIGHT)) {
            throw new IllegalArgumentException(
                    "set="
                            + name
                            + " events' weight="
                            + eventWeight(events)
                            + " must be at most "
                            + MOST_EVENT_WEIGHT);
        }
    }

    /** Reads {@code history, grid, events, mappings { BTC { source, beta } }}; the first and the third are optional. */
    static SetRecipe of(String name, Config config) {
        SortedMap<Underlying, Mapping> mappings = new TreeMap<>();
        Config each = config.getConfig("mappings");
        for (String code : each.root().keySet()) {
            Config one = each.getConfig(ConfigUtil.joinPath(code));
            mappings.put(
                    new Underlying(code),
                    new Mapping(Source.valueOf(one.getString("source")), one.getDouble("beta")));
        }
        return new SetRecipe(
                name,
                config.hasPath("history")
                        ? HistoryParameters.of(config.getConfig("history"))
                        : HistoryParameters.AS_RECORDED,
                GridParameters.of(config.getConfig("grid")),
                config.hasPath("events")
                        ? config.getConfigList("events").stream().map(EventParameters::of).toList()
                        : List.of(),
                mappings);
    }

    /** What the events weigh together in expectations. */
    double eventWeight() {
        return eventWeight(events);
    }

    /** Probability of an event within a horizon of a day. */
    static double weight(EventParameters event) {
        return event.perYear() / 365;
    }

    private static double eventWeight(List<EventParameters> events) {
        return EightSums.of(events.size(), e -> weight(events.get(e)));
    }
}
