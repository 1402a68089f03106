package io.dolim.api.method;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Reply;
import io.dolim.api.rpc.Result;
import io.dolim.book.Account;
import io.dolim.book.Book;
import io.dolim.book.BookSummary;
import io.dolim.book.Latch;
import io.dolim.book.hedge.HedgeSummary;
import io.dolim.book.hedge.Hedger;
import io.dolim.capacity.Capacity;
import io.dolim.capacity.Measures;
import io.dolim.capacity.PoolSummary;
import io.dolim.capacity.ProtectionSummary;
import io.dolim.capacity.Shortfall;
import io.dolim.capacity.WindowUse;
import io.dolim.capacity.vector.Exposure;
import io.dolim.quoting.instrument.Underlying;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** The pool in figures, and the cut of the journals that they stand on. */
final class PoolMethods {

    private final Desk desk;

    PoolMethods(Desk desk) {
        this.desk = desk;
    }

    List<Method<?>> methods() {
        return List.of(
                Method.open("public/get_pool_summary", p -> p, (caller, p) -> summary())
                        .strictly());
    }

    private record Pool(
            PoolSummary capacity,
            List<BookSummary> books,
            List<Latch.Summary> latches,
            List<Account.Fingerprinted> accounts,
            List<HedgeSummary> hedges) {}

    private CompletionStage<Reply> summary() {
        List<CompletionStage<BookSummary>> asked = new ArrayList<>();
        desk.books().values().forEach(book -> asked.add(desk.askBook(book, Book.Query::new)));
        CompletionStage<List<BookSummary>> books = Desk.all(asked);
        CompletionStage<List<Account.Fingerprinted>> accounts = desk.accountFingerprints();
        CompletionStage<List<Latch.Summary>> latches = desk.latchSummaries();
        return desk.<PoolSummary>askCapacity(Capacity.Query::new)
                .thenCombine(books, (c, b) -> new Pool(c, b, List.of(), List.of(), List.of()))
                .thenCombine(
                        latches, (p, l) -> new Pool(p.capacity, p.books, l, List.of(), List.of()))
                .thenCombine(
                        accounts, (p, a) -> new Pool(p.capacity, p.books, p.latches, a, List.of()))
                .thenCombine(
                        desk.hedgeSummaries(),
                        (p, h) -> new Pool(p.capacity, p.books, p.latches, p.accounts, h))
                .thenApply(pool -> new Result(json -> write(json, pool)));
    }

    private static void write(JsonGenerator json, Pool pool) throws IOException {
        PoolSummary capacity = pool.capacity;
        json.writeStartObject();
        Optional<Measures> measures = capacity.measures();
        if (measures.isPresent()) {
            measures(json, measures.get());
        }
        json.writeNumberField("cash", capacity.cash().toDecimal());
        json.writeNumberField("charge_account", capacity.chargeAccount().toDecimal());
        json.writeStringField("mode", capacity.mode().name().toLowerCase(java.util.Locale.ROOT));
        json.writeArrayFieldStart("mode_reasons");
        for (String reason : capacity.reasons()) {
            json.writeString(reason);
        }
        json.writeEndArray();
        CauseWriter.write(json, capacity.causes(), pool.latches);
        protections(json, capacity.protections());
        greeks(json, capacity.exposures());
        HedgeWriter.write(json, capacity.hedges());
        if (!pool.hedges.isEmpty()) {
            HedgeJson.hedges(json, pool.hedges);
        }
        json.writeObjectFieldStart("limits");
        for (var limit : capacity.limits().entrySet()) {
            Wire.figure(json, limit.getKey(), limit.getValue(), 6);
        }
        json.writeEndObject();
        json.writeObjectFieldStart("view");
        json.writeNumberField("number", capacity.viewNumber());
        json.writeNumberField("age_ms", capacity.viewAgeMs());
        json.writeEndObject();
        cut(json, pool);
        json.writeEndObject();
    }

    private static void measures(JsonGenerator json, Measures measures) throws IOException {
        Wire.figure(json, "equity", measures.equity(), 6);
        Wire.figure(json, "risk_weighted_equity", measures.capital(), 6);
        Wire.figure(json, "rac", measures.rac(), 6);
        Wire.figure(json, "rac_floor", measures.racFloor(), 6);
        Wire.figure(json, "es", measures.expectedShortfall(), 6);
        shortfall(json, measures.shortfall());
        Wire.figure(json, "var", measures.valueAtRisk(), 6);
        Wire.figure(json, "worst_loss", measures.worstUndamped(), 6);
        Wire.figure(json, "worst_damped_loss", measures.worstDamped(), 6);
        Wire.figure(json, "hedging_buffer", measures.hedgingBuffer(), 6);
        Wire.figure(json, "utilisation", measures.strain(), 6);
    }

