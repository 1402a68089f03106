package io.dolim.quoting.market;

import io.dolim.quoting.instrument.OptionType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sifts the rows of a chain: what is kept stays in order, what is dropped is counted by rule. */
final class ChainRows {

    private static final double ROW_FORWARD_BAND = 0.05;

    private final GuardRules rules;
    private final double forwardUsdc;
    private final List<OptionQuote> kept = new ArrayList<>();
    private final TreeMap<HoldReason, Integer> dropped = new TreeMap<>();

    private ChainRows(GuardRules rules, double forwardUsdc) {
        this.rules = rules;
        this.forwardUsdc = forwardUsdc;
    }

    static ChainRows sift(FeedEvent.ChainQuotes chain, GuardRules rules) {
        ChainRows rows = new ChainRows(rules, chain.forwardUsdc());
        chain.quotes()
                .forEach(
                        quote ->
                                rows.flaw(quote)
                                        .ifPresentOrElse(
                                                reason ->
                                                        rows.dropped.merge(reason, 1, Integer::sum),
                                                () -> rows.kept.add(quote)));
        return rows;
    }

    List<OptionQuote> kept() {
        return kept;
    }

    SortedMap<HoldReason, Integer> dropped() {
        return dropped;
    }

    private Optional<HoldReason> flaw(OptionQuote quote) {
        if (!isFinite(quote)) {
            return Optional.of(HoldReason.NOT_FINITE);
        }
        if (!isPositive(quote)) {
            return Optional.of(HoldReason.NOT_POSITIVE);
        }
        if (!isBelievable(quote)) {
            return Optional.of(HoldReason.OUT_OF_RANGE);
        }
        if (isAbove(quote.bidUsdc(), quote.askUsdc()) || isAbove(quote.bidVol(), quote.askVol())) {
            return Optional.of(HoldReason.CROSSED);
        }
        return isNext(quote) ? Optional.empty() : Optional.of(HoldReason.OUT_OF_ORDER);
    }

    private static boolean isFinite(OptionQuote quote) {
        return Double.isFinite(quote.markVol())
                && Double.isFinite(quote.forwardUsdc())
                && Double.isFinite(quote.bidUsdc().orElse(1))
                && Double.isFinite(quote.askUsdc().orElse(1))
                && Double.isFinite(quote.bidVol().orElse(1))
                && Double.isFinite(quote.askVol().orElse(1));
    }

    private static boolean isPositive(OptionQuote quote) {
        return quote.markVol() > 0
                && quote.strike().signum() > 0
                && quote.forwardUsdc() > 0
                && quote.bidUsdc().orElse(1) > 0
                && quote.askUsdc().orElse(1) > 0
                && quote.bidVol().orElse(1) > 0
                && quote.askVol().orElse(1) > 0;
    }

    private boolean isBelievable(OptionQuote quote) {
        double strike = quote.strike().doubleValue();
        return quote.markVol() >= rules.minVol()
                && quote.markVol() <= rules.maxVol()
                && quote.askVol().orElse(rules.minVol()) <= rules.maxVol()
                && strike >= rules.minPriceUsdc()
                && strike <= rules.maxPriceUsdc()
                && quote.bidUsdc().orElse(0) <= rules.maxPriceUsdc()
                && quote.askUsdc().orElse(0) <= rules.maxPriceUsdc()
                && Math.abs(quote.forwardUsdc() / forwardUsdc - 1) <= ROW_FORWARD_BAND;
    }

    private static boolean isAbove(OptionalDouble bid, OptionalDouble ask) {
        return bid.isPresent() && ask.isPresent() && bid.getAsDouble() > ask.getAsDouble();
    }

    private boolean isNext(OptionQuote quote) {
        if (kept.isEmpty()) {
            return true;
        }
        OptionQuote last = kept.getLast();
        BigDecimal strike = quote.strike();
        int byStrike = last.strike().compareTo(strike);
        boolean putAfterCall = last.type() == OptionType.CALL && quote.type() == OptionType.PUT;
        return byStrike < 0 || (byStrike == 0 && putAfterCall);
    }
}
