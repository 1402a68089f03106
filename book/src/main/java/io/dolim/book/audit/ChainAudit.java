package io.dolim.book.audit;

import io.dolim.book.PricingView;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.quote.Quote;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Audits one published view of an underlying: every contract that is listed or in the chain shows an
 * ask and a bid (or a reason for what is missing), no bid lies above its ask, firm quotes on strikes
 * and expiries that are not listed have bid &lt;= ask or a reason, and no set of displayed and firm
 * quotes pays a taker ({@link ArbitrageSearch}). Should the market have moved since the display was
 * made, firm quotes are searched among themselves: the two do not stand at once.
 */
public final class ChainAudit {

    /** Violations that are told in words; all are counted. */
    public static final int MOST_TOLD = 20;

    private final PricingMarket market;
    private final PricingMarket firmMarket;
    private final ContractSpec spec;
    private final Function<OptionPackage, Quote> firm;
    private final SortedMap<String, Integer> refusals = new TreeMap<>();
    private final SortedMap<String, Integer> withoutBid = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private final List<Shown> firmQuotes = new ArrayList<>();
    private int twoSided;
    private int askOnly;
    private int firmStrikes;
    private int firmExpiries;

    /**
     * What was found.
     *
     * @param timeMs of the market, milliseconds since 1970 on the feed's clock
     * @param expected contracts that are listed or in the chain, and not expired
     * @param twoSided of these, with bid and ask
     * @param askOnly of these, with an ask and no bid
     * @param withoutBid how many of the last have no bid, by reason
     * @param firmStrikes contracts on unlisted strikes that got a firm bid and ask
     * @param firmExpiries contracts on unlisted expiries that got a firm bid and ask
     * @param refusals how many contracts were refused, by reason
     * @param violations how many rules were broken
     * @param told the first of them, in words
     */
    public record Findings(
            Underlying underlying,
            long timeMs,
            int expected,
            int twoSided,
            int askOnly,
            SortedMap<String, Integer> withoutBid,
            int firmStrikes,
            int firmExpiries,
            SortedMap<String, Integer> refusals,
            int violations,
            List<String> told) {

        /** Copies the collections. */
        public Findings {
            withoutBid = Collections.unmodifiableSortedMap(new TreeMap<>(withoutBid));
            refusals = Collections.unmodifiableSortedMap(new TreeMap<>(refusals));
            told = List.copyOf(told);
        }
    }

    private ChainAudit(
            PricingMarket market,
            PricingMarket firmMarket,
            ContractSpec spec,
            Function<OptionPackage, Quote> firm) {
        this.market = market;
        this.firmMarket = firmMarket;
        this.spec = spec;
        this.firm = firm;
    }

    /**
     * Audits a view.
     *
     * @param chain contracts that the feed showed with the chain
     * @param chainMs when it showed them, milliseconds since 1970 on the feed's clock
     * @param nowNs the process's monotonic clock, for the firm quotes
     */
    public static Findings of(
            PricingView view, SortedSet<OptionContract> chain, long chainMs, long nowNs) {
        ChainAudit audit =
                new ChainAudit(
                        view.displayed().isPresent()
                                ? view.displayed().get().basis().market()
                                : view.market(),
                        view.market(),
                        view.quoter().spec(),
                        asked -> view.quote(asked, nowNs));
        if (view.displayed().isEmpty()) {
            audit.violations.add("nothing is displayed: " + String.join("; ", view.stopped()));
        }
        if (view.market().surface().fixedAtMs() < chainMs || audit.market.timeMs() < chainMs) {
            audit.violations.add("quotes stand on an earlier chain");
        }
        SortedSet<OptionContract> expected = new TreeSet<>(view.listed());
        expected.addAll(chain);
        List<Shown> shown =
                view.displayed().stream()
                        .flatMap(quotes -> quotes.rows().values().stream())
                        .map(Shown::of)
                        .toList();
        return audit.audited(expected, shown);
    }

    /** The same over a view's parts. */
    static Findings of(
            PricingMarket market,
            ContractSpec spec,
            SortedSet<OptionContract> expected,
            List<Shown> shown,
            Function<OptionPackage, Quote> firm) {
        return new ChainAudit(market, market, spec, firm).audited(new TreeSet<>(expected), shown);
    }