    private static void shortfall(JsonGenerator json, Shortfall shortfall) throws IOException {
        Wire.figure(json, "es_standard_error", shortfall.standardError(), 6);
        json.writeObjectFieldStart("es_by_family");
        for (var part : shortfall.byFamily().entrySet()) {
            String family = part.getKey().name().toLowerCase(java.util.Locale.ROOT);
            Wire.figure(json, family, part.getValue(), 6);
        }
        json.writeEndObject();
        json.writeObjectFieldStart("es_by_underlying");
        for (var part : shortfall.byUnderlying().entrySet()) {
            Wire.figure(json, part.getKey().code(), part.getValue(), 6);
        }
        json.writeEndObject();
        Wire.figure(json, "es_of_collateral", shortfall.collateral(), 6);
    }

    private static void protections(
            JsonGenerator json, SortedMap<Underlying, ProtectionSummary> protections)
            throws IOException {
        json.writeObjectFieldStart("mmp");
        for (var each : protections.entrySet()) {
            ProtectionSummary protection = each.getValue();
            json.writeObjectFieldStart(each.getKey().code());
            json.writeNumberField("interval", protection.windowMs());
            json.writeNumberField("frozen_until", protection.frozenUntilMs());
            use(json, "used", protection.used());
            use(json, "allowed", protection.allowed());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void use(JsonGenerator json, String name, WindowUse use) throws IOException {
        json.writeObjectFieldStart(name);
        Wire.figure(json, "quantity", use.quantityCoins(), 6);
        Wire.figure(json, "delta", use.deltaCoins(), 6);
        Wire.figure(json, "vega", use.vegaUsdc(), 6);
        Wire.figure(json, "loss", use.lossUsdc(), 6);
        json.writeEndObject();
    }

    private static void greeks(JsonGenerator json, SortedMap<Underlying, Exposure> exposures)
            throws IOException {
        json.writeObjectFieldStart("greeks");
        for (var exposure : exposures.entrySet()) {
            json.writeObjectFieldStart(exposure.getKey().code());
            ExposureWriter.write(json, exposure.getValue());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void cut(JsonGenerator json, Pool pool) throws IOException {
        SortedMap<String, Long> cut = new TreeMap<>();
        SortedMap<String, String> hashes = new TreeMap<>();
        long own = pool.capacity.cut().getOrDefault(Capacity.PERSISTENCE_ID, 0L);
        cut.put(Capacity.PERSISTENCE_ID, own);
        hashes.put(Capacity.PERSISTENCE_ID, pool.capacity.entityHash());
        for (BookSummary book : pool.books) {
            String id = Book.persistenceId(book.underlying());
            cut.put(id, book.sequence());
            hashes.put(id, book.entityHash());
        }
        for (Latch.Summary latch : pool.latches) {
            String id = Latch.persistenceId(latch.underlying());
            cut.put(id, latch.sequence());
            hashes.put(id, latch.entityHash());
        }
        for (Account.Fingerprinted account : pool.accounts) {
            String id = Account.persistenceId(account.account());
            cut.put(id, account.sequence());
            hashes.put(id, account.entityHash());
        }
        for (HedgeSummary hedge : pool.hedges) {
            if (hedge.sequence() > 0) {
                String id = Hedger.persistenceId(hedge.underlying());
                cut.put(id, hedge.sequence());
                hashes.put(id, hedge.entityHash());
            }
        }
        json.writeObjectFieldStart("cut");
        for (var entity : cut.entrySet()) {
            json.writeNumberField(entity.getKey(), entity.getValue());
        }
        json.writeEndObject();
        json.writeStringField("state_hash", stateHash(cut, hashes));
    }

    /** SHA-256 over the sorted lines {@code id sequence hash}. */
    private static String stateHash(SortedMap<String, Long> cut, SortedMap<String, String> hashes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            cut.forEach(
                    (id, sequence) ->
                            digest.update(
                                    (id + " " + sequence + " " + hashes.get(id) + "\n")
                                            .getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
