package io.dolim.api.keys;

import io.dolim.api.session.KeyId;
import io.dolim.api.session.Scope;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** Makes, rotates, ends and lists keys: seals secrets, and asks the {@link KeyLedger}. Thread-safe. */
public final class KeyDesk {

    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ActorRef<KeyLedger.Command> ledger;
    private final Scheduler scheduler;
    private final Duration patience;
    private final MasterKey master;

    /** @param patience how long an answer is waited for */
    public KeyDesk(
            ActorRef<KeyLedger.Command> ledger,
            Scheduler scheduler,
            Duration patience,
            MasterKey master) {
        this.ledger = ledger;
        this.scheduler = scheduler;
        this.patience = patience;
        this.master = master;
    }

    /** An id that nobody has used, in all likelihood. */
    static KeyId newId() {
        return new KeyId(random(ID_BYTES));
    }

    /** A secret that nobody can guess. */
    static String newSecret() {
        return random(SECRET_BYTES);
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** All keys that were ever made. */
    public static CompletionStage<KeyLedger.Listed> list(
            ActorRef<KeyLedger.Command> ledger, Scheduler scheduler, Duration patience) {
        return AskPattern.ask(ledger, KeyLedger.Read::new, patience, scheduler);
    }

    /** All keys that were ever made. */
    public CompletionStage<KeyLedger.Listed> list() {
        return list(ledger, scheduler, patience);
    }

    /** Makes a key. */
    public CompletionStage<KeyLedger.Reply> create(
            String by, KeyId id, String account, Set<Scope> scopes, String secret) {
        String sealed = master.seal(secret, id.value(), account, KeyRecord.words(scopes));
        return ask(to -> new KeyLedger.Create(by, id.value(), account, scopes, sealed, to));
    }

    /** Gives a key another secret. */
    CompletionStage<KeyLedger.Reply> rotate(
            String by, KeyRecord key, String reason, String secret) {
        String sealed = master.seal(secret, key.id(), key.account(), key.scopeWords());
        return ask(to -> new KeyLedger.Rotate(by, key.id(), reason, sealed, to));
    }

    /** Ends a key. */
    CompletionStage<KeyLedger.Reply> revoke(String by, KeyId id, String reason) {
        return ask(to -> new KeyLedger.Revoke(by, id.value(), reason, to));
    }

    /** The secret of a key; for the demonstration, which shows its own. */
    public String reveal(KeyRecord key) {
        return master.open(key);
    }

    private CompletionStage<KeyLedger.Reply> ask(
            Function<ActorRef<KeyLedger.Reply>, KeyLedger.Command> order) {
        return AskPattern.ask(ledger, order::apply, patience, scheduler);
    }
}
