package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.dolim.book.tape.Tape;
import io.dolim.book.tape.TapeSettings;
import io.dolim.book.tape.Taped;
import io.dolim.book.tape.TapedBatch;
import io.dolim.book.tape.TapedSamples;
import io.dolim.capacity.JournalRoom;
import io.dolim.capacity.Moment;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.apache.pekko.persistence.testkit.query.javadsl.PersistenceTestKitReadJournal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TapeTest {

    private static final String ID = Tape.persistenceId(Samples.BTC);

    private final ActorTestKit kit = ActorTestKit.create("tape", Engine.config());
    private final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
    private final TestProbe<WriterHalted> guardian = kit.createTestProbe();
    private final TestProbe<Tape.Summary> figures = kit.createTestProbe();
    private final AtomicReference<JournalRoom> room = new AtomicReference<>(JournalRoom.AMPLE);
    private final ActorRef<Tape.Command> tape =
            kit.spawn(
                    Tape.create(
                            Samples.BTC,
                            TapeSettings.of(ConfigFactory.load()),
                            new Tape.Ports(
                                    PersistenceTestKitReadJournal.Identifier(),
                                    () -> new Moment(TapedSamples.SECOND_MS, 1),
                                    room::get,
                                    figures.ref()::tell,
                                    guardian.ref())));

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void aBatchIsWrittenAsItWasTold() {
        tape.tell(new Tape.Keep(TapedSamples.busy()));
        journal.expectNextPersisted(ID, Taped.of(TapedSamples.busy()));
    }

    @Test
    void withoutRoomNothingIsEvenTriedAndTheGapIsCounted() {
        TapedBatch busy = TapedSamples.busy();
        TapedBatch afterTwo =
                new TapedBatch(
                        busy.underlying(),
                        busy.epochMs(),
                        3 * busy.dropped() + 2,
                        busy.index(),
                        busy.futures(),
                        busy.atmVols(),
                        busy.held());
        room.set(new JournalRoom(9, 100, 10));
        tape.tell(new Tape.Keep(TapedSamples.busy()));
        tape.tell(new Tape.Keep(TapedSamples.busy()));
        assertEquals(new Tape.Summary(Samples.BTC, 0, 1), figures.receiveMessage());
        assertEquals(new Tape.Summary(Samples.BTC, 0, 2), figures.receiveMessage());
        room.set(new JournalRoom(10, 100, 10));
        tape.tell(new Tape.Keep(TapedSamples.busy()));
        journal.expectNextPersisted(ID, Taped.of(afterTwo));
        assertEquals(new Tape.Summary(Samples.BTC, 1, 2), figures.receiveMessage());
    }

    @Test
    void aFailedWriteOfUnknownOutcomeTellsTheGuardian() {
        journal.failNextPersisted(ID);
        tape.tell(new Tape.Keep(TapedSamples.busy()));
        assertEquals(ID, guardian.receiveMessage(Engine.PATIENCE).persistenceId());
        guardian.expectTerminated(tape, Engine.PATIENCE);
    }

    @Test
    void aBoundOfZeroIsNeverOff() {
        Map<String, String> zero =
                Map.of(
                        "keep", "0 s",
                        "most-waiting", "0",
                        "most-rows", "0",
                        "rest-for", "0 s",
                        "erase-every", "0 s",
                        "erase-step", "0");
        zero.forEach(
                (key, value) -> {
                    Config config =
                            ConfigFactory.parseMap(Map.of("dolim.book.tape." + key, value))
                                    .withFallback(ConfigFactory.load());
                    assertThrows(
                            IllegalArgumentException.class, () -> TapeSettings.of(config), key);
                });
    }
}
