package io.dolim.api.rpc;

/** What a slow reader may miss. */
public enum Delivery {
    /** Every update replaces the one before: a slow reader gets the latest only. Tickers, quotes, whole books. */
    LATEST,
    /** Updates build on each other: a reader who cannot take them all is closed with 1008. Trades, book changes, orders. */
    EVERY
}
