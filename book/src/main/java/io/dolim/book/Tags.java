package io.dolim.book;

import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.RequestId;

/** The tags under which the journal finds events again; a tag cannot be added later. */
public final class Tags {

    /** All trades. */
    public static final String TRADES = "kind:trade-executed";

    /** All adjustments. */
    public static final String ADJUSTMENTS = "kind:trade-adjusted";

    private Tags() {}

    /** All that touched an instrument. */
    public static String instrument(String name) {
        return "instrument:" + name;
    }

    /** All that touched an account. */
    public static String account(AccountId account) {
        return "account:" + account;
    }

    /** The trade of an order id; an account's name has no colon, so the tag is unambiguous. */
    public static String order(AccountId account, ClientOrderId orderId) {
        return "order:" + account + ":" + orderId;
    }

    /** The deposit or withdrawal of a request id. */
    public static String request(AccountId account, RequestId requestId) {
        return "request:" + account + ":" + requestId;
    }
}
