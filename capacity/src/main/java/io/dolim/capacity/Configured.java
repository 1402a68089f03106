package io.dolim.capacity;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The settings that a pool is run with, as its journal keeps them: whatever of them differs from one
 * start to the next is an event.
 *
 * @param by who started it with them
 * @param settings value by path, as JSON
 */
public record Configured(String by, SortedMap<String, String> settings) {

    /** Nobody says. */
    public static final Configured UNTOLD = new Configured("", new TreeMap<>());

    /** Copies the settings. */
    public Configured {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    /**
     * Every setting under some paths of a whole configuration.
     *
     * @throws com.typesafe.config.ConfigException when a path is none of it
     */
    public static Configured of(String by, Config root, List<String> paths) {
        SortedMap<String, String> settings = new TreeMap<>();
        for (String path : paths) {
            root.getConfig(path)
                    .entrySet()
                    .forEach(
                            each ->
                                    settings.put(
                                            path + "." + each.getKey(),
                                            each.getValue().render(ConfigRenderOptions.concise())));
        }
        return new Configured(by, settings);
    }

    /** What is another than it was; by path. */
    List<Change> changesFrom(SortedMap<String, String> before) {
        List<Change> changes = new ArrayList<>();
        TreeSet<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(settings.keySet());
        for (String path : paths) {
            String from = before.getOrDefault(path, "");
            String to = settings.getOrDefault(path, "");
            if (!from.equals(to)) {
                changes.add(new Change(path, from, to));
            }
        }
        return changes;
    }

    /**
     * One setting.
     *
     * @param from empty where there was none
     * @param to empty where there is none any more
     */
    public record Change(String path, String from, String to) {}
}
