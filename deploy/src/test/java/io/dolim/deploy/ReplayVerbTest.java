package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.dolim.book.AccountEvent;
import io.dolim.book.AccountState;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.Posting;
import io.dolim.book.trade.RequestId;
import io.dolim.quoting.money.Usdc;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.SaveSnapshotSuccess;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotProtocol;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay compares every state that is stored with the one that the events make. */
class ReplayVerbTest {

    private static final AccountId ALICE = new AccountId("alice");
    private static final long PATIENCE_SECONDS = 60;

    @TempDir private Path room;
    private Path dir = Path.of("");
    private AccountState folded = AccountState.empty(ALICE);

    @BeforeEach
    void made() throws Exception {
        dir = room.resolve("state");
        MadeJournal journal = new MadeJournal();
        for (int i = 1; i <= 5; i++) {
            AccountEvent event = deposited("r-" + i, i);
            folded = folded.apply(event);
            journal.add("account-alice", event, event.tags());
        }
        journal.in(dir);
    }

    private static AccountEvent deposited(String request, long usdc) {
        return new AccountEvent.Deposited(
                ALICE,
                new RequestId(request),
                "operator",
                Usdc.ofWhole(usdc),
                1_790_000_000_000L,
                List.of(
                        Posting.cash(Posting.EXTERNAL, Usdc.ofWhole(-usdc)),
                        Posting.cash(Posting.taker(ALICE), Usdc.ofWhole(usdc))));
    }

    /** Stores a state as an Account does. */
    private void stored(AccountState state) throws Exception {
        RunOptions options =
                new RunOptions(
                        FeedName.simulated,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        1,
                        0,
                        0,
                        Optional.of(dir),
                        Optional.empty(),
                        1,
                        List.of());
        ActorSystem<Void> system =
                ActorSystem.create(Behaviors.empty(), "writer", PoolConfig.of(options, dir).all());
        try {
            ActorRef store =
                    Persistence.get(Adapter.toClassic(system))
                            .snapshotStoreFor("", com.typesafe.config.ConfigFactory.empty());
            SnapshotMetadata metadata =
                    new SnapshotMetadata("account-alice", state.sequence(), 1_790_000_000_000L);
            assertInstanceOf(
                    SaveSnapshotSuccess.class,
                    Patterns.ask(
                                    store,
                                    new SnapshotProtocol.SaveSnapshot(metadata, state),
                                    Duration.ofSeconds(PATIENCE_SECONDS))
                            .toCompletableFuture()
                            .get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } finally {
            system.terminate();
            system.getWhenTerminated()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private Ran replayed(String... more) {
        String[] words = java.util.Arrays.copyOf(more, more.length + 5);
        words[more.length] = "--format";
        words[more.length + 1] = "json";
        words[more.length + 2] = "--dir";
        words[more.length + 3] = dir.toString();
        words[more.length + 4] = "--compare";
        String[] all = new String[words.length + 1];
        all[0] = "replay";
        System.arraycopy(words, 0, all, 1, words.length);
        return Ran.of(all);
    }

    @Test
    void aStateThatIsStoredAsItsEventsMakeItIsBitEqual() throws Exception {
        stored(folded);
        Ran same = replayed();
        assertEquals(0, same.code(), same.err());
        assertEquals(1, same.json().path("states_compared").asInt());
        assertEquals("bit-equal", same.json().path("state").asText());
        assertEquals(0, replayed("--to", "5").json().path("states_compared").asInt());
    }

    @Test
    void aStateThatDiffersInAMicroIsNamedAndEndsWithOne() throws Exception {
        stored(
                new AccountState(
                        ALICE,
                        folded.sequence(),
                        folded.cash().plus(new Usdc(1)),
                        folded.recent(),
                        folded.evicted()));
        Ran different = replayed();
        assertEquals(1, different.code(), different.err());
        assertEquals("different", different.json().path("state").asText());
        JsonNode row = different.json().path("differences").path(0);
        assertEquals("state different", row.path("outcome").asText());
        assertTrue(
                row.path("rule").asText().startsWith("account-alice/5 is stored as "),
                row.toString());
        assertEquals(1, replayed("--set", "dolim.quoting.fee.notional-share=0.1").code());
    }

    @Test
    void aTradeThatIsNotThereIsUsageAndNamed() {
        for (String option : List.of("--from", "--to")) {
            Ran unknown = replayed(option, "BTC-99");
            assertEquals(2, unknown.code());
            assertEquals("dolim: place=BTC-99 must be a trade of the journal\n", unknown.err());
        }
        assertEquals(2, replayed("--to", "somewhere").code());
        assertEquals(2, replayed("--from", "account-alice=1").code());
    }
}
