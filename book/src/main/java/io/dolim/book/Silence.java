package io.dolim.book;

import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.quote.Quote;
import io.dolim.quoting.quote.QuoteRefusal;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Why a view quotes nothing, whatever is asked.
 *
 * @param detail what stopped its market, or the reason's own code
 * @param numbers the figures behind it, by name; ages in ms
 */
public record Silence(QuoteRefusal reason, String detail, Map<String, Double> numbers) {

    public Silence {
        numbers = Map.copyOf(numbers);
    }

    Quote.Refused about(OptionPackage asked) {
        SortedMap<String, Double> sorted = new TreeMap<>(numbers);
        return new Quote.Refused(asked, reason, detail, sorted);
    }

    /** The detail and the age, where it is one. */
    public String words() {
        return numbers.isEmpty() ? detail : detail + " " + new TreeMap<>(numbers);
    }
}
