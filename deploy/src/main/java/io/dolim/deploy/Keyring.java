package io.dolim.deploy;

import io.dolim.api.session.Key;
import io.dolim.api.session.KeyId;
import io.dolim.api.session.Keys;
import io.dolim.api.session.Scope;
import io.dolim.api.session.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The keys of a demonstration pool: two that are made at the first start and kept in a file only its
 * owner reads, those of the command line, and one per simulated taker that lives as long as the
 * process. They work on the loopback interface only, since that is where the server listens.
 */
final class Keyring implements Keys {

    private static final String FILE = "demo-keys";
    private static final int SECRET_BYTES = 16;

    private final SortedMap<String, Key> keys;
    private final DemoKey taker;
    private final DemoKey second;

    private Keyring(SortedMap<String, Key> keys, DemoKey taker, DemoKey second) {
        this.keys = Collections.unmodifiableSortedMap(keys);
        this.taker = taker;
        this.second = second;
    }

    /** Reads the keys of a state directory, making them when there are none. */
    static Keyring open(Path dir, List<DemoKey> given, List<DemoKey> takers) throws IOException {
        Path file = dir.resolve(FILE);
        if (!Files.exists(file)) {
            write(file);
        }
        List<DemoKey> kept = Files.readAllLines(file).stream().map(DemoKey::parse).toList();
        if (kept.size() != 2) {
            throw new IllegalArgumentException(
                    file
                            + " holds "
                            + kept.size()
                            + " keys and must hold 2; delete it to make new ones");
        }
        SortedMap<String, Key> keys = new TreeMap<>();
        Set<Scope> every = EnumSet.allOf(Scope.class);
        add(keys, kept.get(0), every);
        add(keys, kept.get(1), EnumSet.of(Scope.OPERATOR, Scope.ACCOUNT_READ));
        given.forEach(key -> add(keys, key, every));
        Set<Scope> trading =
                EnumSet.of(Scope.ACCOUNT_READ, Scope.TRADE_READ_WRITE, Scope.WALLET_READ_WRITE);
        takers.forEach(key -> add(keys, key, trading));
        return new Keyring(keys, kept.get(0), kept.get(1));
    }

    /** A secret nobody can guess. */
    static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public Optional<Key> key(KeyId id) {
        return Optional.ofNullable(keys.get(id.value()));
    }

    /** The demonstration's key with every scope. */
    DemoKey demo() {
        return taker;
    }

    /** The second credential, which lifting a stop takes. */
    DemoKey secondOperator() {
        return second;
    }

    private static void write(Path file) throws IOException {
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                file,
                "demo:" + newSecret() + "\nsecond:" + newSecret() + "\n",
                StandardOpenOption.WRITE);
    }

    private static void add(SortedMap<String, Key> keys, DemoKey key, Set<Scope> scopes) {
        Key made = new Key(new KeyId(key.id()), Secret.of(key.secret()), key.account(), scopes);
        if (keys.put(key.id(), made) != null) {
            throw new IllegalArgumentException("key id=" + key.id() + " is used twice");
        }
    }
}
