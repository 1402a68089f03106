package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.capacity.Capacity.Party;
import io.dolim.capacity.Capacity.Party.Side;
import io.dolim.capacity.scenario.SetVersion;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.OptionPackage;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another scenario set is prepared, reported by every Book, and only then in force. */
class ScenarioChangeTest {

    private static final String NEXT = "standard-2@BTC=0.45";
    private static final VectorPricer PRICER =
            Pool.PARAMETERS.pricer(
                    SetVersion.parse(NEXT), new TreeSet<>(List.of(Pool.BTC, Pool.ETH)));
    private static final OptionPackage CALLS = Pool.option(Pool.BTC, 30, 65_000, "C", 10);

    private final CapacityKit engine = new CapacityKit("acknowledge-within = 1 d");

    @BeforeEach
    void openAView() {
        engine.fund();
        engine.register();
        engine.openView();
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void theSetInForceDecidesUntilTheLastBookHasReportedUnderTheNext() {
        TestProbe<Capacity.OperatorReply> operator = choose(NEXT);
        Capacity.Prepare prepare = prepared(NEXT);
        engine.books.books.values().forEach(book -> book.freeze(prepare, engine.now().epochMs()));
        report(Pool.BTC);
        assertEquals(before(), stored());
        assertInstanceOf(Capacity.Granted.class, ask());
        operator.expectNoMessage(Duration.ZERO);

        report(Pool.ETH);
        assertEquals(NEXT, stored());
        assertEquals(prepare.viewNumber(), engine.summary().viewNumber());
        for (Party party : engine.parties.keySet()) {
            operator.expectNoMessage(Duration.ZERO);
            engine.capacity.runCommand(new Capacity.Acknowledge(party, rules()));
        }
        assertEquals(
                new Capacity.Done("scenarios " + before() + " -> " + NEXT, List.of()),
                operator.receiveMessage());
        Capacity.Published published = published();
        assertEquals(NEXT, published.view().inputs().scenarioSet());
        assertEquals(PRICER.scenarios().size(), published.view().inventory().values().length);
    }

    @Test
    void whatWasGrantedBeforeIsJudgedAgainUnderTheNext() {
        Pool.FakeBook book = engine.books.book(Pool.BTC);
        assertInstanceOf(Capacity.Granted.class, ask());
        TestProbe<Capacity.OperatorReply> operator = choose(NEXT);
        turn();
        assertEquals(1, engine.summary().reservations());
        book.pending.clear();
        report(Pool.BTC);
        assertEquals(0, engine.summary().reservations());
        operator.expectNoMessage(Duration.ZERO);
        assertEquals(NEXT, stored());
    }

    @Test
    void aStoppedMarketKeepsTheSetInForce() {
        TestProbe<Capacity.OperatorReply> operator = choose(NEXT);
        Capacity.Prepare prepare = prepared(NEXT);
        engine.capacity.runCommand(new Capacity.MarketStopped(Pool.BTC, prepare.viewNumber()));
        assertEquals(
                new Capacity.Rejected(
                        "scenarios=" + NEXT + " market_stopped BTC: " + before() + " stays"),
                operator.receiveMessage());
        prepared(before());
        assertEquals(before(), stored());
    }

    @Test
    void aBookThatIsLateIsNamedAndKeepsTheSetInForce() {
        TestProbe<Capacity.OperatorReply> operator = choose(NEXT);
        Capacity.Prepare prepare = prepared(NEXT);
        engine.books.book(Pool.BTC).freeze(prepare, engine.now().epochMs());
        report(Pool.BTC);
        pass(1_999);
        engine.capacity.runCommand(Capacity.Own.TICK);
        operator.expectNoMessage(Duration.ZERO);
        pass(1);
        engine.capacity.runCommand(Capacity.Own.TICK);
        assertEquals(
                new Capacity.Rejected(
                        "scenarios="
                                + NEXT
                                + " not reported by [ETH] in time: "
                                + before()
                                + " stays"),
                operator.receiveMessage());
        // what comes after all opens nothing
        engine.books.book(Pool.ETH).freeze(prepare, engine.now().epochMs());
        report(Pool.ETH);
        assertEquals(before(), stored());
        assertTrue(engine.summary().viewNumber() < prepare.viewNumber());
    }

    @Test
    void aViewOverAnotherSetThanItWasPreparedForIsNotTaken() {
        choose(NEXT);
        Capacity.Prepare prepare = prepared(NEXT);
        for (Pool.FakeBook book : engine.books.books.values()) {
            book.freeze(prepare.viewNumber(), engine.now().epochMs());
            engine.capacity.runCommand(new Capacity.Report(book.report()));
        }
        assertEquals(before(), stored());
    }

    @Test
    void onlyOneIsPreparedAtATimeAndWhatCannotBeBuiltIsRefused() {
        assertEquals(
                new Capacity.Rejected(
                        "scenario set=standard-9 must be one of [standard-1, standard-2, standard-3]"),
                choose("standard-9").receiveMessage());
        assertInstanceOf(Capacity.Rejected.class, choose("standard-2@BTC=9").receiveMessage());
        TestProbe<Capacity.OperatorReply> first = choose(NEXT);
        assertEquals(
                new Capacity.Rejected("another scenario set is being prepared"),
                choose("standard-2").receiveMessage());
        turn();
        assertEquals(NEXT, stored());
        first.expectNoMessage(Duration.ZERO);
    }

    @Test
    void nothingChangesWhileHalted() {
        TestProbe<Capacity.OperatorReply> halt = engine.kit.createTestProbe();
        engine.capacity.runCommand(new Capacity.Halt("ann", "drill", halt.getRef()));
        assertEquals(
                new Capacity.Rejected("halted: the scenario set stays"),
                choose(NEXT).receiveMessage());
    }

    @Test
    void theChosenSetIsInForceOverARestart() {
        choose(NEXT);
        turn();
        engine.capacity.restart();
        engine.register();
        engine.capacity.runCommand(Capacity.OpenView.NOW);
        prepared(NEXT);
        assertEquals(NEXT, stored());
    }

    private TestProbe<Capacity.OperatorReply> choose(String version) {
        TestProbe<Capacity.OperatorReply> operator = engine.kit.createTestProbe();
        engine.capacity.runCommand(new Capacity.ChooseScenarios("ann", version, operator.getRef()));
        return operator;
    }

    private void turn() {
        Capacity.Prepare prepare = prepared(NEXT);
        engine.books.books.values().forEach(book -> book.freeze(prepare, engine.now().epochMs()));
        report(Pool.BTC);
        report(Pool.ETH);
    }

    private void report(io.dolim.quoting.instrument.Underlying underlying) {
        engine.capacity.runCommand(new Capacity.Report(engine.books.book(underlying).report()));
    }

    private Capacity.ReserveReply ask() {
        return engine.ask(engine.books.book(Pool.BTC).issue(CALLS, Usdc.ofWhole(1_000)).reserve());
    }

    /** The next Prepare over a set. */
    private Capacity.Prepare prepared(String version) {
        return engine
                .party(Side.MARKET, Pool.BTC)
                .fishForMessage(
                        Duration.ofSeconds(3),
                        message ->
                                message instanceof Capacity.Prepare prepare
                                                && prepare.pricer()
                                                        .scenarios()
                                                        .version()
                                                        .equals(version)
                                        ? FishingOutcomes.complete()
                                        : FishingOutcomes.continueAndIgnore())
                .stream()
                .map(Capacity.Prepare.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** The last that a Market was shown. */
    private Capacity.Published published() {
        TestProbe<Object> market = engine.party(Side.MARKET, Pool.BTC);
        Capacity.Published last = null;
        for (Object next = market.receiveMessage();
                !(next instanceof Capacity.Outdated);
                next = market.receiveMessage()) {
            if (next instanceof Capacity.Published shown) {
                last = shown;
            }
        }
        return java.util.Objects.requireNonNull(last);
    }

    private void pass(long ms) {
        Moment now = engine.now();
        engine.clock.set(new Moment(now.epochMs() + ms, now.monotonicNs() + ms * 1_000_000));
    }

    private long rules() {
        return engine.summary().cut().getOrDefault(Capacity.PERSISTENCE_ID, 0L);
    }

    private String stored() {
        return engine.capacity.getState().scenarioSet();
    }

    private static String before() {
        return Pool.PRICER.scenarios().version();
    }
}
