package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.order.OrderTerms;
import io.dolim.book.order.OrderTerms.Force;
import io.dolim.book.order.RestingOrder;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BodyHash;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.OrderId;
import io.dolim.book.trade.RefusalReason;
import io.dolim.capacity.JournalRoom;
import io.dolim.capacity.journal.StoredEventSerializer;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.quote.Leg;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a Book does with orders that rest: given what is written, when asked, then events and answers. */
class RestingOrderTest {

    private static final OrderId FIRST = new OrderId(Samples.BTC, 1);
    private static final OrderRequest.Selection ALL = OrderRequest.Selection.ALL;

    private final Engine engine = new Engine();

    @BeforeEach
    void fund() {
        engine.deposit(Samples.ALICE, 10_000);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    static OrderTerms terms(OptionContract contract, long lots, String limit) {
        return new OrderTerms(
                contract, lots, new BigDecimal(limit), Force.GOOD_TIL_CANCELLED, false, "maker");
    }

    private OrderReply place(AccountId account, String id, OrderTerms terms) {
        return place(account, id, terms, OptionalLong.empty());
    }

    private OrderReply place(AccountId account, String id, OrderTerms terms, OptionalLong until) {
        return engine.asked(
                replyTo ->
                        new OrderRequest.Place(
                                account,
                                new ClientOrderId(id),
                                BodyHash.of(terms.toString()),
                                terms,
                                until,
                                replyTo));
    }

    private RestingOrder placed(String id, OrderTerms terms) {
        return told(place(Samples.ALICE, id, terms)).getFirst();
    }

    private static List<RestingOrder> told(OrderReply reply) {
        return assertInstanceOf(OrderReply.Told.class, reply).orders();
    }

    private OrderReply cancel(AccountId account, OrderId id) {
        return engine.asked(replyTo -> new OrderRequest.Cancel(account, id, replyTo));
    }

    private OrderReply amend(OrderId id, long lots, String limit) {
        return engine.asked(
                replyTo ->
                        new OrderRequest.Amend(
                                Samples.ALICE,
                                id,
                                lots,
                                new BigDecimal(limit),
                                OptionalLong.empty(),
                                replyTo));
    }

    private static Book.Refused refused(OrderReply reply) {
        return assertInstanceOf(Book.Refused.class, reply);
    }

    /** An acceptance as the matcher sends it. */
    private Book.Reply fill(OrderId id, String price, Leg leg) {
        return engine.acceptedOn(Conditions.filling(id), id.toString(), price, leg);
    }

    @Test
    void anOrderIsWrittenShownAndAnsweredAgainAsItIs() {
        RestingOrder order = placed("c-1", terms(Samples.CALL, 5, "2000"));
        assertEquals(FIRST, order.id());
        assertEquals(RestingOrder.Status.OPEN, order.status());
        assertEquals("maker", order.terms().label());
        assertEquals(Optional.of(order), engine.orders.open(FIRST));
        assertEquals(order, placed("c-1", terms(Samples.CALL, 5, "2000")), "sent again");
        assertEquals(
                new Book.Conflict(new ClientOrderId("c-1")),
                place(Samples.ALICE, "c-1", terms(Samples.CALL, 6, "2000")));
        assertEquals(1, engine.folded(Samples.BTC).resting().open().size());
    }

    @Test
    void theIdOfATradeIsNoOrdersAndAnOrdersIsNoTrades() {
        String token = engine.token(Samples.ALICE, 1, "105", new Leg(Samples.CALL, 1));
        engine.accepted(Samples.ALICE, "t-1", token);
        assertInstanceOf(
                Book.Conflict.class, place(Samples.ALICE, "t-1", terms(Samples.CALL, 1, "20")));
        assertEquals(
                RefusalReason.RESERVED_ID,
                refused(place(Samples.ALICE, "BTC_USDC-9", terms(Samples.CALL, 1, "20"))).reason());
        placed("c-1", terms(Samples.CALL, 1, "20"));
        assertInstanceOf(
                Book.Conflict.class,
                engine.accepted(
                        Samples.ALICE,
                        "c-1",
                        engine.token(Samples.ALICE, 1, "105", new Leg(Samples.CALL, 1))));
        assertEquals(
                RefusalReason.RESERVED_ID,
                assertInstanceOf(
                                Book.Refused.class,
                                engine.accepted(
                                        Samples.ALICE,
                                        FIRST.toString(),
                                        engine.token(
                                                Samples.ALICE, 1, "5", new Leg(Samples.CALL, 1))))
                        .reason());
    }

    @Test
    void ordersOutliveTheirBookAndItsSnapshots() {
        for (int i = 0; i < 6; i++) {
            placed("c-" + i, terms(Samples.CALL, 1 + i, "2000"));
        }
        amend(FIRST, 3, "1900");
        cancel(Samples.ALICE, new OrderId(Samples.BTC, 2));
        String hash = engine.book(Samples.BTC).entityHash();
        var before = engine.orders.of(Samples.BTC);
        engine.faultOf(Samples.BTC).arm(m -> m instanceof Book.Query, false);
        TestProbe<BookSummary> probe = engine.kit.createTestProbe(BookSummary.class);
        engine.bookOf(Samples.BTC).tell(new Book.Query(probe.ref()));
        Engine.await(() -> engine.faultOf(Samples.BTC).isSpent(), "it died");
        assertEquals(hash, engine.book(Samples.BTC).entityHash());
        assertEquals(before, engine.orders.of(Samples.BTC));
        assertEquals(hash, EntityHash.of(engine.folded(Samples.BTC)));
    }

    @Test
    void aPlacementThatACrashLeftUnansweredIsAnsweredByTheJournal() {
        engine.faultOf(Samples.BTC)
                .arm(
                        m ->
                                m
                                        instanceof
                                        org.apache.pekko.persistence.JournalProtocol
                                                .WriteMessageSuccess,
                        false);
        RestingOrder order = placed("c-1", terms(Samples.CALL, 5, "2000"));
        Engine.await(() -> engine.faultOf(Samples.BTC).isSpent(), "it died");
        assertEquals(order, engine.folded(Samples.BTC).resting().open(FIRST).orElseThrow());
    }

    @Test
    void aTakerAmendsAndCancelsHisOwnOrdersWhileTheyRest() {
        placed("c-1", terms(Samples.CALL, 5, "2000"));
        RestingOrder amended = told(amend(FIRST, 3, "1900")).getFirst();
        assertEquals(terms(Samples.CALL, 3, "1900"), amended.terms());
        assertEquals(1, amended.amendments());
        assertEquals(List.of(amended), told(amend(FIRST, 3, "1900")), "as it is already");
        assertEquals(RefusalReason.UNKNOWN, refused(cancel(Samples.BOB, FIRST)).reason());
        RestingOrder cancelled = told(cancel(Samples.ALICE, FIRST)).getFirst();
        assertEquals(RestingOrder.Status.CANCELLED, cancelled.status());
        assertEquals("user_request", cancelled.why());
        assertEquals(RefusalReason.ORDER_CLOSED, refused(cancel(Samples.ALICE, FIRST)).reason());
        assertEquals(RefusalReason.ORDER_CLOSED, refused(amend(FIRST, 4, "1900")).reason());
        assertEquals(
                RefusalReason.UNKNOWN,
                refused(cancel(Samples.ALICE, new OrderId(Samples.BTC, 7))).reason());
    }

    @Test
    void manyAreCancelledByContractByLabelAndByName() {
        placed("c-1", terms(Samples.CALL, 1, "2000"));
        placed("c-2", terms(Samples.HIGHER, 1, "2000"));
        placed("c-3", terms(Samples.HIGHER, 1, "2000").with(2, new BigDecimal("7")));
        OrderRequest.Selection higher =
                new OrderRequest.Selection(
                        Optional.of(Samples.HIGHER), Optional.of("maker"), Optional.empty());
        OrderRequest.Selection third =
                new OrderRequest.Selection(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new TreeSet<>(List.of(new OrderId(Samples.BTC, 3)))));
        assertEquals(1, told(cancelAll(third)).size());
        assertEquals(
                List.of(new OrderId(Samples.BTC, 2)),
                told(cancelAll(higher)).stream().map(RestingOrder::id).toList());
        assertEquals(1, told(cancelAll(ALL)).size());
        assertEquals(0, told(cancelAll(ALL)).size());
    }

