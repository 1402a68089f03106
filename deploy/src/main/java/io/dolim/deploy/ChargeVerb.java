package io.dolim.deploy;

import io.dolim.capacity.ChargeTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Computes the capital charge of a table of trades anew. */
@Command(
        name = "charge",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a table of trades with its column 'charge' computed anew from the others.",
            "Columns read: g, book, instrument, quantity_bought_by_taker."
        })
final class ChargeVerb implements Callable<Integer> {

    @Option(
            names = "--scenarios",
            required = true,
            paramLabel = "FILE",
            description = "The scenarios.")
    private Path scenarios = Path.of("");

    @Option(names = "--csv", required = true, paramLabel = "FILE", description = "The trades.")
    private Path csv = Path.of("");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (Reader set = Files.newBufferedReader(scenarios);
                Reader trades = Files.newBufferedReader(csv)) {
            ChargeTable.print(set, trades, out);
        }
        out.flush();
        return 0;
    }
}
