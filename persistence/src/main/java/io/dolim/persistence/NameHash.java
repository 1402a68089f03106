package io.dolim.persistence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The first 128 bits of a name's SHA-256: a key of fixed size for a persistence id or tag of any
 * length. The rows behind it carry the name itself, so a collision is found and not believed.
 */
record NameHash(long high, long low) {

    static final int BYTES = 16;

    private static final ThreadLocal<MessageDigest> DIGEST =
            ThreadLocal.withInitial(Sha256::digest);

    static NameHash of(String name) {
        var hash = DIGEST.get().digest(name.getBytes(StandardCharsets.UTF_8));
        var bytes = ByteBuffer.wrap(hash);
        return new NameHash(bytes.getLong(), bytes.getLong());
    }

    byte[] key() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    byte[] key(long number) {
        return ByteBuffer.allocate(BYTES + 8).putLong(high).putLong(low).putLong(number).array();
    }

    byte[] key(long number, long second) {
        return ByteBuffer.allocate(BYTES + 16)
                .putLong(high)
                .putLong(low)
                .putLong(number)
                .putLong(second)
                .array();
    }

    /** Whether a key of an index table belongs to this name. */
    boolean owns(byte[] key) {
        var bytes = ByteBuffer.wrap(key);
        return key.length >= BYTES && bytes.getLong(0) == high && bytes.getLong(8) == low;
    }

    /** The number behind the name in a key that {@link #key(long)} made. */
    static long number(byte[] key) {
        return ByteBuffer.wrap(key).getLong(BYTES);
    }
}
