package io.dolim.api.keys;

import io.dolim.api.session.Scope;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is written down of a key.
 *
 * @param account for which it acts
 * @param scopes what it may do
 * @param generation how often it was given another secret
 * @param sealed its secret, see {@link MasterKey}
 * @param created who made it and when
 * @param rotated who gave it its secret and when, if that is not its first
 * @param revoked who ended it and when
 */
public record KeyRecord(
        String id,
        String account,
        Set<Scope> scopes,
        long generation,
        String sealed,
        Done created,
        Optional<Done> rotated,
        Optional<Done> revoked) {

    /**
     * Something that was done to it.
     *
     * @param atMs the wall clock, milliseconds since 1970
     */
    public record Done(String by, long atMs) {}

    /** Copies the scopes. */
    public KeyRecord {
        scopes = Set.copyOf(scopes);
    }

    /** Whether it may be used. */
    public boolean isActive() {
        return revoked.isEmpty();
    }

    /** The scopes as on the wire, in the order of {@link Scope}. */
    public List<String> scopeWords() {
        return words(scopes);
    }

    static List<String> words(Set<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::wire).toList();
    }

    static KeyRecord of(KeyEvent.KeyCreated made) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String word : made.scopes()) {
            scopes.add(
                    Scope.parse(word)
                            .orElseThrow(
                                    () ->
                                            new IllegalStateException(
                                                    "key=" + made.key() + " has scope=" + word)));
        }
        return new KeyRecord(
                made.key(),
                made.account(),
                scopes,
                0,
                made.sealed(),
                new Done(made.by(), made.atMs()),
                Optional.empty(),
                Optional.empty());
    }

    KeyRecord rotated(KeyEvent.KeyRotated event) {
        return new KeyRecord(
                id,
                account,
                scopes,
                generation + 1,
                event.sealed(),
                created,
                Optional.of(new Done(event.by(), event.atMs())),
                revoked);
    }

    KeyRecord revoked(KeyEvent.KeyRevoked event) {
        return new KeyRecord(
                id,
                account,
                scopes,
                generation,
                sealed,
                created,
                rotated,
                Optional.of(new Done(event.by(), event.atMs())));
    }
}
