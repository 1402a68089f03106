package io.dolim.deploy;

import com.typesafe.config.Config;
import io.dolim.api.keys.KeyDesk;
import io.dolim.api.keys.KeyLedger;
import io.dolim.api.keys.KeyMethods;
import io.dolim.api.keys.KeyRecord;
import io.dolim.api.keys.KeySettings;
import io.dolim.api.keys.LiveKeys;
import io.dolim.api.keys.MasterKey;
import io.dolim.api.keys.MasterKeyPlace;
import io.dolim.api.rpc.Methods;
import io.dolim.book.trade.AccountId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;

/**
 * The keys of an engine, opened.
 *
 * @param ring what the server asks
 * @param demo what the demonstration shows
 * @param methods the operator's, over keys
 */
record KeyRoom(Keyring ring, DemoKeys demo, Methods methods) {

    /** Beside the state, unless the configuration names another place. */
    private static final String MASTER_KEY = "master-key";

    /**
     * Opens what the ledger holds.
     *
     * @param live told by the ledger
     * @throws IllegalArgumentException when there is no master key, or not the right one
     */
    static KeyRoom open(
            Config config,
            Path dir,
            ActorRef<KeyLedger.Command> ledger,
            Scheduler scheduler,
            LiveKeys live,
            List<DemoKey> given,
            List<DemoKey> takers)
            throws IOException {
        Duration patience = config.getDuration("dolim.pool.patience");
        List<KeyRecord> known =
                KeyDesk.list(ledger, scheduler, patience).toCompletableFuture().join().keys();
        MasterKey master =
                new MasterKeyPlace(
                                KeySettings.of(config),
                                dir.resolve(MASTER_KEY),
                                name -> Optional.ofNullable(System.getenv(name)))
                        .find(known.isEmpty());
        live.open(master, known);
        KeyDesk desk = new KeyDesk(ledger, scheduler, patience, master);
        DemoKeys demo = DemoKeys.settle(dir, desk, known);
        Keyring ring =
                Keyring.of(live, desk.list().toCompletableFuture().join().keys(), given, takers);
        return new KeyRoom(
                ring, demo, new KeyMethods(desk, ring::isOwn, KeyRoom::account).methods());
    }

    private static Optional<String> account(String name) {
        try {
            return Optional.of(new AccountId(name).text());
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }
}
