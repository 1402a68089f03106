package io.dolim.api.venue;

import io.dolim.api.rpc.Caller;
import io.dolim.api.rpc.ErrorCode;
import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Refusal;
import io.dolim.api.rpc.Reply;
import io.dolim.api.rpc.Result;
import io.dolim.book.hedge.PerpetualSpec;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What a simulated venue tells everybody. */
final class VenueMarketMethods {

    private static final int MOST_DEPTH = 1_000;
    private static final int USUAL_DEPTH = 5;

    private final ExchangeFloor floor;
    private final VenueParams params;

    VenueMarketMethods(ExchangeFloor floor, VenueParams params) {
        this.floor = floor;
        this.params = params;
    }

    List<Method<?>> methods() {
        return List.of(
                Method.open(
                        "public/get_instruments",
                        VenueParams::wantsPerpetuals,
                        (_, wanted) -> floor.ask(exchange -> instruments(exchange, wanted))),
                Method.open(
                        "public/get_instrument",
                        params::perpetual,
                        (_, spec) -> floor.ask(exchange -> instrument(exchange, spec))),
                Method.open("public/ticker", params::perpetual, this::ticker),
                Method.open("public/get_order_book", this::deep, this::book),
                Method.open("public/get_index_price", params::byIndex, this::index));
    }

    private static Reply instruments(SimulatedExchange exchange, boolean wanted) {
        List<PerpetualRules> rules =
                exchange.account().perpetuals().stream().map(SimulatedPerpetual::rules).toList();
        return new Result(
                json -> {
                    json.writeStartArray();
                    for (PerpetualRules each : wanted ? rules : List.<PerpetualRules>of()) {
                        VenueJson.instrument(json, each);
                    }
                    json.writeEndArray();
                });
    }

    private static Reply instrument(SimulatedExchange exchange, PerpetualSpec spec) {
        PerpetualRules rules = exchange.account().known(spec.underlying()).rules();
        return new Result(json -> VenueJson.instrument(json, rules));
    }

    private CompletionStage<Reply> ticker(Caller caller, PerpetualSpec spec) {
        return priced(
                spec,
                perpetual ->
                        VenueBody.of(
                                json -> {
                                    json.writeStartObject();
                                    VenueJson.market(json, perpetual.state(), perpetual.nowMs());
                                    json.writeEndObject();
                                }));
    }

    private record Deep(PerpetualSpec spec, int depth) {}

    private Deep deep(Params asked) {
        long depth = asked.optionalWhole("depth", 1, MOST_DEPTH).orElse((long) USUAL_DEPTH);
        return new Deep(params.perpetual(asked), (int) depth);
    }

    private CompletionStage<Reply> book(Caller caller, Deep deep) {
        return priced(
                deep.spec,
                perpetual ->
                        VenueBody.of(
                                json -> {
                                    SimulatedPerpetual state = perpetual.state();
                                    json.writeStartObject();
                                    VenueJson.market(json, state, perpetual.nowMs());
                                    json.writeNumberField("change_id", perpetual.nowMs());
                                    VenueJson.levels(
                                            json, "bids", deep.spec, state.bids(), deep.depth);
                                    VenueJson.levels(
                                            json, "asks", deep.spec, state.asks(), deep.depth);
                                    json.writeEndObject();
                                }));
    }

    private CompletionStage<Reply> index(Caller caller, PerpetualSpec spec) {
        return priced(
                spec,
                perpetual ->
                        VenueBody.of(
                                json -> {
                                    double index = perpetual.state().indexUsdc();
                                    json.writeStartObject();
                                    json.writeNumberField("index_price", new BigDecimal(index));
                                    json.writeNumberField(
                                            "estimated_delivery_price", new BigDecimal(index));
                                    json.writeEndObject();
                                }));
    }

    private record Priced(SimulatedPerpetual state, long nowMs) {}

    private CompletionStage<Reply> priced(PerpetualSpec spec, Function<Priced, Reply> answer) {
        return floor.ask(
                exchange -> {
                    SimulatedPerpetual perpetual = exchange.account().known(spec.underlying());
                    return perpetual.isPriced()
                            ? answer.apply(new Priced(perpetual, exchange.nowMs()))
                            : Refusal.of(ErrorCode.RETRY, "no_index")
                                    .with("instrument_name", spec.instrument());
                });
    }
}
