package io.dolim.book.audit;

import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.DisplayedQuotes;
import io.dolim.quoting.quote.Quote;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * A contract as it is displayed, or quoted firmly.
 *
 * @param bidUsdc per coin; empty when nothing above zero is bid
 * @param askUsdc per coin
 * @param refusal why a side is refused, as in {@code expiry_closing}; empty when none is
 * @param noBid why nothing is bid though it is not refused, as in {@code under_one_tick}
 */
public record Shown(
        OptionContract contract,
        Optional<BigDecimal> bidUsdc,
        Optional<BigDecimal> askUsdc,
        Optional<String> refusal,
        Optional<String> noBid) {

    private static final int DIGITS = 12;

    static Shown of(DisplayedQuotes.Row row) {
        return new Shown(
                row.contract(),
                row.bid().map(DisplayedQuotes.Price::usdc),
                row.ask().map(DisplayedQuotes.Price::usdc),
                row.refused().map(ChainAudit::reason),
                row.noBid().map(DisplayedQuotes.NoBid::code));
    }

    /** A firm price of so many coins; a bid of nothing is none, and one that is refused. */
    static Shown firm(OptionContract contract, Quote.Quoted buy, Quote sell, BigDecimal coins) {
        Optional<BigDecimal> bid =
                sell instanceof Quote.Quoted sold && sold.price().signum() < 0
                        ? Optional.of(perCoin(sold.price().negated(), coins, RoundingMode.FLOOR))
                        : Optional.empty();
        return new Shown(
                contract,
                bid,
                Optional.of(perCoin(buy.price(), coins, RoundingMode.CEILING)),
                Optional.empty(),
                Optional.empty());
    }

    private static BigDecimal perCoin(Usdc price, BigDecimal coins, RoundingMode rounding) {
        return price.toDecimal().divide(coins, DIGITS, rounding);
    }
}
