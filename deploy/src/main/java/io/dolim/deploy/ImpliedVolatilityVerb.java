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

/** Inverts a table of option prices to volatilities. */
@Command(
        name = "iv",
        mixinStandardHelpOptions = true,
        description = {
            "Prints sigma, the Black volatility, of a table of undiscounted option prices.",
            "Columns read: F, K, T (years), cp, price; cp is 1 for a call, -1 for a put; others are ignored."
        })
final class ImpliedVolatilityVerb implements Callable<Integer> {

    @Option(names = "--csv", required = true, paramLabel = "FILE", description = "The table.")
    private Path csv = Path.of("");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (Reader in = Files.newBufferedReader(csv)) {
            PricingCsv.impliedVolatility(in, out);
        }
        out.flush();
        return 0;
    }
}
