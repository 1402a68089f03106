package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.dolim.capacity.Capacity.Party.Side;
import io.dolim.quoting.money.Usdc;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a fault and a failed write do to Capacity; it throws where it reads the clock. */
class SupervisionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AtomicInteger faults = new AtomicInteger();
    private final ActorTestKit kit =
            ActorTestKit.create(
                    PersistenceTestKitPlugin.getInstance()
                            .config()
                            .withFallback(ConfigFactory.load()));
    private final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
    private final ActorRef<Capacity.Command> capacity =
            kit.spawn(
                    Capacity.create(
                            CapacityParameters.of(
                                    ConfigFactory.parseString("view-interval = 1 d")
                                            .withFallback(
                                                    ConfigFactory.load()
                                                            .getConfig("dolim.capacity"))),
                            Pool.SPECS,
                            this::now,
                            new AtomicLong()::incrementAndGet,
                            () -> JournalRoom.AMPLE));

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void aFaultRestartsItAsANewIncarnationThatHasLostNothingAcknowledged() {
        TestProbe<Capacity.OperatorReply> operator = kit.createTestProbe();
        capacity.tell(new Capacity.PayIn("ann", Usdc.ofWhole(1_000), "r-1", operator.getRef()));
        operator.expectMessageClass(Capacity.Done.class, PATIENCE);
        TestProbe<Capacity.ToBook> book = kit.createTestProbe();
        Capacity.Register register =
                new Capacity.Register(
                        Pool.BTC, book.getRef(), kit.<Capacity.ToMarket>createTestProbe().getRef());
        capacity.tell(register);
        book.expectMessage(PATIENCE, new Capacity.Incarnation(1));

        capacity.tell(new Capacity.Halt("ann", "drill", operator.getRef()));
        capacity.tell(new Capacity.Acknowledge(new Capacity.Party(Side.MARKET, Pool.BTC), 99));
        capacity.tell(new Capacity.Acknowledge(new Capacity.Party(Side.BOOK, Pool.BTC), 99));
        operator.expectMessageClass(Capacity.Done.class, PATIENCE);
        faults.set(1);
        capacity.tell(Capacity.OpenView.NOW);
        capacity.tell(register);

        book.fishForMessage(
                PATIENCE,
                message ->
                        message.equals(new Capacity.Incarnation(2))
                                ? org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes
                                        .complete()
                                : org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes
                                        .continueAndIgnore());
        TestProbe<PoolSummary> summary = kit.createTestProbe();
        capacity.tell(new Capacity.Query(summary.getRef()));
        PoolSummary pool = summary.receiveMessage(PATIENCE);
        assertEquals(Mode.HALTED, pool.mode());
        assertEquals(Usdc.ofWhole(1_000), pool.cash());
        assertEquals(0, pool.reservations());
    }

    @Test
    void aFailedWriteIsNotAnsweredAndStopsIt() {
        TestProbe<Capacity.OperatorReply> operator = kit.createTestProbe();
        capacity.tell(new Capacity.PayIn("ann", Usdc.ofWhole(1), "r-1", operator.getRef()));
        operator.expectMessageClass(Capacity.Done.class, PATIENCE);
        journal.failNextPersisted(Capacity.PERSISTENCE_ID);
        capacity.tell(new Capacity.PayIn("ann", Usdc.ofWhole(2), "r-2", operator.getRef()));
        operator.expectTerminated(capacity, PATIENCE);
        operator.expectNoMessage(Duration.ZERO);
    }

    @Test
    void oneThatKeepsFailingStops() {
        faults.set(Integer.MAX_VALUE);
        TestProbe<Capacity.OperatorReply> watcher = kit.createTestProbe();
        for (int i = 0; i <= 11; i++) {
            capacity.tell(Capacity.OpenView.NOW);
        }
        watcher.expectTerminated(capacity, PATIENCE);
        assertTrue(faults.get() < Integer.MAX_VALUE);
    }

    private Moment now() {
        if (faults.get() > 0) {
            faults.decrementAndGet();
            throw new IllegalStateException("injected");
        }
        return new Moment(Pool.START_MS, 0);
    }
}
