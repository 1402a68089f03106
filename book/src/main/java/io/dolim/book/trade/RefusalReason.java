package io.dolim.book.trade;

import java.util.Locale;

/** Why a request did nothing. Every refusal names one of these, with the numbers behind it. */
public enum RefusalReason {
    /** The token cannot be read. */
    TOKEN_MALFORMED,
    /** The token's seal is not ours. */
    TOKEN_FORGED,
    /** The token was sealed by another start of the engine: it has lapsed. */
    TOKEN_OF_ANOTHER_BOOT,
    /** The token was made for another account. */
    TOKEN_OF_ANOTHER_ACCOUNT,
    /** The token is of another underlying than this Book's. */
    TOKEN_OF_ANOTHER_BOOK,
    /** The quote was filled, or is being filled, under another order id. */
    QUOTE_USED,
    /** The quote is older than its life, or so old that its view is forgotten. */
    QUOTE_LAPSED,
    /** The market is stopped: nothing is filled until it is quoted again. */
    MARKET_STOPPED,
    /** The index has moved beyond the collar since the quote was made, up or down. */
    MARKET_MOVED,
    /** A contract of the package has expired or stopped trading. */
    CONTRACT_EXPIRED,
    /** A contract of the package is not listed. */
    NOT_LISTED,
    /** A leg's quantity is outside the contract's bounds. */
    SIZE_OUT_OF_BOUNDS,
    /** The Book holds as many unanswered requests as it may. */
    QUEUE_FULL,
    /** The account cannot pay, or cannot cover the worst pay-off. */
    INSUFFICIENT_FUNDS,
    /** After the trade a rising price would cost the account without bound. */
    UNCOVERED,
    /** The account would hold more than one account may; the rule is the limit's key. */
    ACCOUNT_LIMIT,
    /** The account has as many holds as it may. */
    TOO_MANY_HOLDS,
    /** The pool's inventory moved: the charge of this moment is more than a tick above the quoted one. */
    INVENTORY_MOVED,
    /** The pool cannot take the risk; the numbers name the rule. */
    NO_CAPACITY,
    /** No market view is fresh enough to judge the risk. */
    STALE_VIEW,
    /** The amount is not positive or too large. */
    AMOUNT_OUT_OF_BOUNDS,
    /** There is nothing of that name. */
    UNKNOWN,
    /** The account had no part in the trade, or none that is still remembered. */
    NOT_A_PARTY,
    /** The order contradicts what has happened already. */
    CONTRADICTS,
    /** The order rests no more: it was filled, or has ended. */
    ORDER_CLOSED,
    /** As many orders rest as may, of the account or in all; the rule is the bound's key. */
    TOO_MANY_ORDERS,
    /** The time until which the request was to be decided is past. */
    TIMED_OUT,
    /** The trade would not only make the account's position smaller. */
    NOT_REDUCING,
    /** The price is beyond the order's limit. */
    BEYOND_LIMIT,
    /** The order id is of a form that the Book keeps for itself. */
    RESERVED_ID;

    /** The name in messages, as in {@code quote_lapsed}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
