package io.dolim.api.method;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Refused;
import io.dolim.api.rpc.Reply;
import io.dolim.api.rpc.Result;
import io.dolim.book.PricingView;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.quote.Quoter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is traded here: currencies, instruments, indices. */
final class ReferenceMethods {

    private static final String USDC = "USDC";

    private final Floor floor;

    ReferenceMethods(Floor floor) {
        this.floor = floor;
    }

    List<Method<?>> methods() {
        return List.of(
                Method.open(
                        "public/get_currencies", p -> p, Method.now((caller, p) -> currencies())),
                Method.open(
                        "public/get_instruments",
                        this::selection,
                        Method.now((caller, selection) -> instruments(selection))),
                Method.open(
                        "public/get_instrument",
                        floor.asked()::contract,
                        Method.now((caller, contract) -> instrument(contract))),
                Method.open(
                        "public/get_index_price_names",
                        p -> p,
                        Method.now((caller, p) -> indexNames())),
                Method.open(
                        "public/get_index_price",
                        this::index,
                        Method.now((caller, view) -> indexPrice(view))));
    }

    /** The underlyings that a {@code currency} means: USDC is all of them, a coin its own. */
    static List<Underlying> underlyings(Params params, Floor floor) {
        if (!params.has("currency") || params.text("currency", 8).equals("any")) {
            return List.copyOf(floor.specs().keySet());
        }
        String currency = params.text("currency", 8);
        if (currency.equals(USDC)) {
            return List.copyOf(floor.specs().keySet());
        }
        return floor.specs().keySet().stream()
                .filter(underlying -> underlying.code().equals(currency))
                .findFirst()
                .map(List::of)
                .orElseThrow(
                        () ->
                                params.refuse(
                                        "currency",
                                        "must be USDC or one of " + floor.specs().keySet()));
    }

    private record Selection(List<Underlying> underlyings, boolean options) {}

    private Selection selection(Params params) {
        List<Underlying> underlyings = underlyings(params, floor);
        boolean expired = params.flag("expired", false);
        return new Selection(underlyings, meansOptions(params) && !expired);
    }

    /** Whether a {@code kind} means options: all that is traded here. */
    static boolean meansOptions(Params params) {
        String kind =
                params.has("kind")
                        ? params.oneOf(
                                "kind",
                                "option",
                                "any",
                                "future",
                                "perpetual",
                                "spot",
                                "combo",
                                "option_combo",
                                "future_combo")
                        : "option";
        return kind.equals("option") || kind.equals("any");
    }

    private Reply currencies() {
        List<String> codes = new ArrayList<>(List.of(USDC));
        floor.specs().keySet().forEach(underlying -> codes.add(underlying.code()));
        return new Result(
                json -> {
                    json.writeStartArray();
                    for (String code : codes) {
                        json.writeStartObject();
                        json.writeStringField("currency", code);
                        json.writeStringField("currency_long", code);
                        json.writeStringField("coin_type", code.equals(USDC) ? "ETHEREUM" : code);
                        json.writeNumberField("fee_precision", 6);
                        json.writeNumberField("decimals", 6);
                        json.writeNumberField("min_confirmations", 0);
                        json.writeNumberField("min_withdrawal_fee", 0);
                        json.writeNumberField("withdrawal_fee", 0);
                        json.writeArrayFieldStart("withdrawal_priorities");
                        json.writeEndArray();
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                });
    }

    private Reply instruments(Selection selection) {
        List<PricingView> views = new ArrayList<>();
        if (selection.options) {
            for (Underlying underlying : selection.underlyings) {
                floor.board().latest(underlying).ifPresent(views::add);
            }
        }
        return new Result(
                json -> {
                    json.writeStartArray();
                    for (PricingView view : views) {
                        for (OptionContract contract : view.listed()) {
                            write(json, view.quoter(), contract);
                        }
                    }
                    json.writeEndArray();
                });
    }

    private Reply instrument(OptionContract contract) {
        PricingView view = floor.view(contract.underlying());
        if (!view.listed().contains(contract)) {
            return Refusals.instrument(contract.name(), "must be listed");
        }
        return new Result(json -> write(json, view.quoter(), contract));
    }

    private static void write(JsonGenerator json, Quoter quoter, OptionContract contract)
            throws IOException {
        ContractSpec spec = quoter.spec();
        double feeShare = quoter.rules().fee().notionalShare();
        json.writeStartObject();
        json.writeStringField("instrument_name", contract.name());
        json.writeNumberField("instrument_id", Integer.toUnsignedLong(contract.name().hashCode()));
        json.writeStringField("kind", "option");
        json.writeStringField("instrument_type", "linear");
        json.writeStringField("base_currency", contract.underlying().code());
        json.writeStringField("quote_currency", USDC);
        json.writeStringField("counter_currency", USDC);
        json.writeStringField("settlement_currency", USDC);
        json.writeStringField("settlement_period", "day");
        json.writeStringField("price_index", contract.underlying().indexName());
        json.writeNumberField("strike", contract.strike());
        json.writeStringField("option_type", contract.type() == OptionType.CALL ? "call" : "put");
        json.writeNumberField("expiration_timestamp", contract.expiry().epochMs());
        json.writeNumberField("creation_timestamp", 0);
        json.writeBooleanField("is_active", true);
        json.writeStringField("state", "open");
        json.writeNumberField("tick_size", spec.tickUsdc());
        json.writeArrayFieldStart("tick_size_steps");
        json.writeEndArray();
        json.writeNumberField("min_trade_amount", spec.coins(spec.minLots()));
        json.writeNumberField("contract_size", spec.coinsPerLot());
        Wire.figure(json, "taker_commission", feeShare, 8);
        // no order rests: one with a limit takes from the pool too, and pays the same
        Wire.figure(json, "maker_commission", feeShare, 8);
        json.writeBooleanField("rfq", true);
        json.writeEndObject();
    }

    private PricingView index(Params params) {
        return floor.view(underlyingOfIndex(params, floor));
    }

    /** The underlying that an {@code index_name} means. */
    static Underlying underlyingOfIndex(Params params, Floor floor) {
        String name = params.text("index_name", 16);
        Optional<Underlying> underlying =
                floor.specs().keySet().stream()
                        .filter(
                                each ->
                                        each.indexName().equals(name)
                                                || name.equals(
                                                        each.code().toLowerCase(Locale.ROOT)
                                                                + "_usd"))
                        .findFirst();
        return underlying.orElseThrow(
                () -> new Refused(Refusals.instrument(name, "must be an index as btc_usdc")));
    }

    private Reply indexNames() {
        return new Result(
                json -> {
                    json.writeStartArray();
                    for (Underlying underlying : floor.specs().keySet()) {
                        json.writeString(underlying.indexName());
                    }
                    json.writeEndArray();
                });
    }

    private static Reply indexPrice(PricingView view) {
        if (!view.stopped().isEmpty()) {
            return Refusals.stopped(view);
        }
        return new Result(
                json -> {
                    json.writeStartObject();
                    Wire.figure(json, "index_price", view.market().spotUsdc(), 4);
                    Wire.figure(json, "estimated_delivery_price", view.market().spotUsdc(), 4);
                    json.writeEndObject();
                });
    }
}
