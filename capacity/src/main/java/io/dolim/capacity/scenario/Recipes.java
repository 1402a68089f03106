package io.dolim.capacity.scenario;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import io.dolim.quoting.instrument.Underlying;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The scenario sets that can be built, by the name of their recipe.
 *
 * @param initial the set of a new pool
 */
public record Recipes(SetVersion initial, SortedMap<String, SetRecipe> byName) {

    /** Copies the map. @throws IllegalArgumentException when the initial set is not among them */
    public Recipes {
        byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
        recipe(byName, initial);
    }

    /**
     * Reads {@code version} and {@code sets { name { history, grid, events, mappings } }}. What an
     * earlier release wrote down has one set, which stood in place of {@code sets}; it prevails.
     */
    public static Recipes of(Config config) {
        SortedMap<String, SetRecipe> byName = new TreeMap<>();
        Config sets = config.getConfig("sets");
        for (String name : sets.root().keySet()) {
            byName.put(name, SetRecipe.of(name, sets.getConfig(ConfigUtil.joinPath(name))));
        }
        SetVersion initial = SetVersion.parse(config.getString("version"));
        if (config.hasPath("grid")) {
            byName.put(initial.recipe(), SetRecipe.of(initial.recipe(), config));
        }
        return new Recipes(initial, byName);
    }

    /**
     * The set of this name: the same bits at every call and on every machine.
     *
     * @throws IllegalArgumentException when it has no recipe, or not for these underlyings
     */
    public ScenarioSet set(SetVersion version, SortedSet<Underlying> underlyings) {
        return RecipeScenarios.of(recipe(byName, version), version, underlyings);
    }

    private static SetRecipe recipe(SortedMap<String, SetRecipe> byName, SetVersion version) {
        SetRecipe recipe = byName.get(version.recipe());
        if (recipe == null) {
            throw new IllegalArgumentException(
                    "scenario set=" + version + " must be one of " + byName.keySet());
        }
        return recipe;
    }
}
