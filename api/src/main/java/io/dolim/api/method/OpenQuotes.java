package io.dolim.api.method;

import io.dolim.api.rpc.ErrorCode;
import io.dolim.api.rpc.Refusal;
import io.dolim.book.trade.AccountId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The firm quotes of each account that are neither filled nor lapsed: promises that the pool has out.
 * Bounded by account; what has lapsed is forgotten when the account asks again. Thread-safe.
 */
public final class OpenQuotes {

    /** Accounts without an open quote are looked for when so many are remembered. */
    private static final int SWEEP = 4096;

    private final int mostOfAccount;
    private final Map<AccountId, LinkedHashMap<String, Long>> lapsesNs = new TreeMap<>();

    /** @param mostOfAccount quotes that an account may have open at once, positive */
    public OpenQuotes(int mostOfAccount) {
        if (mostOfAccount < 1) {
            throw new IllegalArgumentException(
                    "most-open-of-account=" + mostOfAccount + " must be at least 1");
        }
        this.mostOfAccount = mostOfAccount;
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

    /** It is filled, and open no more. */
    synchronized void filled(AccountId account, String quoteId) {
        LinkedHashMap<String, Long> own = lapsesNs.get(account);
        if (own != null) {
            own.remove(quoteId);
        }
    }

    private static void forgetLapsed(Map<String, Long> quotes, long nowNs) {
        quotes.values().removeIf(untilNs -> untilNs - nowNs < 0);
    }
}
