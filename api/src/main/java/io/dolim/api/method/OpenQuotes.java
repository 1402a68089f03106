package io.dolim.api.method;

import com.typesafe.config.Config;
import io.dolim.api.rpc.ErrorCode;
import io.dolim.api.rpc.Refusal;
import io.dolim.book.trade.AccountId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The firm quotes of each account that are neither filled nor lapsed, promises that the pool has out,
 * and how many it asks for beside its trades at them ({@link QuoteRatio}). Both are bounded by account;
 * what has lapsed is forgotten when the account asks again. Thread-safe.
 */
public final class OpenQuotes {

    /** Accounts without an open quote are looked for when so many are remembered. */
    private static final int SWEEP = 4096;

    private final int mostOfAccount;
    private final QuoteRatio.Terms terms;
    private final Map<AccountId, LinkedHashMap<String, Long>> lapsesNs = new TreeMap<>();
    private final Map<AccountId, QuoteRatio> ratios = new TreeMap<>();
    private long lastNs;

    /** As {@code dolim.api.quotes} of a whole configuration says. */
    public static OpenQuotes of(Config root) {
        return new OpenQuotes(
                root.getInt("dolim.api.quotes.most-open-of-account"), QuoteRatio.Terms.of(root));
    }

    /**
     * Bounds both.
     *
     * @param mostOfAccount quotes that an account may have open at once, positive
     */
    OpenQuotes(int mostOfAccount, QuoteRatio.Terms terms) {
        if (mostOfAccount < 1) {
            throw new IllegalArgumentException(
                    "most-open-of-account=" + mostOfAccount + " must be at least 1");
        }
        this.mostOfAccount = mostOfAccount;
        this.terms = terms;
    }

    /**
     * Counts a request for a firm quote, before it is priced.
     *
     * @return why it must not be priced; empty when it may
     */
    synchronized Optional<Refusal> ask(AccountId account, long nowNs) {
        lastNs = nowNs;
        if (ratios.size() >= SWEEP) {
            ratios.values().removeIf(ratio -> ratio.isEmpty(nowNs));
        }
        QuoteRatio own = ratios.computeIfAbsent(account, _ -> new QuoteRatio(terms));
        if (!own.mayAsk(nowNs)) {
            return Optional.of(own.refusal(nowNs));
        }
        own.ask(nowNs);
        return Optional.empty();
    }

    /**
     * Counts a quote that is about to be promised.
     *
     * @param untilNs when it lapses, on the monotonic clock
     * @return why it must not be; empty when it may
     */
    synchronized Optional<Refusal> open(
            AccountId account, String quoteId, long nowNs, long untilNs) {
        if (lapsesNs.size() >= SWEEP) {
            lapsesNs.values().forEach(quotes -> forgetLapsed(quotes, nowNs));
            lapsesNs.values().removeIf(Map::isEmpty);
        }
        LinkedHashMap<String, Long> own =
                lapsesNs.computeIfAbsent(account, _ -> new LinkedHashMap<>());
        forgetLapsed(own, nowNs);
        if (own.size() >= mostOfAccount) {
            return Optional.of(
                    Refusal.of(ErrorCode.TOO_MANY_REQUESTS, "too_many_open_quotes")
                            .with("rule", "dolim.api.quotes.most-open-of-account")
                            .with("used", own.size())
                            .with("allowed", mostOfAccount));
        }
        own.put(quoteId, untilNs);
        return Optional.empty();
    }

    /** It is filled, and open no more: a trade, once. */
    synchronized void filled(AccountId account, String quoteId) {
        LinkedHashMap<String, Long> own = lapsesNs.get(account);
        if (own != null && own.remove(quoteId) != null) {
            ratios.computeIfAbsent(account, _ -> new QuoteRatio(terms)).trade(lastNs);
        }
    }

    private static void forgetLapsed(Map<String, Long> quotes, long nowNs) {
        quotes.values().removeIf(untilNs -> untilNs - nowNs < 0);
    }
}
