package io.dolim.deploy;

import io.dolim.quoting.pricing.PricingCsv;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import picocli.CommandLine.Command;

/** Prices a table of options, so that anyone can hold the numbers against his own. */
@Command(
        name = "price",
        mixinStandardHelpOptions = true,
        description = {
            "Prints price, delta, gamma, vega, theta, vanna, volga of a table of options.",
            "Columns read: F, K, T (years), sigma, df, cp (1 call, -1 put); others are ignored."
        })
final class PriceVerb extends CsvVerb {

    @Override
    void print(Reader table, PrintWriter out) throws IOException {
        PricingCsv.price(table, out);
    }
}
