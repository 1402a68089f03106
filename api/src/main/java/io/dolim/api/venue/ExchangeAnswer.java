package io.dolim.api.venue;

/** What a simulated exchange answers to an order or a transfer. */
public sealed interface ExchangeAnswer {

    /** The order was taken, now or when its label was sent first. */
    record Taken(ExchangeOrder order) implements ExchangeAnswer {}

    /** The cash was moved, now or when its label was sent first. */
    record Moved(String label) implements ExchangeAnswer {}

    /**
     * Nothing was done.
     *
     * @param detail the numbers behind it
     */
    record Refused(Reason reason, String detail) implements ExchangeAnswer {}

    /** Why nothing was done. */
    enum Reason {
        /** In an outage. */
        DOWN,
        /** No such perpetual. */
        UNKNOWN_INSTRUMENT,
        /** No index was heard yet. */
        NO_INDEX,
        /** The limit is not on the tick, or too far for the numbers of this exchange. */
        PRICE_WRONG_TICK,
        /** Too many lots for the numbers of this exchange. */
        INVALID_AMOUNT,
        /** The label stands for another order or transfer. */
        LABEL_USED,
        /** By chance. */
        REJECTED,
        /** The order could only add to the position. */
        NOTHING_TO_REDUCE,
        /** Equity would not cover the initial margin. */
        NOT_ENOUGH_FUNDS,
        /** The exchange keeps as many records as it may. */
        LEDGER_FULL
    }
}