    private OrderReply cancelAll(OrderRequest.Selection which) {
        return engine.asked(
                replyTo ->
                        new OrderRequest.CancelAll(Samples.ALICE, which, "user_request", replyTo));
    }

    @Test
    void howManyRestIsBoundedByAccountAndInAll() {
        engine.deposit(Samples.BOB, 10_000);
        for (int i = 0; i < 8; i++) {
            placed("c-" + i, terms(Samples.CALL, 1, "20"));
        }
        Book.Refused own = refused(place(Samples.ALICE, "c-8", terms(Samples.CALL, 1, "20")));
        assertEquals("dolim.book.book.max-orders-of-account", own.rule());
        assertEquals(8.0, own.numbers().get("allowed"));
        for (int i = 0; i < 4; i++) {
            told(place(Samples.BOB, "c-" + i, terms(Samples.CALL, 1, "20")));
        }
        Book.Refused all = refused(place(Samples.BOB, "c-4", terms(Samples.CALL, 1, "20")));
        assertEquals("dolim.book.book.max-orders", all.rule());
        cancel(Samples.ALICE, FIRST);
        told(place(Samples.BOB, "c-4", terms(Samples.CALL, 1, "20")));
    }

    @Test
    void whatTheAccountCouldNotTakeIsNotTaken() {
        assertEquals(
                RefusalReason.INSUFFICIENT_FUNDS,
                refused(place(Samples.ALICE, "c-1", terms(Samples.CALL, 501, "2000"))).reason());
        assertEquals(
                RefusalReason.UNCOVERED,
                refused(place(Samples.ALICE, "c-2", terms(Samples.CALL, -1, "2000"))).reason());
        OrderTerms closing =
                new OrderTerms(
                        Samples.CALL, -3, new BigDecimal("1"), Force.GOOD_TIL_CANCELLED, true, "");
        assertEquals(
                RefusalReason.NOT_REDUCING, refused(place(Samples.ALICE, "c-3", closing)).reason());
        engine.accepted(
                Samples.ALICE,
                "t-1",
                engine.token(Samples.ALICE, 1, "50", new Leg(Samples.CALL, 3)));
        RestingOrder order = placed("c-4", closing);
        engine.acceptedOn(Conditions.NONE, "t-2", "-5", new Leg(Samples.CALL, -1));
        Book.Reply fill = fill(order.id(), "-30", new Leg(Samples.CALL, -3));
        assertEquals(
                RefusalReason.NOT_REDUCING,
                assertInstanceOf(Book.Refused.class, fill).reason(),
                "judged when it is filled, not when it was placed");
        assertEquals(0, engine.events(Samples.ETH).stream().filter(this::isPlaced).count());
    }

