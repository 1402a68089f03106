package io.dolim.book.trade;

import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.money.Usdc;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One side of a double entry.
 *
 * @param ledger whose: {@code taker:<account>}, {@code pool}, {@code fees}, {@code venue:<name>}: the
 *     pool's cash at a venue, {@code keeper:<name>}, or {@code external}
 * @param asset of what: {@code USDC} or an instrument's name, a perpetual's included
 * @param amount micro-USDC or lots; positive is received
 */
public record Posting(String ledger, String asset, long amount) {

    /** The asset that is money. */
    public static final String USDC = "USDC";

    /** The pool's ledger. */
    public static final String POOL = "pool";

    /** The ledger of fees taken. */
    public static final String FEES = "fees";

    /** The world outside: where deposits come from. */
    public static final String EXTERNAL = "external";

    private static final String TAKER = "taker:";

    /** Who holds something for the pool or is paid by it. */
    private static final Pattern PARTNER =
            Pattern.compile("(venue|keeper):[a-z0-9][a-z0-9_-]{0,31}");

    private static final Pattern PERPETUAL = Pattern.compile("[A-Z0-9]{1,16}_USDC-PERPETUAL");

    /** @throws IllegalArgumentException when the ledger or the asset is none of those above */
    public Posting {
        if (!ledger.equals(POOL)
                && !ledger.equals(FEES)
                && !ledger.equals(EXTERNAL)
                && !PARTNER.matcher(ledger).matches()) {
            requireTaker(ledger);
        }
        if (!asset.equals(USDC) && !PERPETUAL.matcher(asset).matches()) {
            OptionContract.parse(asset);
        }
    }

    /** Money to or from a ledger. */
    public static Posting cash(String ledger, Usdc amount) {
        return new Posting(ledger, USDC, amount.micros());
    }

    /** Lots to or from a ledger. */
    public static Posting lots(String ledger, OptionContract contract, long lots) {
        return new Posting(ledger, contract.name(), lots);
    }

    /** The ledger of a taker. */
    public static String taker(AccountId account) {
        return TAKER + account.text();
    }

    /** The ledger of the pool's cash at a venue. */
    public static String venue(String name) {
        return "venue:" + name;
    }

    /** The ledger of a keeper's rewards. */
    public static String keeper(String name) {
        return "keeper:" + name;
    }

    /** The takers among those who are posted to. */
    public static SortedSet<AccountId> takers(List<Posting> postings) {
        SortedSet<AccountId> takers = new TreeSet<>();
        postings.stream().filter(Posting::isTaker).forEach(p -> takers.add(p.account()));
        return takers;
    }

    /** Whether the ledger is a taker's. */
    public boolean isTaker() {
        return ledger.startsWith(TAKER);
    }

    /**
     * The taker whose ledger it is.
     *
     * @throws IllegalArgumentException when it is no taker's
     */
    public AccountId account() {
        return requireTaker(ledger);
    }

    /** Whether it moves money. */
    public boolean isCash() {
        return asset.equals(USDC);
    }

    /** Invariant P1: in every asset the postings of one event sum to zero. A broken one halts the writer. */
    public static void requireBalanced(List<Posting> postings) {
        SortedMap<String, Long> sums = new TreeMap<>();
        for (Posting posting : postings) {
            sums.merge(posting.asset(), posting.amount(), Math::addExact);
        }
        sums.forEach(
                (asset, sum) -> {
                    if (sum != 0) {
                        throw new BrokenInvariant("postings in " + asset + " sum to " + sum);
                    }
                });
    }

    private static AccountId requireTaker(String ledger) {
        if (!ledger.startsWith(TAKER)) {
            throw new IllegalArgumentException("ledger=" + ledger + " is not known");
        }
        return new AccountId(ledger.substring(TAKER.length()));
    }
}
