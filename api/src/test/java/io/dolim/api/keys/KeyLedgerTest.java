package io.dolim.api.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.dolim.api.session.Scope;
import io.dolim.capacity.JournalRoom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ledger of keys: what it writes, in what order, and what it refuses. */
final class KeyLedgerTest {

    private static final Set<Scope> OPERATOR = Set.of(Scope.OPERATOR);
    private static final Set<Scope> TRADING = Set.of(Scope.TRADE_READ_WRITE, Scope.ACCOUNT_READ);

    private final ActorTestKit kit =
            ActorTestKit.create(
                    EventSourcedBehaviorTestKit.config().withFallback(ConfigFactory.load()));
    private final List<KeyRecord> changed = new ArrayList<>();
    private long wallMs = 1_000;
    private boolean full;
    private final EventSourcedBehaviorTestKit<KeyLedger.Command, KeyEvent, KeyBook> ledger =
            EventSourcedBehaviorTestKit.create(
                    kit.system(),
                    KeyLedger.create(
                            new KeyLedger.Ports(
                                    4,
                                    changed::add,
                                    () -> ++wallMs,
                                    () -> new JournalRoom(full ? 0 : 1_000_000, 2, 1))),
                    // of what is written, not of what is said within the process
                    new EventSourcedBehaviorTestKit.SerializationSettings(
                            true, true, false, true, false));

    @AfterEach
    void end() {
        kit.shutdownTestKit();
    }

    private KeyLedger.Reply create(String id, Set<Scope> scopes) {
        return ledger.<KeyLedger.Reply>runCommand(
                        to -> new KeyLedger.Create("ann", id, "alice", scopes, "sealed-" + id, to))
                .reply();
    }

    private KeyLedger.Reply rotate(String id) {
        return ledger.<KeyLedger.Reply>runCommand(
                        to -> new KeyLedger.Rotate("bob", id, "leaked", "other-" + id, to))
                .reply();
    }

    private KeyLedger.Reply revoke(String id) {
        return ledger.<KeyLedger.Reply>runCommand(to -> new KeyLedger.Revoke("bob", id, "gone", to))
                .reply();
    }

    private static KeyLedger.Refused refused(KeyLedger.Rule rule) {
        return new KeyLedger.Refused(rule);
    }

    @Test
    void whatIsDoneIsWrittenDownAndInForceBeforeItIsAnswered() {
        KeyRecord made =
                new KeyRecord(
                        "t",
                        "alice",
                        TRADING,
                        0,
                        "sealed-t",
                        new KeyRecord.Done("ann", 1_001),
                        Optional.empty(),
                        Optional.empty());
        var created =
                ledger.<KeyLedger.Reply>runCommand(
                        to -> new KeyLedger.Create("ann", "t", "alice", TRADING, "sealed-t", to));
        assertEquals(
                new KeyEvent.KeyCreated(
                        "ann",
                        1_001,
                        "t",
                        "alice",
                        List.of("account:read", "trade:read_write"),
                        "sealed-t"),
                created.event());
        assertEquals(new KeyLedger.Changed(made), created.reply());

        KeyEvent.KeyRotated rotation =
                new KeyEvent.KeyRotated("bob", 1_002, "t", "leaked", "other-t");
        var rotated =
                ledger.<KeyLedger.Reply>runCommand(
                        to -> new KeyLedger.Rotate("bob", "t", "leaked", "other-t", to));
        assertEquals(rotation, rotated.event());
        KeyRecord second = made.rotated(rotation);
        assertEquals(1, second.generation());
        assertEquals("other-t", second.sealed());
        assertEquals(new KeyLedger.Changed(second), rotated.reply());

        KeyEvent.KeyRevoked end = new KeyEvent.KeyRevoked("bob", 1_003, "t", "gone");
        var revoked =
                ledger.<KeyLedger.Reply>runCommand(
                        to -> new KeyLedger.Revoke("bob", "t", "gone", to));
        assertEquals(end, revoked.event());
        KeyRecord last = second.revoked(end);
        assertEquals(new KeyLedger.Changed(last), revoked.reply());
        assertEquals(List.of(made, second, last), changed);
        assertEquals(Optional.of(new KeyRecord.Done("bob", 1_003)), last.revoked());
    }

    @Test
    void itIsTheSameAfterARestart() {
        create("o", OPERATOR);
        create("t", TRADING);
        rotate("t");
        KeyLedger.Listed before = ledger.<KeyLedger.Listed>runCommand(KeyLedger.Read::new).reply();
        ledger.restart();
        assertEquals(before, ledger.<KeyLedger.Listed>runCommand(KeyLedger.Read::new).reply());
        assertEquals(2, before.keys().size());
    }

    @Test
    void whatMayNotBeIsRefusedAndWritesNothing() {
        create("o", OPERATOR);
        create("t", TRADING);
        revoke("t");
        int events = changed.size();
        assertEquals(refused(KeyLedger.Rule.KEY_EXISTS), create("o", TRADING));
        assertEquals(refused(KeyLedger.Rule.KEY_EXISTS), create("t", TRADING), "never again");
        assertEquals(refused(KeyLedger.Rule.UNKNOWN_KEY), rotate("x"));
        assertEquals(refused(KeyLedger.Rule.UNKNOWN_KEY), revoke("x"));
        assertEquals(refused(KeyLedger.Rule.KEY_REVOKED), rotate("t"));
        assertEquals(refused(KeyLedger.Rule.KEY_REVOKED), revoke("t"));
        assertEquals(refused(KeyLedger.Rule.LAST_OPERATOR), revoke("o"));
        assertEquals(events, changed.size());
        create("p", OPERATOR);
        assertTrue(revoke("o") instanceof KeyLedger.Changed, "another operator is left");
        create("q", TRADING);
        assertEquals(refused(KeyLedger.Rule.TOO_MANY_KEYS), create("r", TRADING));
    }

    @Test
    void aFullJournalMakesNoKeysButEndsThem() {
        create("o", OPERATOR);
        create("t", TRADING);
        full = true;
        assertEquals(refused(KeyLedger.Rule.JOURNAL_FULL), create("u", TRADING));
        assertTrue(rotate("t") instanceof KeyLedger.Changed);
        assertTrue(revoke("t") instanceof KeyLedger.Changed);
    }

    @ParameterizedTest
    @EnumSource(KeyLedger.Rule.class)
    void everyRuleHasAWord(KeyLedger.Rule rule) {
        assertTrue(rule.wire().matches("[a-z_]+"));
    }

    @Test
    void aJournalThatContradictsItselfBreaksTheLedger() {
        KeyEvent rotation = new KeyEvent.KeyRotated("bob", 1, "t", "", "s");
        assertThrows(IllegalStateException.class, () -> KeyBook.EMPTY.apply(rotation));
        KeyEvent made = new KeyEvent.KeyCreated("ann", 1, "t", "alice", List.of("keeper"), "s");
        KeyBook one = KeyBook.EMPTY.apply(made);
        assertThrows(IllegalStateException.class, () -> one.apply(made));
        KeyBook none = one.apply(new KeyEvent.KeyRevoked("bob", 2, "t", ""));
        assertThrows(IllegalStateException.class, () -> none.apply(rotation));
    }
}
