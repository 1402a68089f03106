package io.dolim.api.method;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dolim.api.rpc.ErrorCode;
import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Refusal;
import io.dolim.api.rpc.Reply;
import io.dolim.api.rpc.Result;
import io.dolim.book.Book;
import io.dolim.capacity.CapacityView;
import io.dolim.capacity.RiskGrid;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** What the pool gains and loses when spots and volatilities move. */
final class RiskMethods {

    private static final int CENTS = 2;

    private final Desk desk;
    private final Floor floor;
    private final PoolSurface surface;
    private final RiskDesk risk;

    RiskMethods(Desk desk, Floor floor, RiskGrid grid, RiskDesk risk) {
        this.risk = risk;
        this.desk = desk;
        this.floor = floor;
        this.surface = new PoolSurface(grid, floor.specs());
    }

    List<Method<?>> methods() {
        return List.of(
                Method.open(
                                "public/get_risk_surface",
                                this::asked,
                                (caller, asked) -> answer(asked))
                        .strictly()
                        .quoting(),
                Method.open("public/get_pool_risk", p -> p, (caller, p) -> risk())
                        .strictly()
                        .quoting());
    }

    private CompletionStage<Reply> risk() {
        return risk.newest()
                .thenApply(
                        report ->
                                report.<Reply>map(
                                                made ->
                                                        new Result(
                                                                json ->
                                                                        RiskWriter.write(
                                                                                json, made, floor)))
                                        .orElseGet(this::noReport));
    }

    private Reply noReport() {
        return floor.newestPool().isEmpty()
                ? noView()
                : Refusal.of(ErrorCode.RETRY, "retry")
                        .with("rule", "trades came between the view and the books' positions");
    }

    private static Refusal noView() {
        return Refusal.of(ErrorCode.SYSTEM_MAINTENANCE, "no_view")
                .with("rule", "no market view has opened since the start");
    }

    /**
     * What is asked.
     *
     * @param candidate a package that a taker would trade, its legs in his directions
     */
    private record Surface(List<Underlying> chosen, Optional<OptionPackage> candidate) {}

    private Surface asked(Params params) {
        List<Underlying> chosen = ReferenceMethods.underlyings(params, floor);
        boolean trades = params.has("legs") || params.has("instrument_name");
        if (!trades && params.has("amount")) {
            throw params.refuse("amount", "must come with legs");
        }
        Optional<OptionPackage> candidate =
                trades ? Optional.of(floor.asPackage(params)) : Optional.empty();
        candidate
                .filter(legs -> !chosen.contains(legs.underlying()))
                .ifPresent(
                        legs -> {
                            throw params.refuse("legs", "must be on one of " + chosen);
                        });
        return new Surface(chosen, candidate);
    }

    private CompletionStage<Reply> answer(Surface asked) {
        List<CompletionStage<Book.Positions>> books = new ArrayList<>();
        desk.books()
                .values()
                .forEach(book -> books.add(desk.askBook(book, Book.AskPositions::new)));
        return Desk.all(books).thenApply(held -> priced(asked, held));
    }

    private Reply priced(Surface asked, List<Book.Positions> held) {
        Optional<CapacityView> view = floor.newestPool();
        if (view.isEmpty()) {
            return noView();
        }
        Optional<Refusal> expired = asked.candidate().flatMap(legs -> expired(view.get(), legs));
        if (expired.isPresent()) {
            return expired.get();
        }
        try {
            PoolSurface.Priced priced = surface.of(view.get(), held);
            Optional<double[][]> candidate =
                    asked.candidate()
                            .map(
                                    legs ->
                                            surface.candidate(
                                                    priced, legs.underlying(), otherSide(legs)));
            return new Result(json -> write(json, asked, priced, candidate));
        } catch (IllegalArgumentException | ArithmeticException unpriceable) {
            return Refusal.of(ErrorCode.SYSTEM_MAINTENANCE, "unpriceable")
                    .with("rule", String.valueOf(unpriceable.getMessage()));
        }
    }

    private static Optional<Refusal> expired(CapacityView view, OptionPackage legs) {
        PricingMarket market = view.markets().get(legs.underlying());
        return legs.legs().stream()
                .map(Leg::contract)
                .filter(one -> market != null && one.expiry().epochMs() <= market.timeMs())
                .findFirst()
                .map(
                        one ->
                                Refusal.of(ErrorCode.INVALID_OR_UNSUPPORTED_INSTRUMENT, "expired")
                                        .with("instrument_name", one.name()));
    }

    private static SortedMap<OptionContract, Long> otherSide(OptionPackage legs) {
        SortedMap<OptionContract, Long> lots = new TreeMap<>();
        legs.legs().forEach(leg -> lots.put(leg.contract(), -leg.lots()));
        return lots;
    }

    private void write(
            JsonGenerator json,
            Surface asked,
            PoolSurface.Priced priced,
            Optional<double[][]> candidate)
            throws IOException {
        RiskGrid grid = surface.grid();
        json.writeStartObject();
        moves(json, "spot_moves", grid.spotMoves());
        moves(json, "volatility_moves", grid.volMoves());
        List<double[][]> chosen = PoolSurface.chosen(priced.cells(), asked.chosen());
        cells(json, "pnl", sum(chosen));
        json.writeObjectFieldStart("currencies");
        for (var own : priced.cells().entrySet()) {
            if (asked.chosen().contains(own.getKey())) {
                currency(json, own.getKey(), own.getValue(), priced);
            }
        }
        json.writeEndObject();
        if (candidate.isPresent()) {
            cells(json, "candidate_pnl", candidate.get());
            List<double[][]> together = new ArrayList<>(chosen);
            together.add(candidate.get());
            cells(json, "pnl_with_candidate", sum(together));
        }
        CapacityView view = priced.surface().view();
        long ageNs = floor.monotonicNs().getAsLong() - view.openedAt().monotonicNs();
        json.writeObjectFieldStart("view");
        json.writeNumberField("number", view.viewNumber());
        json.writeNumberField("age_ms", ageNs / 1_000_000L);
        json.writeEndObject();
        json.writeObjectFieldStart("cut");
        for (var book : priced.sequences().entrySet()) {
            json.writeNumberField(Book.persistenceId(book.getKey()), book.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private double[][] sum(List<double[][]> all) {
        RiskGrid grid = surface.grid();
        return PoolSurface.sum(all, grid.volMoves().size(), grid.spotMoves().size());
    }

    private static void currency(
            JsonGenerator json, Underlying underlying, double[][] own, PoolSurface.Priced priced)
            throws IOException {
        json.writeObjectFieldStart(underlying.code());
        PricingMarket market = priced.surface().view().markets().get(underlying);
        if (market != null) {
            Wire.figure(json, "index_price", market.spotUsdc(), 6);
        }
        cells(json, "pnl", own);
        json.writeEndObject();
    }

    private static void moves(JsonGenerator json, String name, List<Double> moves)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (double move : moves) {
            json.writeNumber(Wire.figure(move, 6));
        }
        json.writeEndArray();
    }

    private static void cells(JsonGenerator json, String name, double[][] cells)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (double[] row : cells) {
            json.writeStartArray();
            for (double cell : row) {
                json.writeNumber(Wire.figure(cell, CENTS));
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }
}