    private boolean isPlaced(BookEvent event) {
        return event instanceof BookEvent.OrderPlaced;
    }

    @Test
    void aFillIsWhatTheOrderAllowsOrNothing() {
        placed("c-1", terms(Samples.CALL, 5, "2000"));
        Leg five = new Leg(Samples.CALL, 5);
        assertEquals(
                RefusalReason.CONTRADICTS, reason(fill(FIRST, "50", new Leg(Samples.CALL, 4))));
        assertEquals(RefusalReason.BEYOND_LIMIT, reason(fill(FIRST, "100.000001", five)));
        Book.Filled filled = assertInstanceOf(Book.Filled.class, fill(FIRST, "100", five));
        assertEquals(FIRST.asOrderId(), filled.trade().orderId());
        RestingOrder order = engine.orders.of(Samples.BTC).find(Samples.ALICE, FIRST).orElseThrow();
        assertEquals(RestingOrder.Status.FILLED, order.status());
        assertEquals(filled.trade().id(), order.fill().orElseThrow().trade());
        assertEquals(filled, fill(FIRST, "99", five), "the same trade again, and no other");
        placed("c-2", terms(Samples.CALL, 5, "2000"));
        OrderId second = new OrderId(Samples.BTC, 2);
        told(cancel(Samples.ALICE, second));
        assertEquals(RefusalReason.ORDER_CLOSED, reason(fill(second, "50", five)));
        assertEquals(1, engine.book(Samples.BTC).trades());
    }

    private static RefusalReason reason(Book.Reply reply) {
        return assertInstanceOf(Book.Refused.class, reply).reason();
    }

