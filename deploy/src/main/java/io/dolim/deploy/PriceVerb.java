package io.dolim.deploy;

import io.dolim.quoting.pricing.PricingCsv;
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

/** Prices a table of options, so that anyone can hold the numbers against his own. */
@Command(
        name = "price",
        mixinStandardHelpOptions = true,
        description = {
            "Prints price, delta, gamma, vega, theta, vanna, volga of a table of options.",
            "Columns read: F, K, T (years), sigma, df, cp (1 call, -1 put); others are ignored."
        })
final class PriceVerb implements Callable<Integer> {

    @Option(names = "--csv", required = true, paramLabel = "FILE", description = "The table.")
    private Path csv = Path.of("");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (Reader in = Files.newBufferedReader(csv)) {
            PricingCsv.price(in, out);
        }
        out.flush();
        return 0;
    }
}
