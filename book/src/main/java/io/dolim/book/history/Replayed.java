package io.dolim.book.history;

import io.dolim.book.BookEvent;
import io.dolim.book.trade.Trade;
import io.dolim.capacity.Measures;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.pricing.PricingVersion;
import io.dolim.quoting.quote.Quote;
import io.dolim.quoting.quote.QuoteLines;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Folds a journal and prices its trades again, one by one. With changed settings it is the
 * counterfactual: the same takers ask for the same packages; a trade that would have been refused is
 * not in the pool that later ones are priced on. What a trade would have cost more or less does not
 * reach the capital of later ones, and its taker takes it either way.
 */
public final class Replayed {

    private final Requote requote;
    private final boolean counterfactual;
    private final Past.Trades trades;
    private final Past past = new Past();
    private Totals totals = Totals.NONE;
    private Optional<BookEvent.TradeExecuted> lastJudged = Optional.empty();
    private Usdc moreBefore = Usdc.ZERO;
    private Usdc moreInAll = Usdc.ZERO;

    /** @param changes settings by path; none replays what was */
    public Replayed(Map<String, String> changes) {
        this.requote = new Requote(changes);
        this.counterfactual = !changes.isEmpty();
        this.trades = counterfactual ? Past.Trades.NOT_TAKEN_OUT : Past.Trades.ALL;
    }

    /** What became of a trade. */
    public sealed interface Outcome {
        /** The trade as it is written. */
        Trade trade();
    }

    /** Every line is the written one, bit for bit. */
    public record Same(Trade trade) implements Outcome {}

    /** Priced otherwise. */
    public record Different(Trade trade, QuoteLines lines) implements Outcome {
        /** What the taker would have paid more, USDC. */
        public Usdc more() {
            return lines.total().minus(trade.price());
        }

        /** What of that the pool would have had, USDC: fees are not its own. */
        Usdc morePoolCash() {
            return more().minus(lines.fee().minus(trade.lines().fee()));
        }
    }

    /** Not offered at all. */
    public record Refused(Trade trade, String rule, SortedMap<String, Double> numbers)
            implements Outcome {
        /** Copies the numbers. */
        public Refused {
            numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
        }
    }

    /** Cannot be priced again: another pricing version, or inputs that do not suffice. */
    public record Unpriced(Trade trade, String why) implements Outcome {}

    /**
     * What it comes to.
     *
     * @param premiums what takers paid in all, fees included
     * @param fees of these
     * @param charges capital charges of these
     */
    public record Totals(
            long trades,
            long different,
            long refused,
            long unpriced,
            Usdc premiums,
            Usdc fees,
            Usdc charges,
            Usdc premiumsThen,
            Usdc feesThen,
            Usdc chargesThen) {

        static final Totals NONE =
                new Totals(
                        0, 0, 0, 0, Usdc.ZERO, Usdc.ZERO, Usdc.ZERO, Usdc.ZERO, Usdc.ZERO,
                        Usdc.ZERO);

        Totals plus(Outcome outcome) {
            QuoteLines was = outcome.trade().lines();
            Optional<QuoteLines> then =
                    switch (outcome) {
                        case Same _, Unpriced _ -> Optional.of(was);
                        case Different different -> Optional.of(different.lines());
                        case Refused _ -> Optional.empty();
                    };
            return new Totals(
                    trades + 1,
                    different + (outcome instanceof Different ? 1 : 0),
                    refused + (outcome instanceof Refused ? 1 : 0),
                    unpriced + (outcome instanceof Unpriced ? 1 : 0),
                    premiums.plus(was.total()),
                    fees.plus(was.fee()),
                    charges.plus(was.capitalCharge()),
                    premiumsThen.plus(then.map(QuoteLines::total).orElse(Usdc.ZERO)),
                    feesThen.plus(then.map(QuoteLines::fee).orElse(Usdc.ZERO)),
                    chargesThen.plus(then.map(QuoteLines::capitalCharge).orElse(Usdc.ZERO)));
        }
    }

    /**
     * Takes the next event of the log.
     *
     * @param judged whether a trade is to be priced again
     * @return what became of it, when it is a trade and to be priced
     */
    public Optional<Outcome> next(Written written, boolean judged) {
        past.apply(written);
        if (!judged || !(written.event() instanceof BookEvent.TradeExecuted trade)) {
            return Optional.empty();
        }
        Outcome outcome = outcome(trade);
        if (counterfactual && outcome instanceof Refused) {
            past.takeOut(trade);
        }
        totals = totals.plus(outcome);
        note(trade, outcome);
        return Optional.of(outcome);
    }

    private void note(BookEvent.TradeExecuted trade, Outcome outcome) {
        switch (outcome) {
            case Same _ -> {
                moreBefore = moreInAll;
                lastJudged = Optional.of(trade);
            }
            case Different different -> {
                moreBefore = moreInAll;
                moreInAll = moreInAll.plus(different.morePoolCash());
                lastJudged = Optional.of(trade);
            }
            case Refused _, Unpriced _ -> {}
        }
    }

    private Outcome outcome(BookEvent.TradeExecuted trade) {
        try {
            PricingVersion.parse(trade.pricingVersion());
            return compared(trade.trade(), requote.of(past, trade, trades).quote().orElseThrow());
        } catch (IllegalArgumentException insufficient) {
            return new Unpriced(trade.trade(), String.valueOf(insufficient.getMessage()));
        }
    }

    private static Outcome compared(Trade trade, Quote quote) {
        return switch (quote) {
            case Quote.Quoted quoted ->
                    quoted.lines().equals(trade.lines())
                            ? new Same(trade)
                            : new Different(trade, quoted.lines());
            case Quote.Refused no -> new Refused(trade, no.rule(), no.numbers());
        };
    }

    /** The pool as it was, with all that was taken. */
    public Past past() {
        return past;
    }

    /**
     * Where the pool's capital stood after the last judged trade, and where it would have.
     *
     * @param was on the pool of then
     * @param then without refused trades, with what the others would have cost more
     */
    public record Standing(Measures was, Measures then) {}

    /** The capital at the end; empty when no trade was judged, or the last cannot be priced. */
    public Optional<Standing> standing() {
        return lastJudged.map(
                trade ->
                        new Standing(
                                new Requote(Map.of())
                                        .after(past, trade, Past.Trades.ALL, Usdc.ZERO)
                                        .capacity()
                                        .measures(),
                                requote.after(past, trade, trades, moreBefore)
                                        .capacity()
                                        .measures()));
    }

    /** What the judged trades come to. */
    public Totals totals() {
        return totals;
    }
}
