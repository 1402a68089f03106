package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.dolim.capacity.Capacity.Party;
import io.dolim.capacity.Capacity.Party.Side;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.OptionPackage;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An operator's order is in force at once, and answered when all who act on it have said so. */
class AcknowledgementTest {

    private static final Party LAST = new Party(Side.BOOK, Pool.ETH);
    private static final OptionPackage CALLS = Pool.option(Pool.BTC, 30, 65_000, "C", 10);

    private CapacityKit engine = open("acknowledge-within = 1 d");

    @AfterEach
    void stop() {
        engine.close();
    }

    private static CapacityKit open(String more) {
        CapacityKit engine = new CapacityKit(more);
        engine.fund();
        engine.register();
        engine.openView();
        return engine;
    }

    @Test
    void aHaltIsInForceAtOnceAndAnsweredWithTheLastAcknowledgement() {
        TestProbe<Capacity.OperatorReply> operator =
                order(reply -> new Capacity.Halt("ann", "drill", reply));

        assertEquals(Mode.HALTED, engine.summary().mode());
        Capacity.Refused refused =
                assertInstanceOf(
                        Capacity.Refused.class,
                        engine.ask(
                                engine.books
                                        .book(Pool.BTC)
                                        .issue(CALLS, Usdc.ofWhole(1_000))
                                        .reserve()));
        assertEquals("halted", refused.rule());
        long rules = rules();
        everybodyBut(LAST, rules);
        acknowledge(LAST, rules - 1);
        engine.summary();
        operator.expectNoMessage(Duration.ZERO);
        acknowledge(LAST, rules);
        assertEquals(new Capacity.Done("mode=HALTED", List.of()), operator.receiveMessage());
    }

    @Test
    void aMarketHasTheViewOfTheNewModeBeforeItIsAskedToAcknowledge() {
        order(reply -> new Capacity.Halt("ann", "drill", reply));
        TestProbe<Object> market = engine.party(Side.MARKET, Pool.BTC);
        Object before = market.receiveMessage();
        for (Object next = market.receiveMessage();
                !(next instanceof Capacity.Outdated);
                next = market.receiveMessage()) {
            before = next;
        }
        CapacityView shown = assertInstanceOf(Capacity.Published.class, before).view();
        assertEquals(Mode.HALTED, shown.mode());
        assertEquals(rules(), shown.rules());
    }

    @Test
    void whoHasNotAcknowledgedInTimeIsNamed() {
        engine.close();
        engine = open("acknowledge-within = 50 ms");
        TestProbe<Capacity.OperatorReply> operator =
                order(reply -> new Capacity.Halt("ann", "drill", reply));
        Capacity.Done done = assertInstanceOf(Capacity.Done.class, operator.receiveMessage());
        assertEquals(List.copyOf(engine.parties.keySet()), done.unacknowledged());
    }

    @Test
    void whoHasNotRegisteredWithThisStartIsWaitedForAndNamed() {
        engine.close();
        engine = new CapacityKit("acknowledge-within = 50 ms");
        TestProbe<Capacity.OperatorReply> operator =
                order(reply -> new Capacity.Halt("ann", "drill", reply));
        Capacity.Done done = assertInstanceOf(Capacity.Done.class, operator.receiveMessage());
        assertEquals(2 * Pool.SPECS.size(), done.unacknowledged().size());
    }

    @Test
    void onlyThoseThatActOnTheseRulesOrLaterOnesAreNotNamed() {
        TestProbe<Capacity.OperatorReply> operator = engine.kit.createTestProbe();
        Acknowledgements waiting = new Acknowledgements();
        Party first = new Party(Side.BOOK, Pool.BTC);
        Party second = new Party(Side.MARKET, Pool.BTC);
        long number =
                waiting.await(
                        7,
                        "mode=HALTED",
                        operator.getRef(),
                        new TreeSet<>(List.of(first, second, LAST)));
        waiting.by(first, 7);
        waiting.by(second, 8);
        waiting.by(LAST, 6);
        operator.expectNoMessage(Duration.ZERO);
        waiting.lapse(number);
        assertEquals(new Capacity.Done("mode=HALTED", List.of(LAST)), operator.receiveMessage());
        waiting.by(LAST, 7);
        operator.expectNoMessage(Duration.ZERO);
    }

    @Test
    void limitsReductionAndTheSecondVoiceToResumeAreToldAndTheFirstVoiceIsNot() {
        acknowledged(reply -> new Capacity.Set("ann", "gamma_share", 0.2, reply));
        acknowledged(reply -> new Capacity.ReduceOnly("ann", "drill", reply));
        TestProbe<Capacity.OperatorReply> first =
                order(reply -> new Capacity.Resume("ann", "over", reply));
        assertInstanceOf(Capacity.Done.class, first.receiveMessage());
        acknowledged(reply -> new Capacity.Resume("bob", "over", reply));
    }

    @Test
    void aHaltSaidAgainIsAcknowledgedAgain() {
        acknowledged(reply -> new Capacity.Halt("ann", "drill", reply));
        acknowledged(reply -> new Capacity.Halt("ann", "drill", reply));
    }

    @Test
    void ofTooManyOrdersThatWaitTheOldestIsAnsweredAsItStands() {
        TestProbe<Capacity.OperatorReply> first =
                order(reply -> new Capacity.Halt("ann", "drill", reply));
        for (int i = 0; i < Acknowledgements.MOST; i++) {
            order(reply -> new Capacity.Halt("ann", "drill", reply));
        }
        Capacity.Done done = assertInstanceOf(Capacity.Done.class, first.receiveMessage());
        assertEquals(List.copyOf(engine.parties.keySet()), done.unacknowledged());
    }

    private void acknowledged(Function<ActorRef<Capacity.OperatorReply>, Capacity.Command> order) {
        TestProbe<Capacity.OperatorReply> operator = order(order);
        engine.summary();
        operator.expectNoMessage(Duration.ZERO);
        everybodyBut(LAST, rules());
        acknowledge(LAST, rules());
        Capacity.Done done = assertInstanceOf(Capacity.Done.class, operator.receiveMessage());
        assertEquals(List.of(), done.unacknowledged());
    }

    private TestProbe<Capacity.OperatorReply> order(
            Function<ActorRef<Capacity.OperatorReply>, Capacity.Command> order) {
        TestProbe<Capacity.OperatorReply> operator = engine.kit.createTestProbe();
        engine.capacity.runCommand(order.apply(operator.getRef()));
        return operator;
    }

    private long rules() {
        return Pool.in(engine.summary().cut(), Capacity.PERSISTENCE_ID);
    }

    private void everybodyBut(Party silent, long rules) {
        for (Party party : engine.parties.keySet()) {
            if (!party.equals(silent)) {
                acknowledge(party, rules);
            }
        }
    }

    private void acknowledge(Party party, long rules) {
        engine.capacity.runCommand(new Capacity.Acknowledge(party, rules));
    }
}
