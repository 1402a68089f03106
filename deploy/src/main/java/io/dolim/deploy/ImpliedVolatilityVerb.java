package io.dolim.deploy;

import io.dolim.quoting.pricing.PricingCsv;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import picocli.CommandLine.Command;

/** Inverts a table of option prices to volatilities. */
@Command(
        name = "iv",
        mixinStandardHelpOptions = true,
        description = {
            "Prints sigma, the Black volatility, of a table of undiscounted option prices.",
            "Columns read: F, K, T (years), cp, price; cp is 1 for a call, -1 for a put; others are ignored."
        })
final class ImpliedVolatilityVerb extends CsvVerb {

    @Override
    void print(Reader table, PrintWriter out) throws IOException {
        PricingCsv.impliedVolatility(table, out);
    }
}
