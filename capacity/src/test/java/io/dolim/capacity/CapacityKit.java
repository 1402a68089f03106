package io.dolim.capacity;

import com.typesafe.config.ConfigFactory;
import io.dolim.quoting.money.Usdc;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;

/** The real Capacity on a journal in memory; its ticks, its clock, Books and Markets are the test's. */
final class CapacityKit implements AutoCloseable {

    final AtomicReference<Moment> clock = new AtomicReference<>(new Moment(Pool.START_MS, 0));
    final AtomicReference<JournalRoom> room = new AtomicReference<>(JournalRoom.AMPLE);
    final ActorTestKit kit =
            ActorTestKit.create(
                    EventSourcedBehaviorTestKit.config().withFallback(ConfigFactory.load()));
    final EventSourcedBehaviorTestKit<Capacity.Command, CapacityEvent, CapitalState> capacity;
    final Pool books = new Pool();
    final SortedMap<Capacity.Party, TestProbe<Object>> parties = new TreeMap<>();

    /** @param more configuration over the module's own */
    CapacityKit(String more) {
        this(more, java.util.Set.of());
    }

    /** The same of which some books have a hedger, the test's. */
    CapacityKit(String more, java.util.Set<io.dolim.quoting.instrument.Underlying> hedged) {
        CapacityParameters parameters =
                CapacityParameters.of(
                        ConfigFactory.parseString(more)
                                .withFallback(ConfigFactory.parseString("view-interval = 1 d"))
                                .withFallback(ConfigFactory.load().getConfig("dolim.capacity")));
        capacity =
                EventSourcedBehaviorTestKit.create(
                        kit.system(),
                        Capacity.create(
                                parameters,
                                Configured.UNTOLD,
                                Pool.SPECS,
                                hedged,
                                this::now,
                                new AtomicLong(Pool.START_MS - 1)::incrementAndGet,
                                this::room),
                        EventSourcedBehaviorTestKit.disabledSerializationSettings()
                                .withVerifyEvents(true));
        // what it writes by itself at its start must not be taken for a command's event
        while (summary().cut().getOrDefault(Capacity.PERSISTENCE_ID, 0L) == 0) {
            Thread.onSpinWait();
        }
    }

    JournalRoom room() {
        return Objects.requireNonNull(room.get());
    }

    Moment now() {
        return Objects.requireNonNull(clock.get());
    }

    PoolSummary summary() {
        return capacity.<PoolSummary>runCommand(Capacity.Query::new).reply();
    }

    TestProbe<Object> party(Capacity.Party.Side side, io.dolim.quoting.instrument.Underlying of) {
        return Objects.requireNonNull(parties.get(new Capacity.Party(side, of)));
    }

    /** The first capital is paid in: ten million. */
    void fund() {
        capacity.<Capacity.OperatorReply>runCommand(
                reply -> new Capacity.PayIn("ann", Usdc.ofWhole(10_000_000), "first", reply));
    }

    /** Every Book and Market is a probe. */
    void register() {
        for (var underlying : List.of(Pool.BTC, Pool.ETH)) {
            for (Capacity.Party.Side side : Capacity.Party.Side.values()) {
                parties.put(new Capacity.Party(side, underlying), kit.createTestProbe());
            }
            capacity.runCommand(
                    new Capacity.Register(
                            underlying,
                            party(Capacity.Party.Side.BOOK, underlying).getRef().narrow(),
                            party(Capacity.Party.Side.MARKET, underlying).getRef().narrow()));
        }
    }

    /** Asks for a view; its number. */
    long prepare() {
        capacity.runCommand(Capacity.OpenView.NOW);
        for (Map.Entry<Capacity.Party, TestProbe<Object>> each : parties.entrySet()) {
            if (each.getKey().side() == Capacity.Party.Side.MARKET) {
                return each
                        .getValue()
                        .fishForMessage(
                                java.time.Duration.ofSeconds(3),
                                message ->
                                        message instanceof Capacity.Prepare
                                                ? org.apache.pekko.actor.testkit.typed.javadsl
                                                        .FishingOutcomes.complete()
                                                : org.apache.pekko.actor.testkit.typed.javadsl
                                                        .FishingOutcomes.continueAndIgnore())
                        .stream()
                        .map(Capacity.Prepare.class::cast)
                        .mapToLong(Capacity.Prepare::viewNumber)
                        .max()
                        .orElseThrow();
            }
        }
        throw new AssertionError("nobody registered");
    }

    /** A view that every market is ready for. */
    long openView() {
        long number = prepare();
        for (Pool.FakeBook book : books.books.values()) {
            book.freeze(number, now().epochMs());
            capacity.runCommand(new Capacity.Report(book.report()));
        }
        forgetBefore(number);
        return number;
    }

    void forgetBefore(long number) {
        books.books.values().forEach(book -> book.markets.headMap(number).clear());
    }

    /** What the real one answers to a reservation. */
    Capacity.ReserveReply ask(Capacity.Reserve asked) {
        TestProbe<Capacity.ReserveReply> taker = kit.createTestProbe();
        capacity.runCommand(
                new Capacity.Reserve(
                        asked.id(),
                        asked.byView(),
                        asked.quotedCharge(),
                        asked.price(),
                        asked.tick(),
                        asked.coins(),
                        asked.note(),
                        taker.getRef()));
        return taker.receiveMessage();
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }
}
