package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.trade.AccountId;
import io.dolim.capacity.Capacity;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.journal.Tagged;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each actor dies at each step of a trade; all orders are sent again; every ledger agrees. */
@Tag("slow")
class CrashTableTest {

    enum Victim {
        BOOK,
        ACCOUNT,
        CAPACITY
    }

    /** Steps as the Book sees them: a message, and whether the crash comes behind it. */
    enum Step {
        BEFORE_HOLD(false),
        AFTER_HOLD(true),
        BEFORE_RESERVE(false),
        AFTER_RESERVE(true),
        AFTER_PERSIST(false),
        AFTER_ANSWER(true),
        AFTER_COUNT(true);

        private final boolean after;

        Step(boolean after) {
            this.after = after;
        }

        boolean isAt(Object message) {
            return switch (this) {
                case BEFORE_HOLD, AFTER_HOLD -> isHold(message);
                case BEFORE_RESERVE, AFTER_RESERVE -> isGrant(message);
                case AFTER_PERSIST, AFTER_ANSWER -> isWritten(message);
                case AFTER_COUNT ->
                        message instanceof Book.Count count && count.reply() instanceof Book.Filled;
            };
        }
    }

    private static boolean isHold(Object message) {
        return message instanceof Book.HoldAnswered answered
                && answered.reply() instanceof Account.HoldGranted;
    }

    private static boolean isGrant(Object message) {
        return message instanceof Book.ReserveAnswered answered
                && answered.reply() instanceof Capacity.Granted;
    }

    private static boolean isWritten(Object message) {
        return message instanceof JournalProtocol.WriteMessageSuccess written
                && written.persistent().payload() instanceof Tagged tagged
                && tagged.payload() instanceof BookEvent.TradeExecuted;
    }

    static Stream<Arguments> table() {
        return Stream.of(Victim.values())
                .flatMap(v -> Stream.of(Step.values()).map(s -> Arguments.of(v, s)));
    }

    @ParameterizedTest(name = "{0} dies {1}")
    @MethodSource("table")
    void everyOrderIsOneTradeAndEveryLedgerAgrees(Victim victim, Step step) {
        // the real Capacity, with its views, potential and admission, on the same journal
        try (Engine engine = Engine.withRealCapacity()) {
            engine.deposit(Samples.ALICE, 1_000);
            engine.deposit(Samples.BOB, 1_000);
            Fault book = engine.faultOf(Samples.BTC);
            switch (victim) {
                case BOOK -> book.arm(step::isAt, step.after);
                case ACCOUNT -> book.armRun(step::isAt, step.after, () -> killAccount(engine));
                case CAPACITY -> book.armRun(step::isAt, step.after, () -> killCapacity(engine));
            }
            List<Order> orders = orders(engine);
            List<TestProbe<Book.Reply>> probes = new ArrayList<>();
            for (Order order : orders) {
                TestProbe<Book.Reply> probe = engine.kit.createTestProbe(Book.Reply.class);
                probes.add(probe);
                engine.bookOf(order.contract.underlying())
                        .tell(engine.accept(order.account, order.id, order.token, probe.ref()));
            }
            probes.forEach(probe -> probe.receiveMessage(Engine.PATIENCE));
            assertTrue(book.isSpent(), "the step was reached");
            for (Order order : orders) {
                Book.Reply reply = engine.acceptedAtLast(order.account, order.id, order.token);
                assertInstanceOf(Book.Filled.class, reply, order.id + " " + reply);
            }
            probes.forEach(probe -> probe.expectNoMessage(Duration.ZERO));
            ledgersAgree(engine, orders);
        }
    }

    private record Order(AccountId account, String id, String token, OptionContract contract) {}

    private static List<Order> orders(Engine engine) {
        OptionContract eth = Engine.contracts(Samples.ETH).getFirst();
        List<Order> orders = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            for (AccountId account : List.of(Samples.ALICE, Samples.BOB)) {
                for (OptionContract contract : List.of(Samples.CALL, eth)) {
                    orders.add(
                            new Order(
                                    account,
                                    contract.underlying() + "-" + i,
                                    engine.token(account, 1, "50.5", new Leg(contract, 2)),
                                    contract));
                }
            }
        }
        return orders;
    }

    private static void killAccount(Engine engine) {
        engine.faultOf(Samples.ALICE).arm(m -> true, false);
        engine.toAccount(
                Samples.ALICE,
                new Account.Summarise(engine.kit.createTestProbe(Account.Summary.class).ref()));
    }

    private static void killCapacity(Engine engine) {
        engine.capacityDies.set(true);
        engine.capacity.tell(Capacity.OpenView.NOW);
    }

    private static void ledgersAgree(Engine engine, List<Order> orders) {
        Engine.await(engine::nothingIsReserved, "no reservation stays");
        OptionContract eth = Engine.contracts(Samples.ETH).getFirst();
        for (AccountId account : List.of(Samples.ALICE, Samples.BOB)) {
            Engine.await(() -> engine.summary(account).ready(), "account is ready");
            Engine.await(() -> engine.summary(account).held().signum() == 0, "no hold stays");
            Account.Summary summary = engine.summary(account);
            assertEquals(Usdc.of(new BigDecimal("798.00")), summary.cash());
            assertEquals(new TreeMap<>(Map.of(Samples.CALL, 4L, eth, 4L)), summary.positions());
        }
        for (var underlying : Engine.UNDERLYINGS) {
            List<BookEvent.TradeExecuted> trades =
                    engine.events(underlying).stream()
                            .filter(BookEvent.TradeExecuted.class::isInstance)
                            .map(BookEvent.TradeExecuted.class::cast)
                            .toList();
            assertEquals(orders.size() / 2, trades.size());
            assertEquals(
                    orders.size() / 2,
                    trades.stream()
                            .map(t -> t.trade().account() + ":" + t.trade().orderId())
                            .distinct()
                            .count());
            assertEquals(
                    EntityHash.of(engine.folded(underlying)), engine.book(underlying).entityHash());
        }
    }
}
