package io.dolim.api.keys;

import io.dolim.api.session.Scope;
import io.dolim.capacity.JournalRoom;
import io.dolim.capacity.journal.StoredEvent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;

/**
 * The one writer of API keys: who made, rotated and revoked which, in the journal. A change is in force, by the consumer
 * that it is handed, before it is answered. It sees secrets sealed only. A fault stops it, and the guardian halts the process.
 */
public final class KeyLedger extends EventSourcedBehavior<KeyLedger.Command, KeyEvent, KeyBook> {

    /** Its id in the journal. */
    public static final String PERSISTENCE_ID = "keys";

    /** Under which all that was done to keys is found. */
    public static final String TAG = "kind:key";

    /** What it is told. */
    public sealed interface Command {}

    /** Tell all keys that were ever made. */
    public record Read(ActorRef<Listed> replyTo) implements Command {}

    /** Make a key, of an id that was never used. */
    public record Create(
            String by,
            String key,
            String account,
            Set<Scope> scopes,
            String sealed,
            ActorRef<Reply> replyTo)
            implements Command {
        /** Copies the scopes. */
        public Create {
            scopes = Set.copyOf(scopes);
        }
    }

    /** Give it another secret. */
    public record Rotate(
            String by, String key, String reason, String sealed, ActorRef<Reply> replyTo)
            implements Command {}

    /** End it. */
    public record Revoke(String by, String key, String reason, ActorRef<Reply> replyTo)
            implements Command {}

    /** All keys that were ever made, by id. */
    public record Listed(List<KeyRecord> keys) {
        /** Copies the list. */
        public Listed {
            keys = List.copyOf(keys);
        }
    }

    /** Answer to what changes a key: exactly one. */
    public sealed interface Reply {}

    /** It is written down and in force. */
    public record Changed(KeyRecord key) implements Reply {}

    /** Nothing was done. */
    public record Refused(Rule rule) implements Reply {}

    /** Why nothing was done. */
    public enum Rule {
        /** The id was used before, perhaps by a key that was revoked. */
        KEY_EXISTS,
        UNKNOWN_KEY,
        KEY_REVOKED,
        /** No operator's key would be left: make another first. */
        LAST_OPERATOR,
        TOO_MANY_KEYS,
        /** The journal takes nothing ordinary; keys can still be rotated and revoked. */
        JOURNAL_FULL;

        /** The word on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What it works with.
     *
     * @param most keys that may ever be made
     * @param changed told of each change, on this actor's thread, before it is answered
     * @param wallMs the wall clock, milliseconds since 1970
     * @param room what the journal still takes
     */
    public record Ports(
            int most,
            Consumer<KeyRecord> changed,
            LongSupplier wallMs,
            Supplier<JournalRoom> room) {}

    /** The ledger. */
    public static Behavior<Command> create(Ports ports) {
        return new KeyLedger(ports);
    }

    private final Ports ports;

    private KeyLedger(Ports ports) {
        super(PersistenceId.ofUniqueId(PERSISTENCE_ID));
        this.ports = ports;
    }

    @Override
    public KeyBook emptyState() {
        return KeyBook.EMPTY;
    }

    @Override
    public EventHandler<KeyBook, KeyEvent> eventHandler() {
        return KeyBook::apply;
    }

    /** All of it is written when the journal takes nothing else: a key that leaks must end then too. */
    @Override
    public Set<String> tagsFor(KeyEvent event) {
        return Set.of(TAG, StoredEvent.ESSENTIAL);
    }

    @Override
    public CommandHandler<Command, KeyEvent, KeyBook> commandHandler() {
        return (book, command) ->
                switch (command) {
                    case Read read -> onRead(book, read);
                    case Create create -> onCreate(book, create);
                    case Rotate rotate -> onRotate(book, rotate);
                    case Revoke revoke -> onRevoke(book, revoke);
                };
    }

    private Effect<KeyEvent, KeyBook> onRead(KeyBook book, Read read) {
        read.replyTo.tell(new Listed(List.copyOf(book.all())));
        return Effect().none();
    }

    private Effect<KeyEvent, KeyBook> onCreate(KeyBook book, Create create) {
        Optional<Rule> broken =
                book.find(create.key).isPresent()
                        ? Optional.of(Rule.KEY_EXISTS)
                        : book.all().size() >= ports.most
                                ? Optional.of(Rule.TOO_MANY_KEYS)
                                : ports.room.get().takesOrdinary()
                                        ? Optional.empty()
                                        : Optional.of(Rule.JOURNAL_FULL);
        return change(
                broken,
                new KeyEvent.KeyCreated(
                        create.by,
                        ports.wallMs.getAsLong(),
                        create.key,
                        create.account,
                        KeyRecord.words(create.scopes),
                        create.sealed),
                create.replyTo);
    }

    private Effect<KeyEvent, KeyBook> onRotate(KeyBook book, Rotate rotate) {
        return change(
                notActive(book, rotate.key),
                new KeyEvent.KeyRotated(
                        rotate.by,
                        ports.wallMs.getAsLong(),
                        rotate.key,
                        rotate.reason,
                        rotate.sealed),
                rotate.replyTo);
    }

    private Effect<KeyEvent, KeyBook> onRevoke(KeyBook book, Revoke revoke) {
        return change(
                notActive(book, revoke.key)
                        .or(
                                () ->
                                        book.isLastOperator(revoke.key)
                                                ? Optional.of(Rule.LAST_OPERATOR)
                                                : Optional.empty()),
                new KeyEvent.KeyRevoked(
                        revoke.by, ports.wallMs.getAsLong(), revoke.key, revoke.reason),
                revoke.replyTo);
    }

    private static Optional<Rule> notActive(KeyBook book, String id) {
        Optional<KeyRecord> key = book.find(id);
        if (key.isEmpty()) {
            return Optional.of(Rule.UNKNOWN_KEY);
        }
        return key.get().isActive() ? Optional.empty() : Optional.of(Rule.KEY_REVOKED);
    }

    private Effect<KeyEvent, KeyBook> change(
            Optional<Rule> broken, KeyEvent event, ActorRef<Reply> replyTo) {
        if (broken.isPresent()) {
            replyTo.tell(new Refused(broken.get()));
            return Effect().none();
        }
        return Effect()
                .persist(event)
                .thenRun(
                        book -> {
                            KeyRecord changed = book.find(event.key()).orElseThrow();
                            ports.changed.accept(changed);
                            replyTo.tell(new Changed(changed));
                        });
    }
}
