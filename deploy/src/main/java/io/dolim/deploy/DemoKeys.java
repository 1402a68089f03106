package io.dolim.deploy;

import io.dolim.api.keys.KeyDesk;
import io.dolim.api.keys.KeyLedger;
import io.dolim.api.keys.KeyRecord;
import io.dolim.api.session.KeyId;
import io.dolim.api.session.OwnerOnly;
import io.dolim.api.session.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The two keys that a pool is born with: one with every scope, and a second operator, since lifting
 * a stop takes two. They stand in the ledger like all others and can be rotated and revoked like
 * them; {@code demo-keys} in the state directory says in clear what they are, for the verbs that act
 * through the running engine, and follows the ledger at each start.
 */
final class DemoKeys {

    /** In the state directory, readable by its owner alone. */
    static final String FILE = "demo-keys";

    /** Who made them; no key can have this id. */
    static final String BY = "first start";

    private final Optional<DemoKey> demo;

    private DemoKeys(Optional<DemoKey> demo) {
        this.demo = demo;
    }

    /**
     * Makes them where the ledger holds no others, from the file of an earlier release if there is one,
     * and writes the file as the ledger has them.
     *
     * @throws IllegalArgumentException when the file is not of two keys, or others can read it
     */
    static DemoKeys settle(Path dir, KeyDesk desk, List<KeyRecord> known) throws IOException {
        Path file = dir.resolve(FILE);
        if (known.size() < 2 && known.stream().allMatch(DemoKeys::isOurs)) {
            List<DemoKey> two = Files.exists(file) ? read(file) : fresh(file);
            enter(desk, known, two.get(0), EnumSet.allOf(Scope.class));
            enter(desk, known, two.get(1), EnumSet.of(Scope.OPERATOR, Scope.ACCOUNT_READ));
        }
        List<KeyRecord> all = desk.list().toCompletableFuture().join().keys();
        List<KeyRecord> ours =
                all.stream()
                        .filter(DemoKeys::isOurs)
                        .filter(KeyRecord::isActive)
                        .sorted(
                                (one, other) ->
                                        Integer.compare(other.scopes().size(), one.scopes().size()))
                        .toList();
        String text =
                ours.stream()
                        .map(key -> key.id() + ":" + desk.reveal(key) + "\n")
                        .collect(Collectors.joining());
        if (text.isEmpty()) {
            Files.deleteIfExists(file);
        } else if (!Files.exists(file) || !OwnerOnly.read(FILE, file).equals(text)) {
            OwnerOnly.write(file, text);
        }
        return new DemoKeys(
                ours.stream()
                        .filter(key -> key.scopes().contains(Scope.TRADE_READ_WRITE))
                        .findFirst()
                        .map(key -> new DemoKey(key.id(), desk.reveal(key))));
    }

    /** The one with every scope; empty when it was revoked. */
    Optional<DemoKey> demo() {
        return demo;
    }

    private static boolean isOurs(KeyRecord key) {
        return key.created().by().equals(BY);
    }

    /** Kept before they are entered: a start that dies in between finds them again. */
    private static List<DemoKey> fresh(Path file) throws IOException {
        List<DemoKey> two =
                List.of(
                        new DemoKey("demo", Keyring.newSecret()),
                        new DemoKey("second", Keyring.newSecret()));
        OwnerOnly.write(
                file,
                two.stream()
                        .map(key -> key.id() + ":" + key.secret() + "\n")
                        .collect(Collectors.joining()));
        return two;
    }

    private static List<DemoKey> read(Path file) throws IOException {
        List<DemoKey> kept = new ArrayList<>();
        OwnerOnly.read(FILE, file).lines().forEach(line -> kept.add(DemoKey.parse(line)));
        if (kept.size() != 2) {
            throw new IllegalArgumentException(
                    file
                            + " holds "
                            + kept.size()
                            + " keys and must hold 2; delete it to make new ones");
        }
        return kept;
    }

    private static void enter(KeyDesk desk, List<KeyRecord> known, DemoKey key, Set<Scope> scopes)
            throws IOException {
        if (known.stream().anyMatch(one -> one.id().equals(key.id()))) {
            return;
        }
        KeyLedger.Reply reply =
                desk.create(BY, new KeyId(key.id()), key.account(), scopes, key.secret())
                        .toCompletableFuture()
                        .join();
        if (reply instanceof KeyLedger.Refused no) {
            throw new IOException("key=" + key.id() + " was not made: " + no.rule().wire());
        }
    }
}