    private Findings audited(SortedSet<OptionContract> expected, List<Shown> shown) {
        expected.removeIf(contract -> contract.expiry().epochMs() <= market.timeMs());
        SortedMap<OptionContract, Shown> byContract = new TreeMap<>();
        shown.forEach(one -> byContract.put(one.contract(), one));
        for (OptionContract contract : expected) {
            Optional.ofNullable(byContract.get(contract))
                    .ifPresentOrElse(
                            this::displayed, () -> violations.add("not displayed: " + contract));
        }
        Unlisted unlisted = new Unlisted(market.underlying(), expected);
        firmStrikes = firm(unlisted.strikes());
        firmExpiries = firm(unlisted.expiries(market.spotUsdc()));
        searched(shown);
        return new Findings(
                market.underlying(),
                market.timeMs(),
                expected.size(),
                twoSided,
                askOnly,
                withoutBid,
                firmStrikes,
                firmExpiries,
                refusals,
                violations.size(),
                violations.subList(0, Math.min(violations.size(), MOST_TOLD)));
    }

    private void searched(List<Shown> shown) {
        if (market.equals(firmMarket)) {
            List<Shown> all = new ArrayList<>(shown);
            all.addAll(firmQuotes);
            violations.addAll(ArbitrageSearch.in(market, all));
        } else {
            violations.addAll(ArbitrageSearch.in(market, shown));
            violations.addAll(ArbitrageSearch.in(firmMarket, firmQuotes));
        }
    }

    private void displayed(Shown shown) {
        if (shown.askUsdc().isEmpty()) {
            shown.refusal()
                    .ifPresentOrElse(
                            why -> refused(shown.contract(), why),
                            () -> violations.add("neither ask nor reason: " + shown.contract()));
        } else if (shown.bidUsdc().isEmpty()) {
            askOnly++;
            String why = shown.noBid().or(shown::refusal).orElse("");
            if (why.isBlank()) {
                violations.add("neither bid nor reason: " + shown.contract());
            }
            withoutBid.merge(why, 1, Integer::sum);
        } else {
            twoSided++;
        }
        if (shown.bidUsdc().isPresent()
                && shown.askUsdc().isPresent()
                && shown.bidUsdc().get().compareTo(shown.askUsdc().get()) > 0) {
            violations.add(
                    "bid "
                            + shown.bidUsdc().get()
                            + " above ask "
                            + shown.askUsdc().get()
                            + ": "
                            + shown.contract());
        }
    }

    private void refused(OptionContract contract, String reason) {
        if (reason.isBlank()) {
            violations.add("refused without a reason: " + contract);
        }
        refusals.merge(reason, 1, Integer::sum);
    }

    private int firm(List<OptionContract> contracts) {
        int quoted = 0;
        for (OptionContract contract : contracts) {
            OptionPackage one = OptionPackage.of(new Leg(contract, spec.minLots()));
            quoted += isFirm(contract, firm.apply(one), firm.apply(one.reversed())) ? 1 : 0;
        }
        return quoted;
    }

    private boolean isFirm(OptionContract contract, Quote ask, Quote bid) {
        if (!(ask instanceof Quote.Quoted buy)) {
            refused(contract, ask);
            return false;
        }
        firmQuotes.add(Shown.firm(contract, buy, bid, spec.coins(spec.minLots())));
        if (buy.price().signum() <= 0) {
            violations.add("firm ask " + buy.price() + " for nothing: " + contract);
        }
        if (!(bid instanceof Quote.Quoted sell)) {
            refused(contract, bid);
            return false;
        }
        if (buy.price().plus(sell.price()).signum() < 0) {
            violations.add(
                    "firm bid "
                            + sell.price().negated()
                            + " above ask "
                            + buy.price()
                            + ": "
                            + contract);
        }
        return true;
    }

    private void refused(OptionContract contract, Quote quote) {
        if (quote instanceof Quote.Refused refusal) {
            refused(contract, reason(refusal));
        }
    }

    /** The reason and, where it has several, its rule. */
    static String reason(Quote.Refused refused) {
        String code = refused.reason().code().toLowerCase(Locale.ROOT);
        return refused.rule().equals(code) ? code : code + ": " + refused.rule();
    }
}