    @Test
    void whatIsOnItsWayWhenItsOrderIsCancelledIsNotWritten() {
        placed("c-1", terms(Samples.CALL, 5, "2000"));
        engine.window.slow = true;
        TestProbe<Book.Reply> answer = engine.kit.createTestProbe(Book.Reply.class);
        engine.bookOf(Samples.BTC)
                .tell(
                        new Book.AcceptQuote(
                                engine.token(Samples.ALICE, 1, "100", new Leg(Samples.CALL, 5)),
                                Samples.ALICE,
                                FIRST.asOrderId(),
                                BodyHash.of(FIRST.toString()),
                                Conditions.filling(FIRST),
                                answer.ref()));
        told(cancel(Samples.ALICE, FIRST));
        engine.window.slow = false;
        assertEquals(RefusalReason.ORDER_CLOSED, reason(answer.receiveMessage(Engine.PATIENCE)));
        assertEquals(0, engine.book(Samples.BTC).trades());
        Engine.await(() -> engine.window.reservations.isEmpty(), "nothing stays reserved");
    }

    @Test
    void anOrderEndsWithItsDayItsContractAndItsListing() {
        OrderTerms day =
                new OrderTerms(
                        Samples.CALL, 1, new BigDecimal("20"), Force.GOOD_TIL_DAY, false, "");
        long ends = placed("c-1", day).endsMs();
        assertEquals(8 * 3_600_000L, ends % 86_400_000L);
        assertTrue(ends > Engine.START_MS && ends <= Engine.START_MS + 86_400_000L);
        placed("c-2", terms(Samples.CALL, 1, "20"));
        placed("c-3", terms(Samples.HIGHER, 1, "20"));
        engine.jump(Duration.ofMillis(ends - Engine.START_MS - 1));
        engine.book(Samples.BTC);
        assertEquals(3, engine.folded(Samples.BTC).resting().open().size());
        engine.jump(Duration.ofMillis(1));
        Engine.await(() -> why(1).equals("expired"), "the day ends");
        engine.ordered(
                Samples.BTC,
                replyTo -> new Book.DelistContracts("op", List.of(Samples.HIGHER), replyTo));
        Engine.await(() -> why(3).equals("instrument_delisted"), "the listing ends");
        engine.jump(Duration.ofMillis(Samples.DEC.epochMs() - 1_800_000L - ends));
        Engine.await(() -> why(2).equals("expired"), "trading ends");
        assertEquals(
                RefusalReason.CONTRACT_EXPIRED,
                refused(place(Samples.ALICE, "c-4", terms(Samples.CALL, 1, "20"))).reason());
    }

    private String why(long number) {
        return engine.orders
                .of(Samples.BTC)
                .find(Samples.ALICE, new OrderId(Samples.BTC, number))
                .map(RestingOrder::why)
                .orElse("unknown");
    }

    @Test
    void aRequestIsNotDecidedAfterItsTime() {
        OptionalLong now = OptionalLong.of(engine.now().monotonicNs());
        assertEquals(
                RefusalReason.TIMED_OUT,
                refused(place(Samples.ALICE, "c-1", terms(Samples.CALL, 1, "20"), now)).reason());
        OptionalLong later = OptionalLong.of(engine.now().monotonicNs() + 1);
        told(place(Samples.ALICE, "c-2", terms(Samples.CALL, 1, "20"), later));
        Conditions late = new Conditions(Optional.empty(), false, now);
        assertEquals(
                RefusalReason.TIMED_OUT,
                reason(engine.acceptedOn(late, "t-1", "5", new Leg(Samples.CALL, 1))));
    }

    @Test
    void aFullJournalTakesNoOrderAndLetsEveryOneGo() {
        placed("c-1", terms(Samples.CALL, 1, "20"));
        engine.room = new JournalRoom(9, 100, 10);
        assertEquals(
                new Book.Retry("journal_full"),
                place(Samples.ALICE, "c-2", terms(Samples.CALL, 1, "20")));
        assertEquals(new Book.Retry("journal_full"), amend(FIRST, 2, "20"));
        told(cancel(Samples.ALICE, FIRST));
    }

    @Test
    void aJournalWithoutOrdersHasTheStateThatItHadBeforeThereWereAny() {
        engine.accepted(
                Samples.ALICE,
                "t-1",
                engine.token(Samples.ALICE, 1, "50", new Leg(Samples.CALL, 3)));
        BookState state = engine.folded(Samples.BTC);
        assertArrayEquals(
                StoredEventSerializer.canonicalBytes(BookState2.of(state)),
                StoredEventSerializer.canonicalBytes(state));
        assertEquals("book-state.2", new BookSerializer().manifest(state));
    }
}
