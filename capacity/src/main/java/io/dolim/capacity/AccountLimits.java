package io.dolim.capacity;

import io.dolim.quoting.instrument.Underlying;

/**
 * What one account may hold of one underlying, and ask for at once; in force when a reservation was
 * granted. Every Book judges by them the accounts that trade with it.
 *
 * @param orderCoins largest order, all its legs together
 * @param coins all positions, whichever way
 * @param expiryCoins positions of one expiry, whichever way
 * @param shortNotionalUsdc net short contracts at spot, over all expiries; calls and puts net apart
 *     within an expiry
 */
public record AccountLimits(
        double orderCoins, double coins, double expiryCoins, double shortNotionalUsdc) {

    /** Key of the largest order. */
    public static final String ORDER = Limits.ORDER;

    /** Key of all positions. */
    public static final String COINS = Limits.ACCOUNT;

    /** Key of one expiry's. */
    public static final String EXPIRY = Limits.ACCOUNT_EXPIRY;

    /** Key of the short notional. */
    public static final String SHORT_NOTIONAL = Limits.ACCOUNT_SHORT;

    static AccountLimits of(Limits limits, Underlying underlying) {
        return new AccountLimits(
                limits.value(ORDER, underlying),
                limits.value(COINS, underlying),
                limits.value(EXPIRY, underlying),
                limits.value(SHORT_NOTIONAL));
    }
}
