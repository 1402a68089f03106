package io.dolim.book.audit;

import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.quote.DisplayedQuotes;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A contract as it is displayed.
 *
 * @param bidUsdc per coin; empty when nothing above zero is bid
 * @param askUsdc per coin
 * @param refusal why a side is missing, as in {@code expiry_closing}; empty when none is refused
 */
public record Shown(
        OptionContract contract,
        Optional<BigDecimal> bidUsdc,
        Optional<BigDecimal> askUsdc,
        Optional<String> refusal) {

    static Shown of(DisplayedQuotes.Row row) {
        return new Shown(
                row.contract(),
                row.bid().map(DisplayedQuotes.Price::usdc),
                row.ask().map(DisplayedQuotes.Price::usdc),
                row.refused().map(ChainAudit::reason));
    }
}
