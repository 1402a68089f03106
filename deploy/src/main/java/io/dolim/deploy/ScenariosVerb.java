package io.dolim.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.capacity.CapacityParameters;
import io.dolim.capacity.scenario.Family;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.scenario.SetVersion;
import io.dolim.quoting.instrument.Underlying;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows a scenario set as the configuration builds it; needs no running pool. */
@Command(
        name = "scenarios",
        mixinStandardHelpOptions = true,
        description = "The scenario sets that the configuration builds; needs no running pool.")
final class ScenariosVerb {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = {
                "Prints a set's scenarios with their probabilities and everything they move: spot as a",
                "relative move, volatility at 30 days and its tilt for a deviation as relative shocks."
            })
    int show(
            @Option(
                            names = "--config",
                            paramLabel = "FILE",
                            description = "Settings (HOCON) over the defaults.")
                    @Nullable Path config,
            @Option(
                            names = "--set",
                            paramLabel = "VERSION",
                            description =
                                    "As in standard-2@BTC=0.45,ETH=0.6; that of a new pool when not given.")
                    @Nullable String version,
            @Option(
                            names = "--family",
                            paramLabel = "FAMILY",
                            description = "Only historical, event or grid.")
                    @Nullable String family,
            @Option(
                            names = "--worst",
                            paramLabel = "N",
                            description =
                                    "Only the N with the deepest damped fall of --underlying.")
                    @Nullable Integer worst,
            @Option(
                            names = "--underlying",
                            paramLabel = "U",
                            description = "Whose fall --worst means; the first when not given.")
                    @Nullable String underlying,
            @Option(
                            names = "--totals",
                            description =
                                    "One row a family: number, weight, mean and range of moves.")
                    boolean totals,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            defaultValue = "table",
                            description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE}.")
                    OutputFormat format)
            throws Exception {
        ScenarioSet set = set(Optional.ofNullable(config), Optional.ofNullable(version));
        ScenarioRows rows =
                new ScenarioRows(set, Optional.ofNullable(family).map(ScenariosVerb::family));
        Optional<Integer> most = Optional.ofNullable(worst);
        if (most.filter(n -> n < 1).isPresent()) {
            throw new IllegalArgumentException("--worst=" + worst + " must be at least 1");
        }
        List<ObjectNode> chosen =
                totals
                        ? rows.totals()
                        : most.map(n -> rows.worst(n, underlying(set, underlying)))
                                .orElseGet(rows::all);
        new Rows(format, spec.commandLine().getOut()).print(chosen);
        return 0;
    }

    private static ScenarioSet set(Optional<Path> file, Optional<String> version) {
        PoolConfig config = PoolConfig.of(file);
        CapacityParameters parameters =
                CapacityParameters.of(config.all().getConfig("dolim.capacity"));
        return parameters
                .scenarios()
                .set(
                        version.map(SetVersion::parse).orElse(parameters.scenarios().initial()),
                        config.known());
    }

    private static Family family(String name) {
        for (Family family : Family.values()) {
            if (family.name().toLowerCase(Locale.ROOT).equals(name)) {
                return family;
            }
        }
        throw new IllegalArgumentException(
                "--family=" + name + " must be historical, event or grid");
    }

    private static Underlying underlying(ScenarioSet set, @Nullable String code) {
        Underlying chosen = code == null ? set.underlyings().first() : new Underlying(code);
        if (!set.underlyings().contains(chosen)) {
            throw new IllegalArgumentException(
                    "--underlying=" + code + " must be one of " + set.underlyings());
        }
        return chosen;
    }
}
