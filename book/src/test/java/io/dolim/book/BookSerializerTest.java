package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.hedge.HedgeSamples;
import io.dolim.book.order.OrderTerms;
import io.dolim.book.order.RestingOrder;
import io.dolim.book.tape.Taped;
import io.dolim.book.tape.TapedSamples;
import io.dolim.book.trade.BodyHash;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.OrderId;
import io.dolim.book.trade.Posting;
import io.dolim.book.trade.RequestId;
import io.dolim.book.trade.TradeId;
import io.dolim.capacity.journal.StoredEvent;
import io.dolim.capacity.journal.StoredForm;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import java.io.IOException;
import java.io.NotSerializableException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BookSerializerTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    /** Shapes that are read and no longer written. */
    private static final Set<String> EARLIER =
            Set.of("book-state.1", "input-recorded.1", "trade-executed.1", "trade-executed.2");

    private static final Set<StoredForm.Encoding> DEFLATED =
            Set.of(StoredForm.Encoding.DEFLATED, StoredForm.Encoding.NAMED_DEFLATED);

    private static final BookSerializer SERIALIZER = new BookSerializer();

    /** What each golden file holds. Files are added, never changed: they are journals out there. */
    private static SortedMap<String, StoredEvent> golden() {
        SortedMap<String, StoredEvent> events = new TreeMap<>();
        events.put("instrument-listed.1", Samples.listed(Samples.CALL));
        events.put(
                "instrument-delisted.1",
                new BookEvent.InstrumentDelisted(1_790_000_000_000L, "operator", Samples.PUT));
        events.put("input-recorded.1", recorded("market.1"));
        events.put("inputs-recorded.1", recorded("surface.1", "market.2", "view.3"));
        events.put("trade-executed.1", withoutBound(trade()));
        events.put("trade-executed.2", trade());
        events.put("trade-executed.3", trade());
        events.put(
                "settlement-sampled.1",
                new BookEvent.SettlementSampled(
                        Samples.DEC, 7, 1_798_183_870_000L, new BigDecimal("101234.5")));
        events.put("delivery-price-set.1", priced());
        events.put("expiry-settled.1", settled());
        events.put(
                "trade-adjusted.1",
                new BookEvent.TradeAdjusted(
                        new RequestId("adj-1"),
                        "operator",
                        "bad print",
                        new TradeId(Samples.BTC, 1),
                        1_790_000_000_000L,
                        List.of(
                                Posting.cash("taker:alice", Usdc.ofWhole(5)),
                                Posting.cash(Posting.POOL, Usdc.ofWhole(-5)))));
        events.put("deposited.1", Samples.deposited(Samples.ALICE, "dep-1", 1_000));
        events.put(
                "withdrawn.1",
                new AccountEvent.Withdrawn(
                        Samples.ALICE,
                        new RequestId("wd-1"),
                        "alice",
                        Usdc.ofWhole(10),
                        1_780_000_000_000L,
                        List.of(
                                Posting.cash(Posting.EXTERNAL, Usdc.ofWhole(10)),
                                Posting.cash("taker:alice", Usdc.ofWhole(-10)))));
        events.put(
                "latch-tripped.1",
                new LatchEvent.LatchTripped(
                        Samples.BTC,
                        1_790_000_000_000L,
                        90_000.5,
                        "move=0.5 priceUsdc=90000.5 band=0.25"));
        events.put(
                "latch-lifted.1",
                new LatchEvent.LatchLifted(
                        Samples.BTC, 1_790_000_060_000L, "olga", "the venue confirms"));
        events.put(
                "guard-turned.1",
                new LatchEvent.GuardTurned(
                        Samples.BTC,
                        1_790_000_000_000L,
                        GuardLevel.OPEN,
                        GuardLevel.STOPPED,
                        List.of("quorum: agreeing=1 of=3"),
                        Optional.of(
                                new GuardCause(
                                        "index",
                                        "venue",
                                        OptionalDouble.of(90_000.5),
                                        1_789_999_999_900L,
                                        "held OUTLIER deviation=0.5")),
                        3));
        events.put("taped.1", Taped.of(TapedSamples.busy()));
        events.put("order-placed.1", placed());
        events.put(
                "order-amended.1",
                new BookEvent.OrderAmended(
                        new OrderId(Samples.BTC, 1),
                        Samples.ALICE,
                        -4,
                        new BigDecimal("1250.5"),
                        1_790_000_000_100L));
        events.put(
                "order-ended.1",
                new BookEvent.OrderEnded(
                        new OrderId(Samples.BTC, 1),
                        Samples.ALICE,
                        RestingOrder.Status.REJECTED,
                        "insufficient_funds",
                        1_790_000_000_200L));
        events.put("book-state.1", bookState());
        events.put("book-state.2", bookState());
        events.put("book-state.3", withOrders());
        events.put(
                "account-state.1",
                AccountState.empty(Samples.ALICE)
                        .apply(Samples.deposited(Samples.ALICE, "dep-1", 1_000)));
        events.putAll(HedgeSamples.byManifest());
        return events;
    }

    @Test
    void everyManifestHasItsGoldenFileAndEveryFileReadsAsItWasWritten() throws IOException {
        SortedMap<String, StoredEvent> golden = golden();
        assertEquals(SERIALIZER.forms().keySet(), golden.keySet());
        for (Map.Entry<String, StoredEvent> entry : golden.entrySet()) {
            Path file = GOLDEN.resolve(entry.getKey() + ".cbor");
            if (Boolean.getBoolean("golden.write") && !Files.exists(file)) {
                // how the file of a new manifest is made; one that exists is never written again
                Files.write(file, SERIALIZER.toBinary(entry.getValue()));
            }
            byte[] stored = Files.readAllBytes(file);
            assertEquals(entry.getValue(), SERIALIZER.fromBinary(stored, entry.getKey()));
            if (EARLIER.contains(entry.getKey())) {
                continue;
            }
            assertEquals(entry.getKey(), SERIALIZER.manifest(entry.getValue()));
            byte[] written = SERIALIZER.toBinary(entry.getValue());
            if (DEFLATED.contains(
                    Objects.requireNonNull(SERIALIZER.forms().get(entry.getKey())).encoding())) {
                // another machine may deflate otherwise; it must inflate the same
                assertEquals(entry.getValue(), SERIALIZER.fromBinary(written, entry.getKey()));
                continue;
            }
            assertArrayEquals(stored, written, "bytes of " + entry.getKey());
        }
    }

    @Test
    void aStateWithoutOrdersIsStoredAsItAlwaysWas() throws IOException {
        byte[] golden = Files.readAllBytes(GOLDEN.resolve("book-state.2.cbor"));
        assertEquals("book-state.2", SERIALIZER.manifest(bookState()));
        assertEquals(bookState(), SERIALIZER.fromBinary(golden, "book-state.2"));
        assertEquals(
                bookState(),
                SERIALIZER.fromBinary(SERIALIZER.toBinary(bookState()), "book-state.2"));
    }

    @Test
    void noGoldenFileIsForgotten() throws IOException {
        try (var files = Files.list(GOLDEN)) {
            for (Path file : files.toList()) {
                String manifest = file.getFileName().toString().replace(".cbor", "");
                Object read = SERIALIZER.fromBinary(Files.readAllBytes(file), manifest);
                assertTrue(read instanceof StoredEvent, manifest);
            }
        }
    }

    @Test
    void anUnknownManifestRefusesToStart() {
        assertThrows(
                NotSerializableException.class,
                () -> SERIALIZER.fromBinary(new byte[0], "trade-executed.99"));
    }

    private static BookEvent.InputsRecorded recorded(String... kinds) {
        return new BookEvent.InputsRecorded(
                Stream.of(kinds).map(kind -> Samples.content(kind, "frozen")).toList());
    }

    private static BookEvent.TradeExecuted trade() {
        return Samples.executed(
                Samples.trade(
                        1,
                        Samples.ALICE,
                        "order-1",
                        "105.25",
                        new Leg(Samples.CALL, 2),
                        new Leg(Samples.HIGHER, -2)));
    }

    private static BookEvent.TradeExecuted withoutBound(BookEvent.TradeExecuted trade) {
        return new BookEvent.TradeExecuted(
                trade.trade(),
                trade.pricingView(),
                trade.marketHash(),
                trade.viewHash(),
                trade.decidedCharge(),
                trade.marketView(),
                trade.cut(),
                trade.countedPending(),
                trade.pricingVersion(),
                trade.chargeAccount(),
                trade.postings(),
                Optional.empty());
    }

    private static BookEvent.DeliveryPriceSet priced() {
        return new BookEvent.DeliveryPriceSet(
                Samples.DEC,
                new BigDecimal("101234.500000"),
                "twap-30m",
                180,
                "settlement",
                "",
                1_798_185_600_000L);
    }

    private static BookEvent.ExpirySettled settled() {
        return new BookEvent.ExpirySettled(
                Samples.DEC,
                new BigDecimal("101234.500000"),
                1_798_185_600_000L,
                List.of(
                        Posting.cash("taker:alice", new Usdc(24_690_000)),
                        Posting.lots("taker:alice", Samples.CALL, -2),
                        Posting.lots("taker:alice", Samples.HIGHER, 2),
                        Posting.cash(Posting.POOL, new Usdc(-24_690_000)),
                        Posting.lots(Posting.POOL, Samples.CALL, 2),
                        Posting.lots(Posting.POOL, Samples.HIGHER, -2)));
    }

    private static BookEvent.OrderPlaced placed() {
        return new BookEvent.OrderPlaced(
                new OrderId(Samples.BTC, 1),
                Samples.ALICE,
                new ClientOrderId("c-1"),
                BodyHash.of("body"),
                new OrderTerms(
                        Samples.CALL,
                        -5,
                        new BigDecimal("1250.0"),
                        OrderTerms.Force.GOOD_TIL_DAY,
                        true,
                        "a label"),
                1_790_000_000_000L,
                1_790_064_000_000L);
    }

    /** One order that rests and one that was filled. */
    private static BookState withOrders() {
        BookEvent.OrderPlaced first = placed();
        BookEvent.OrderPlaced second =
                new BookEvent.OrderPlaced(
                        new OrderId(Samples.BTC, 2),
                        Samples.ALICE,
                        new ClientOrderId("c-2"),
                        first.body(),
                        new OrderTerms(
                                Samples.CALL,
                                2,
                                new BigDecimal("5262.5"),
                                OrderTerms.Force.GOOD_TIL_CANCELLED,
                                false,
                                ""),
                        first.epochMs(),
                        first.endsMs());
        return BookState.empty(Samples.BTC)
                .apply(Samples.listed(Samples.CALL))
                .apply(first)
                .apply(second)
                .apply(
                        Samples.executed(
                                Samples.trade(
                                        1,
                                        Samples.ALICE,
                                        "BTC_USDC-2",
                                        "105.25",
                                        new Leg(Samples.CALL, 2))));
    }

    private static BookState bookState() {
        return BookState.empty(Samples.BTC)
                .apply(Samples.listed(Samples.CALL))
                .apply(Samples.listed(Samples.HIGHER))
                .apply(recorded("market.1"))
                .apply(trade())
                .apply(
                        new BookEvent.SettlementSampled(
                                Samples.DEC, 7, 1_798_183_870_000L, new BigDecimal("101234.5")))
                .apply(priced());
    }
}
