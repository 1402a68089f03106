package io.dolim.api.venue;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dolim.book.hedge.PerpetualSpec;
import io.dolim.book.hedge.Venue;
import io.dolim.book.hedge.VenueFill;
import io.dolim.quoting.money.Usdc;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/** Deribit's shapes of a perpetual future, its book, orders, trades, positions and cash. */
final class VenueJson {

    private static final String USDC = "USDC";

    private VenueJson() {}

    static void instrument(JsonGenerator json, PerpetualRules rules) throws IOException {
        PerpetualSpec spec = rules.spec();
        json.writeStartObject();
        json.writeStringField("instrument_name", spec.instrument());
        json.writeNumberField(
                "instrument_id", Integer.toUnsignedLong(spec.instrument().hashCode()));
        json.writeStringField("kind", "future");
        json.writeStringField("instrument_type", "linear");
        json.writeStringField("future_type", "linear");
        json.writeStringField("base_currency", spec.underlying().code());
        json.writeStringField("quote_currency", USDC);
        json.writeStringField("counter_currency", USDC);
        json.writeStringField("settlement_currency", USDC);
        json.writeStringField("settlement_period", "perpetual");
        json.writeStringField("price_index", spec.underlying().indexName());
        json.writeNumberField("expiration_timestamp", 32_503_708_800_000L);
        json.writeNumberField("creation_timestamp", 0);
        json.writeBooleanField("is_active", true);
        json.writeStringField("state", "open");
        json.writeNumberField("tick_size", spec.tickUsdc());
        json.writeArrayFieldStart("tick_size_steps");
        json.writeEndArray();
        json.writeNumberField("min_trade_amount", spec.coinsPerLot());
        json.writeNumberField("contract_size", spec.coinsPerLot());
        json.writeNumberField("taker_commission", rules.takerFee());
        json.writeNumberField("maker_commission", 0);
        json.writeNumberField("max_leverage", whole(1 / rules.margin().initial()));
        json.writeEndObject();
    }

    /** The members that a ticker and an order book share. */
    static void market(JsonGenerator json, SimulatedPerpetual perpetual, long epochMs)
            throws IOException {
        PerpetualSpec spec = perpetual.spec();
        json.writeStringField("instrument_name", spec.instrument());
        json.writeNumberField("timestamp", epochMs);
        json.writeStringField("state", "open");
        best(json, "best_bid", spec, perpetual.bids());
        best(json, "best_ask", spec, perpetual.asks());
        json.writeNumberField("mark_price", perpetual.exactMark());
        json.writeNumberField("index_price", index(perpetual));
        json.writeNumberField("estimated_delivery_price", index(perpetual));
        json.writeNumberField("last_price", perpetual.exactMark());
        json.writeNumberField("settlement_price", perpetual.exactMark());
        json.writeNumberField("min_price", spec.tickUsdc());
        json.writeNumberField("max_price", Matching.farthest(spec, true));
        json.writeNumberField("open_interest", spec.coins(Math.abs(perpetual.lots())));
        json.writeNumberField("current_funding", figure(perpetual.rate8h()));
        json.writeNumberField("funding_8h", figure(perpetual.rate8h()));
        json.writeNumberField("interest_value", figure(perpetual.rate8h() * 100));
        json.writeObjectFieldStart("stats");
        for (String stat : List.of("volume", "low", "high", "price_change")) {
            json.writeNumberField(stat, 0);
        }
        json.writeEndObject();
    }

    private static void best(
            JsonGenerator json, String side, PerpetualSpec spec, List<Venue.Level> levels)
            throws IOException {
        boolean none = levels.isEmpty();
        json.writeNumberField(
                side + "_price", none ? BigDecimal.ZERO : levels.getFirst().priceUsdc());
        json.writeNumberField(
                side + "_amount", none ? BigDecimal.ZERO : spec.coins(levels.getFirst().lots()));
    }

