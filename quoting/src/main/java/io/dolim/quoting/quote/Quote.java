package io.dolim.quoting.quote;

import io.dolim.quoting.money.Usdc;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The answer to "what does this package cost": an itemised price, or the reason why there is none. */
public sealed interface Quote {

    /** What was asked. */
    OptionPackage asked();

    /**
     * A price.
     *
     * @param lines what it is made of
     * @param greeks of the package
     * @param reducing whether the package reduces the pool's risk
     */
    record Quoted(OptionPackage asked, QuoteLines lines, PackageGreeks greeks, boolean reducing)
            implements Quote {

        /** What the taker pays in all; negative when he receives. */
        public Usdc price() {
            return lines.total();
        }
    }

    /**
     * No price.
     *
     * @param rule the rule behind the reason, as in {@code rac_below_floor}; the reason's own code when
     *     there is no finer one
     * @param numbers the figures behind it, by name
     */
    record Refused(
            OptionPackage asked,
            QuoteRefusal reason,
            String rule,
            SortedMap<String, Double> numbers)
            implements Quote {

        /** Copies the numbers. */
        public Refused {
            numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
        }
    }
}
