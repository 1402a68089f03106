package io.dolim.api.method;

import io.dolim.api.rpc.ErrorCode;
import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Refusal;
import io.dolim.api.rpc.Refused;
import io.dolim.book.Conditions;
import io.dolim.book.order.OrderTerms;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.quote.Leg;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An order as {@code private/buy} and {@code sell} take it.
 *
 * @param limit worst price per coin; empty for a market order
 * @param rests how long it waits; empty for one that takes at once or not at all
 * @param orderId what its sender calls it, for ever
 * @param untilNs from when on it must not be decided, on the monotonic clock
 * @param body all of it in one text, which its id names for ever
 */
record OrderForm(
        Leg leg,
        Optional<BigDecimal> limit,
        Optional<OrderTerms.Force> rests,
        Optional<ClientOrderId> orderId,
        boolean reduceOnly,
        OptionalLong untilNs,
        String label,
        String body) {

    static final int LONGEST_LABEL = 64;

    /** Reads an order; a sign of 1 buys, of -1 sells. */
    static OrderForm read(Params params, int sign, Floor floor) {
        Asked asked = floor.asked();
        refusePostOnly(params);
        OptionContract contract = asked.contract(params);
        long lots = asked.lots(params, contract, BigDecimal.ONE);
        boolean market =
                params.has("type") && params.oneOf("type", "limit", "market").equals("market");
        String force = force(params, market);
        Optional<BigDecimal> limit =
                market ? Optional.empty() : Optional.of(price(params, asked.spec(contract)));
        boolean reduceOnly = params.flag("reduce_only", false);
        String label = params.optionalText("label", LONGEST_LABEL).orElse("");
        Optional<OrderTerms.Force> rests = rests(force);
        String body =
                contract.name()
                        + "|"
                        + sign * lots
                        + "|"
                        + limit.map(each -> each.stripTrailingZeros().toPlainString()).orElse("")
                        + "|"
                        + force
                        + (reduceOnly ? "|reduce_only" : "")
                        + (rests.isPresent() ? "|" + label : "");
        return new OrderForm(
                new Leg(contract, sign * lots),
                limit,
                rests,
                params.has("client_order_id") ? Optional.of(orderId(params)) : Optional.empty(),
                reduceOnly,
                untilNs(params, floor),
                label,
                body);
    }

    /** What an order that takes at once must keep. */
    Conditions conditions() {
        return new Conditions(Optional.empty(), reduceOnly, untilNs);
    }

    /** What an order that rests asks for. */
    OrderTerms terms() {
        return new OrderTerms(
                leg.contract(),
                leg.lots(),
                limit.orElseThrow(),
                rests.orElseThrow(),
                reduceOnly,
                label);
    }

    private static String force(Params params, boolean market) {
        if (market) {
            return params.has("time_in_force")
                    ? params.oneOf("time_in_force", "immediate_or_cancel", "fill_or_kill")
                    : "immediate_or_cancel";
        }
        return params.has("time_in_force")
                ? params.oneOf(
                        "time_in_force",
                        "good_til_cancelled",
                        "good_til_day",
                        "immediate_or_cancel",
                        "fill_or_kill")
                : OrderTerms.Force.GOOD_TIL_CANCELLED.code();
    }

    private static Optional<OrderTerms.Force> rests(String force) {
        for (OrderTerms.Force each : OrderTerms.Force.values()) {
            if (each.code().equals(force)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Refuses what only a maker may ask for. */
    static void refusePostOnly(Params params) {
        if (params.flag("post_only", false)) {
            throw new Refused(
                    Refusal.of(ErrorCode.POST_ONLY_REJECT, "post_only_reject")
                            .with("post_only", "true")
                            .with(
                                    "rule",
                                    "the pool is the only maker: every order takes its price"));
        }
    }

    static ClientOrderId orderId(Params params) {
        return params.parsed(
                "client_order_id",
                text -> Wire.reading(ClientOrderId::new, text),
                "must be 1 to 64 letters, digits, '.', ':', '_' or '-'");
    }

    /** Milliseconds since 1970 on the clock of {@code public/get_time}, as the monotonic clock will show them. */
    static OptionalLong untilNs(Params params, Floor floor) {
        Optional<Long> untilMs = params.optionalWhole("valid_until", 1, Long.MAX_VALUE / 4_000_000);
        if (untilMs.isEmpty()) {
            return OptionalLong.empty();
        }
        long leftMs = untilMs.get() - floor.wallMs().getAsLong();
        return OptionalLong.of(floor.monotonicNs().getAsLong() + leftMs * 1_000_000L);
    }

    /** A limit, a multiple of the tick. */
    static BigDecimal price(Params params, ContractSpec spec) {
        BigDecimal price = params.decimal("price");
        if (price.signum() <= 0) {
            throw new Refused(
                    Refusal.of(ErrorCode.INVALID_PRICE, "invalid_price")
                            .with("price", price)
                            .with("rule", "must be positive"));
        }
        if (price.remainder(spec.tickUsdc()).signum() != 0) {
            throw new Refused(
                    Refusal.of(ErrorCode.PRICE_WRONG_TICK, "price_wrong_tick")
                            .with("price", price)
                            .with("tick_size", spec.tickUsdc())
                            .with("rule", "must be a multiple of the tick"));
        }
        return price;
    }
}
