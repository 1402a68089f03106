package io.dolim.capacity.scenario;

import com.typesafe.config.Config;
import io.dolim.quoting.instrument.Underlying;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the standard scenario set is built.
 *
 * @param version name of the set that results; a change of any figure needs another
 * @param grid the stress grid
 * @param mappings for each underlying, whose history moves it and how much
 */
public record StandardParameters(
        String version, GridParameters grid, SortedMap<Underlying, Mapping> mappings) {

    /** Whose recorded moves stand for an underlying's, times a factor on the log move. */
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

    /** Copies the mappings. @throws IllegalArgumentException when there is none, or no version */
    public StandardParameters {
        mappings = Collections.unmodifiableSortedMap(new TreeMap<>(mappings));
        if (mappings.isEmpty() || version.isBlank() || version.length() > 40) {
            throw new IllegalArgumentException(
                    "version=" + version + " mappings=" + mappings + " must not be empty");
        }
    }

    /** Reads {@code version, grid, mappings { BTC { source, beta } }}. */
    public static StandardParameters of(Config config) {
        SortedMap<Underlying, Mapping> mappings = new TreeMap<>();
        Config each = config.getConfig("mappings");
        for (String code : each.root().keySet()) {
            Config one = each.getConfig(code);
            mappings.put(
                    new Underlying(code),
                    new Mapping(Source.valueOf(one.getString("source")), one.getDouble("beta")));
        }
        return new StandardParameters(
                config.getString("version"), GridParameters.of(config.getConfig("grid")), mappings);
    }
}
