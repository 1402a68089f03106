package io.dolim.capacity.journal;

import io.dolim.quoting.money.Usdc;
import java.util.List;

/**
 * One side of a movement of money.
 *
 * @param account whose balance moves, as in {@code pool} or {@code account:42}
 * @param amount credited when positive
 */
public record Posting(String account, Usdc amount) {

    /** The pool's cash. */
    public static final String POOL = "pool";

    /** The world outside: where capital comes from and goes to. */
    public static final String EXTERNAL = "external";

    /** Longest name of an account. */
    public static final int MAX_ACCOUNT_LENGTH = 128;

    /** @throws IllegalArgumentException when the account has no name or too long a one */
    public Posting {
        if (account.isEmpty() || account.length() > MAX_ACCOUNT_LENGTH) {
            throw new IllegalArgumentException(
                    "account=" + account + " must be 1 to 128 characters");
        }
    }

    /**
     * Invariant P1: the postings of one event sum to zero. A broken one halts the writer.
     *
     * @throws IllegalStateException when they do not
     */
    public static List<Posting> requireBalanced(List<Posting> postings) {
        Usdc sum = Usdc.ZERO;
        for (Posting posting : postings) {
            sum = sum.plus(posting.amount());
        }
        if (sum.signum() != 0) {
            throw new IllegalStateException("postings=" + postings + " sum to " + sum);
        }
        return List.copyOf(postings);
    }
}
