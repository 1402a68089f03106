package io.dolim.api.rpc;

/** The error codes of Deribit API v2 and JSON-RPC 2.0 that this edge and the methods behind it answer with. */
public enum ErrorCode {
    ERROR(10001, "error"),
    QTY_TOO_LOW(10002, "qty_too_low"),
    ORDER_NOT_FOUND(10004, "order_not_found"),
    PRICE_TOO_HIGH(10007, "price_too_high"),
    NOT_ENOUGH_FUNDS(10009, "not_enough_funds"),
    ALREADY_CLOSED(10010, "already_closed"),
    MAX_TOTAL_OPEN_ORDERS(10013, "pme_max_total_open_orders"),
    INVALID_OR_UNSUPPORTED_INSTRUMENT(10020, "invalid_or_unsupported_instrument"),
    INVALID_AMOUNT(10021, "invalid_amount"),
    INVALID_PRICE(10023, "invalid_price"),
    TOO_MANY_REQUESTS(10028, "too_many_requests"),
    MUST_BE_WEBSOCKET_REQUEST(10030, "must_be_websocket_request"),
    RETRY(10040, "retry"),
    SETTLEMENT_IN_PROGRESS(10041, "settlement_in_progress"),
    PRICE_WRONG_TICK(10043, "price_wrong_tick"),
    MATCHING_ENGINE_QUEUE_FULL(10047, "matching_engine_queue_full"),
    INVALID_ARGUMENTS(11029, "invalid_arguments"),
    OTHER_REJECT(11030, "other_reject"),
    NOT_OPEN_ORDER(11044, "not_open_order"),
    BAD_REQUEST(11050, "bad_request"),
    SYSTEM_MAINTENANCE(11051, "system_maintenance"),
    POST_ONLY_REJECT(11054, "post_only_reject"),
    INVALID_CREDENTIALS(13004, "invalid_credentials"),
    UNAUTHORIZED(13009, "unauthorized"),
    FORBIDDEN(13021, "forbidden"),
    METHOD_SWITCHED_OFF_BY_ADMIN(13025, "method_switched_off_by_admin"),
    TIMED_OUT(13888, "timed_out"),
    PARSE_ERROR(-32700, "Parse error"),
    INVALID_REQUEST(-32600, "Invalid Request"),
    METHOD_NOT_FOUND(-32601, "Method not found"),
    INVALID_PARAMS(-32602, "Invalid params");

    private final int code;
    private final String message;

    ErrorCode(int code, String message) {
        this.code = code;
        this.message = message;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The message on the wire. */
    public String message() {
        return message;
    }
}
