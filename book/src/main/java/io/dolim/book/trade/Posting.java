package io.dolim.book.trade;

/**
 * One side of a double entry.
 *
 * @param ledger whose: {@code taker:<account>}, {@code pool}, {@code fees} or {@code external}
 * @param asset of what: {@code USDC} or an instrument's name
 * @param amount micro-USDC or lots; positive is received
 */
public record Posting(String ledger, String asset, long amount) {}