    static void levels(
            JsonGenerator json,
            String side,
            PerpetualSpec spec,
            List<Venue.Level> levels,
            int depth)
            throws IOException {
        json.writeArrayFieldStart(side);
        for (Venue.Level level : levels.subList(0, Math.min(depth, levels.size()))) {
            json.writeStartArray();
            json.writeNumber(level.priceUsdc());
            json.writeNumber(spec.coins(level.lots()));
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    static void order(JsonGenerator json, PerpetualSpec spec, ExchangeOrder done, boolean market)
            throws IOException {
        long wanted = Math.abs(done.order().lots());
        long filled = done.filledLots();
        json.writeStringField("order_id", done.id());
        json.writeStringField("instrument_name", spec.instrument());
        json.writeStringField("direction", direction(done.order().lots()));
        json.writeStringField("order_type", market ? "market" : "limit");
        if (market) {
            json.writeStringField("price", "market_price");
        } else {
            json.writeNumberField("price", done.order().limitUsdc());
        }
        json.writeNumberField("amount", spec.coins(wanted));
        json.writeNumberField("filled_amount", spec.coins(filled));
        json.writeNumberField("average_price", average(done.fills()));
        json.writeStringField("order_state", filled == wanted ? "filled" : "cancelled");
        if (filled < wanted) {
            json.writeStringField("cancel_reason", "immediate_or_cancel");
        }
        json.writeStringField("label", done.order().label());
        json.writeStringField("time_in_force", "immediate_or_cancel");
        json.writeBooleanField("reduce_only", done.order().reduceOnly());
        json.writeBooleanField("post_only", false);
        json.writeBooleanField("api", true);
        json.writeBooleanField("replaced", false);
        json.writeNumberField("creation_timestamp", done.epochMs());
        json.writeNumberField("last_update_timestamp", done.epochMs());
    }

    private static BigDecimal average(List<VenueFill> fills) {
        BigDecimal paid = BigDecimal.ZERO;
        long lots = 0;
        for (VenueFill fill : fills) {
            paid = paid.add(fill.priceUsdc().multiply(BigDecimal.valueOf(Math.abs(fill.lots()))));
            lots += Math.abs(fill.lots());
        }
        return lots == 0
                ? BigDecimal.ZERO
                : paid.divide(BigDecimal.valueOf(lots), 8, RoundingMode.HALF_EVEN);
    }

    static void trade(JsonGenerator json, PerpetualSpec spec, VenueFill fill) throws IOException {
        boolean ours = !fill.label().isEmpty();
        json.writeStartObject();
        json.writeStringField("trade_id", fill.tradeId());
        json.writeNumberField("trade_seq", fill.sequence());
        json.writeStringField("instrument_name", spec.instrument());
        json.writeStringField("direction", direction(fill.lots()));
        json.writeNumberField("amount", spec.coins(Math.abs(fill.lots())));
        json.writeNumberField("price", fill.priceUsdc());
        json.writeNumberField("fee", fill.fee().toDecimal());
        json.writeStringField("fee_currency", USDC);
        json.writeStringField("liquidity", "T");
        json.writeStringField("state", "filled");
        json.writeStringField("order_type", ours ? "limit" : "liquidation");
        if (ours) {
            json.writeStringField("label", fill.label());
        } else {
            json.writeStringField("liquidation", "T");
        }
        json.writeNumberField("timestamp", fill.epochMs());
        json.writeEndObject();
    }

    static void position(JsonGenerator json, SimulatedPerpetual perpetual) throws IOException {
        PerpetualSpec spec = perpetual.spec();
        long lots = perpetual.lots();
        BigDecimal floating = new Usdc(perpetual.unrealised()).toDecimal();
        json.writeStartObject();
        json.writeStringField("instrument_name", spec.instrument());
        json.writeStringField("kind", "future");
        json.writeStringField("direction", lots == 0 ? "zero" : direction(lots));
        json.writeNumberField("size", spec.coins(lots));
        json.writeNumberField("size_currency", spec.coins(lots));
        json.writeNumberField("average_price", averageCost(perpetual));
        json.writeNumberField("mark_price", perpetual.exactMark());
        json.writeNumberField("index_price", index(perpetual));
        json.writeNumberField("floating_profit_loss", floating);
        json.writeNumberField("realized_profit_loss", 0);
        json.writeNumberField("realized_funding", 0);
        json.writeNumberField("total_profit_loss", floating);
        json.writeNumberField("settlement_price", perpetual.exactMark());
        json.writeNumberField("delta", spec.coins(lots));
        json.writeNumberField("initial_margin", usdc(perpetual.initialMargin(lots)));
        json.writeNumberField("maintenance_margin", usdc(perpetual.maintenanceMargin()));
        json.writeNumberField("leverage", whole(1 / perpetual.rules().margin().initial()));
        json.writeNumberField("estimated_liquidation_price", 0);
        json.writeEndObject();
    }

    private static BigDecimal averageCost(SimulatedPerpetual perpetual) {
        return perpetual.lots() == 0
                ? BigDecimal.ZERO
                : usdc(perpetual.costMicros())
                        .divide(
                                perpetual.spec().coins(perpetual.lots()),
                                8,
                                RoundingMode.HALF_EVEN);
    }

    static void summary(JsonGenerator json, ExchangeAccount account) throws IOException {
        BigDecimal cash = account.cash().toDecimal();
        BigDecimal equity = account.equity().toDecimal();
        BigDecimal free = account.free().toDecimal();
        json.writeStartObject();
        json.writeStringField("currency", USDC);
        json.writeNumberField("balance", cash);
        json.writeNumberField("equity", equity);
        json.writeNumberField("margin_balance", equity);
        json.writeNumberField(
                "available_funds", account.equity().minus(account.initial()).toDecimal());
        json.writeNumberField("available_withdrawal_funds", free.max(BigDecimal.ZERO));
        json.writeNumberField("initial_margin", account.initial().toDecimal());
        json.writeNumberField("maintenance_margin", account.maintenance().toDecimal());
        json.writeNumberField("session_rpl", 0);
        json.writeNumberField("session_upl", equity.subtract(cash));
        json.writeNumberField("session_funding", account.accrued().toDecimal());
        json.writeNumberField("futures_pl", account.unrealised().toDecimal());
        json.writeNumberField("total_pl", equity.subtract(cash));
        json.writeBooleanField("portfolio_margining_enabled", false);
        json.writeEndObject();
    }

    /** A line of the transaction log. */
    static void line(JsonGenerator json, ExchangeLedger.Line line) throws IOException {
        BigDecimal amount = line.payment().amount().toDecimal();
        json.writeStartObject();
        json.writeNumberField("id", line.payment().sequence());
        json.writeNumberField("user_seq", line.payment().sequence());
        json.writeNumberField("timestamp", line.payment().epochMs());
        json.writeStringField("currency", USDC);
        json.writeNumberField("change", amount);
        json.writeNumberField("cashflow", amount);
        json.writeNumberField("balance", line.cashAfter().toDecimal());
        json.writeNumberField("commission", 0);
        switch (line.payment().kind()) {
            case FUNDING -> {
                json.writeStringField("type", "settlement");
                json.writeStringField("instrument_name", line.instrument());
                json.writeNumberField("interest_pl", amount);
            }
            case TRANSFER -> {
                json.writeStringField("type", "transfer");
                json.writeNullField("instrument_name");
                json.writeNullField("interest_pl");
            }
            case LIQUIDATION_FEE -> {
                json.writeStringField("type", "liquidation");
                json.writeNullField("instrument_name");
                json.writeNullField("interest_pl");
            }
        }
        json.writeEndObject();
    }

    private static String direction(long lots) {
        return lots > 0 ? "buy" : "sell";
    }

    private static BigDecimal usdc(long micros) {
        return new Usdc(micros).toDecimal();
    }

    private static BigDecimal index(SimulatedPerpetual perpetual) {
        return new BigDecimal(perpetual.indexUsdc()).setScale(6, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal figure(double share) {
        return new BigDecimal(share).round(new MathContext(8));
    }

    private static long whole(double number) {
        return Math.round(number);
    }
}
