package io.dolim.api.method;

import io.dolim.api.rpc.ErrorCode;
import io.dolim.api.rpc.Refusal;
import io.dolim.book.Book;
import io.dolim.book.PricingView;
import io.dolim.book.hedge.Hedger;
import io.dolim.book.trade.RefusalReason;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.quote.Quote;
import io.dolim.quoting.quote.QuoteRefusal;
import java.math.BigDecimal;
import java.util.SortedMap;

/** How the domain's refusals read on the wire: a code clients know, our reason, and the numbers. */
final class Refusals {

    private Refusals() {}

    static Refusal of(Book.Refused refused) {
        Refusal said =
                withNumbers(
                        Refusal.of(code(refused.reason()), refused.reason().code()),
                        refused.numbers());
        return refused.rule().equals(refused.reason().code())
                ? said
                : said.with("rule", refused.rule());
    }

    /** What the board, or a Hedger, refuses: bad requests by their rule, a full queue to be tried again. */
    static Refusal of(Hedger.Refused refused) {
        ErrorCode code =
                refused.rule().equals("queue_full")
                        ? ErrorCode.MATCHING_ENGINE_QUEUE_FULL
                        : ErrorCode.BAD_REQUEST;
        return withNumbers(Refusal.of(code, refused.rule()), refused.numbers());
    }

    static Refusal of(RefusalReason reason, SortedMap<String, Double> numbers) {
        return withNumbers(Refusal.of(code(reason), reason.code()), numbers);
    }

    static Refusal of(Quote.Refused refused) {
        Refusal said =
                withNumbers(
                        Refusal.of(code(refused.reason()), refused.reason().code()),
                        refused.numbers());
        return refused.rule().equals(refused.reason().code())
                ? said
                : said.with("rule", refused.rule());
    }

    /** The order id was used with another body. */
    static Refusal conflict(String orderId) {
        return Refusal.of(ErrorCode.BAD_REQUEST, "client_order_id_reused")
                .with("client_order_id", orderId)
                .with("rule", "an order id names one body for ever");
    }

    /** Nothing was done; the same request may succeed. */
    static Refusal retry(String why) {
        return Refusal.of(ErrorCode.RETRY, "retry").with("why", why);
    }

    /** Nobody knows yet; the caller asks again by the same id. */
    static Refusal unknown() {
        return Refusal.of(ErrorCode.SYSTEM_MAINTENANCE, "outcome_unknown")
                .with("rule", "send the same request with the same id again");
    }

    /** An underlying without a market, as just after the start. */
    static Refusal noMarket(Underlying underlying) {
        return Refusal.of(ErrorCode.SYSTEM_MAINTENANCE, "stale_market")
                .with("underlying", underlying.code())
                .with("rule", "no market has been published since the start");
    }

    /** A market that the guard has stopped. */
    static Refusal stopped(PricingView view) {
        return Refusal.of(ErrorCode.SYSTEM_MAINTENANCE, "stale_market")
                .with("underlying", view.underlying().code())
                .with("rule", String.join("; ", view.stopped()));
    }

    /** An instrument that is not there. */
    static Refusal instrument(String name, String rule) {
        return Refusal.of(ErrorCode.INVALID_OR_UNSUPPORTED_INSTRUMENT, "invalid_instrument")
                .with("instrument_name", name.length() > 64 ? name.substring(0, 64) : name)
                .with("rule", rule);
    }

    private static Refusal withNumbers(Refusal said, SortedMap<String, Double> numbers) {
        Refusal all = said;
        for (var number : numbers.entrySet()) {
            double value = number.getValue();
            all =
                    Double.isFinite(value)
                            ? all.with(number.getKey(), BigDecimal.valueOf(value))
                            : all.with(number.getKey(), Double.toString(value));
        }
        return all;
    }

    private static ErrorCode code(RefusalReason reason) {
        return switch (reason) {
            case TOKEN_MALFORMED, TOKEN_FORGED, TOKEN_OF_ANOTHER_BOOK ->
                    ErrorCode.INVALID_ARGUMENTS;
            case TOKEN_OF_ANOTHER_ACCOUNT -> ErrorCode.FORBIDDEN;
            case TOKEN_OF_ANOTHER_BOOT, QUOTE_USED, QUOTE_LAPSED -> ErrorCode.ALREADY_CLOSED;
            case CONTRACT_EXPIRED, NOT_LISTED -> ErrorCode.INVALID_OR_UNSUPPORTED_INSTRUMENT;
            case SIZE_OUT_OF_BOUNDS, AMOUNT_OUT_OF_BOUNDS -> ErrorCode.INVALID_AMOUNT;
            case QUEUE_FULL -> ErrorCode.MATCHING_ENGINE_QUEUE_FULL;
            case INSUFFICIENT_FUNDS, UNCOVERED -> ErrorCode.NOT_ENOUGH_FUNDS;
            case TOO_MANY_HOLDS -> ErrorCode.TOO_MANY_REQUESTS;
            case INVENTORY_MOVED, MARKET_MOVED -> ErrorCode.RETRY;
            case NO_CAPACITY, ACCOUNT_LIMIT -> ErrorCode.ERROR;
            case STALE_VIEW, MARKET_STOPPED -> ErrorCode.SYSTEM_MAINTENANCE;
            case UNKNOWN -> ErrorCode.ORDER_NOT_FOUND;
            case NOT_A_PARTY, CONTRADICTS, RESERVED_ID -> ErrorCode.BAD_REQUEST;
            case ORDER_CLOSED -> ErrorCode.NOT_OPEN_ORDER;
            case TOO_MANY_ORDERS -> ErrorCode.MAX_TOTAL_OPEN_ORDERS;
            case TIMED_OUT -> ErrorCode.TIMED_OUT;
            case NOT_REDUCING, BEYOND_LIMIT -> ErrorCode.OTHER_REJECT;
        };
    }

    private static ErrorCode code(QuoteRefusal reason) {
        return switch (reason) {
            case EXPIRED, FOREIGN_UNDERLYING -> ErrorCode.INVALID_OR_UNSUPPORTED_INSTRUMENT;
            case EXPIRY_CLOSING -> ErrorCode.SETTLEMENT_IN_PROGRESS;
            case INVALID_SIZE -> ErrorCode.INVALID_AMOUNT;
            case STALE_MARKET, STALE_VIEW, UNPRICEABLE -> ErrorCode.SYSTEM_MAINTENANCE;
            case NO_CAPACITY -> ErrorCode.ERROR;
        };
    }
}
