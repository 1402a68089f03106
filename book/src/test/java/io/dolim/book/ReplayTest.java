package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BrokenInvariant;
import io.dolim.capacity.journal.StoredEvent;
import io.dolim.capacity.journal.StoredEventSerializer;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.persistence.JournalProtocol;
import org.junit.jupiter.api.Test;

/** Random lives of the engine: accepts, crashes and resends keep P1, X1 and X3, and replay is live. */
class ReplayTest {

    private static final List<AccountId> TAKERS = List.of(Samples.ALICE, Samples.BOB);

    private record Order(AccountId account, String id, String token, Underlying to) {}

    @Test
    void randomAcceptsCrashesAndResendsKeepTheLedgers() throws NotSerializableException {
        for (long seed = 1; seed <= 6; seed++) {
            live(seed);
        }
    }

    private void live(long seed) throws NotSerializableException {
        SplittableRandom random = new SplittableRandom(seed);
        try (Engine engine = new Engine()) {
            TAKERS.forEach(taker -> engine.deposit(taker, 50_000));
            List<Order> orders = new ArrayList<>();
            SortedMap<String, Book.Reply> answers = new TreeMap<>();
            for (int i = 0; i < 40; i++) {
                if (random.nextInt(4) == 0) {
                    crash(engine, random);
                }
                boolean again = !orders.isEmpty() && random.nextInt(3) == 0;
                Order order =
                        again
                                ? orders.get(random.nextInt(orders.size()))
                                : order(engine, random, orders.size());
                if (!again) {
                    orders.add(order);
                }
                Book.Reply reply = engine.accepted(order.account, order.id, order.token);
                remember(answers, order, reply, "seed=" + seed + " step=" + i);
            }
            for (Order order : orders) {
                remember(
                        answers,
                        order,
                        engine.acceptedAtLast(order.account, order.id, order.token),
                        "seed=" + seed + " at last");
            }
            check(engine, answers, "seed=" + seed);
        }
    }

    /** A filled order stays filled with the same trade, whatever happens. */
    private static void remember(
            SortedMap<String, Book.Reply> answers, Order order, Book.Reply reply, String where) {
        String key = order.account + " " + order.id;
        if (answers.get(key) instanceof Book.Filled before) {
            if (!(reply instanceof Book.Retry)) {
                assertEquals(before, reply, where);
            }
        } else {
            answers.put(key, reply);
        }
    }

    private static Order order(Engine engine, SplittableRandom random, int number) {
        AccountId taker = TAKERS.get(random.nextInt(TAKERS.size()));
        Underlying to = Engine.UNDERLYINGS.get(random.nextInt(2));
        List<OptionContract> contracts = Engine.contracts(to);
        long sign = random.nextInt(3) == 0 ? -1 : 1;
        Leg leg = new Leg(contracts.get(random.nextInt(3)), sign * random.nextLong(1, 6));
        String price = Long.toString(sign * random.nextLong(5, 205));
        return new Order(taker, "o-" + number, engine.token(taker, 1, price, leg), to);
    }

    private static void crash(Engine engine, SplittableRandom random) {
        boolean after = random.nextBoolean();
        Fault book = engine.faultOf(Engine.UNDERLYINGS.get(random.nextInt(2)));
        switch (random.nextInt(5)) {
            case 0 -> book.arm(m -> m instanceof Book.HoldAnswered, after);
            case 1 -> book.arm(m -> m instanceof Book.ReserveAnswered, after);
            case 2 -> book.arm(m -> m instanceof JournalProtocol.WriteMessageSuccess, after);
            case 3 ->
                    engine.faultOf(TAKERS.get(random.nextInt(2)))
                            .arm(m -> m instanceof Account.Command, after);
            default -> engine.capacityFault.arm(m -> true, after);
        }
    }

    private static void check(Engine engine, SortedMap<String, Book.Reply> answers, String where)
            throws NotSerializableException {
        long filled = answers.values().stream().filter(Book.Filled.class::isInstance).count();
        assertTrue(filled > 5, where + " filled=" + filled);
        Replay replay = new Replay();
        long trades = 0;
        for (Underlying underlying : Engine.UNDERLYINGS) {
            List<BookEvent> events = engine.events(underlying);
            trades += replayed(replay, Book.persistenceId(underlying), events);
            sameFromEverySnapshot(underlying, events, where);
            assertEquals(
                    engine.book(underlying).entityHash(),
                    EntityHash.of(engine.folded(underlying)),
                    where);
        }
        assertEquals(filled, trades, where + ": each filled order is one trade");
        for (AccountId taker : TAKERS) {
            List<Object> events = engine.journal.persistedInStorage(Account.persistenceId(taker));
            replayed(replay, Account.persistenceId(taker), events);
            sameAsTheTakersOwnLedger(engine, answers, taker, where);
        }
        assertEquals(Usdc.ZERO, replay.cashImbalance(), where);
        assertEquals(Usdc.ofWhole(100_000), replay.deposits(), where);
        Engine.await(() -> engine.window.reservations.isEmpty(), where + " reservations end");
    }

    private static long replayed(Replay replay, String id, List<?> events) {
        long sequence = 0;
        long trades = 0;
        for (Object event : events) {
            replay.apply(id, ++sequence, (StoredEvent) event);
            trades += event instanceof BookEvent.TradeExecuted ? 1 : 0;
        }
        return trades;
    }

    private static void sameAsTheTakersOwnLedger(
            Engine engine, SortedMap<String, Book.Reply> answers, AccountId taker, String where) {
        Usdc cash = Usdc.ofWhole(50_000);
        SortedMap<OptionContract, Long> positions = new TreeMap<>();
        for (Map.Entry<String, Book.Reply> entry : answers.entrySet()) {
            if (entry.getKey().startsWith(taker + " ")
                    && entry.getValue() instanceof Book.Filled filled) {
                cash = cash.minus(filled.trade().price());
                for (Leg leg : filled.trade().legs().legs()) {
                    positions.merge(leg.contract(), leg.lots(), Long::sum);
                }
            }
        }
        positions.values().removeIf(lots -> lots == 0);
        Engine.await(() -> engine.summary(taker).ready(), where);
        Engine.await(() -> engine.summary(taker).held().signum() == 0, where + " holds end");
        assertEquals(cash, engine.summary(taker).cash(), where);
        assertEquals(positions, engine.summary(taker).positions(), where);
    }

    private static void sameFromEverySnapshot(
            Underlying underlying, List<BookEvent> events, String where)
            throws NotSerializableException {
        BookSerializer serializer = new BookSerializer();
        List<BookState> states = new ArrayList<>();
        BookState state = BookState.empty(underlying);
        for (BookEvent event : events) {
            states.add(state);
            state = state.apply(event);
        }
        byte[] live = StoredEventSerializer.canonicalBytes(state);
        for (int from = 0; from < states.size(); from += 3) {
            StoredEvent stored = states.get(from);
            BookState restored =
                    (BookState)
                            serializer.fromBinary(
                                    serializer.toBinary(stored), serializer.manifest(stored));
            for (BookEvent event : events.subList(from, events.size())) {
                restored = restored.apply(event);
            }
            assertArrayEquals(
                    live, StoredEventSerializer.canonicalBytes(restored), where + " from " + from);
        }
    }

    @Test
    void statesThatDifferInOneFigureDifferInTheirHash() {
        Replay one = new Replay();
        one.apply("account-alice", 1, Samples.deposited(Samples.ALICE, "d-1", 5));
        Replay other = new Replay();
        other.apply("account-alice", 1, Samples.deposited(Samples.ALICE, "d-1", 6));
        assertEquals(one.state().cut(), other.state().cut());
        assertNotEquals(one.state().stateHash(), other.state().stateHash());
        BookState listed = BookState.empty(Samples.BTC).apply(Samples.listed(Samples.CALL));
        BookState another = BookState.empty(Samples.BTC).apply(Samples.listed(Samples.HIGHER));
        assertEquals(listed.sequence(), another.sequence());
        assertNotEquals(EntityHash.of(listed), EntityHash.of(another));
    }

    @Test
    void writersMayInterleaveAnyhowAndAGapIsFound() {
        BookEvent listed = Samples.listed(Samples.CALL);
        AccountEvent deposited = Samples.deposited(Samples.ALICE, "d-1", 5);
        Replay one = new Replay();
        one.apply("book-BTC", 1, listed);
        one.apply("account-alice", 1, deposited);
        Replay other = new Replay();
        other.apply("account-alice", 1, deposited);
        other.apply("book-BTC", 1, listed);
        assertEquals(one.state().stateHash(), other.state().stateHash());
        assertEquals(new TreeMap<>(Map.of("book-BTC", 1L, "account-alice", 1L)), one.state().cut());
        assertThrows(BrokenInvariant.class, () -> one.apply("book-BTC", 3, listed));
        assertThrows(IllegalArgumentException.class, () -> one.apply("account-alice", 2, listed));
    }

    @Test
    void aBookStartsAgainFromItsSnapshotAndKnowsItsOrders() {
        try (Engine engine = new Engine()) {
            engine.deposit(Samples.ALICE, 1_000);
            SortedMap<String, Book.Reply> before = new TreeMap<>();
            SortedMap<String, String> tokens = new TreeMap<>();
            for (int i = 0; i < 12; i++) {
                String token = engine.token(Samples.ALICE, 1, "5", new Leg(Samples.CALL, 1));
                tokens.put("o-" + i, token);
                before.put("o-" + i, engine.acceptedAtLast(Samples.ALICE, "o-" + i, token));
            }
            String hash = engine.book(Samples.BTC).entityHash();
            engine.faultOf(Samples.BTC).arm(m -> m instanceof Book.Query, false);
            TestProbe<BookSummary> probe = engine.kit.createTestProbe(BookSummary.class);
            engine.bookOf(Samples.BTC).tell(new Book.Query(probe.ref()));
            Engine.await(() -> engine.faultOf(Samples.BTC).isSpent(), "it died");
            assertEquals(hash, engine.book(Samples.BTC).entityHash());
            before.forEach(
                    (id, reply) -> {
                        assertInstanceOf(Book.Filled.class, reply);
                        assertEquals(
                                reply,
                                engine.acceptedAtLast(
                                        Samples.ALICE, id, Objects.requireNonNull(tokens.get(id))),
                                id);
                    });
        }
    }
}
