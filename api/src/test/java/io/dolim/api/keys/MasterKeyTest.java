package io.dolim.api.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.api.session.Scope;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is sealed opens under its own master key and for its own API key, unaltered, and not otherwise. */
final class MasterKeyTest {

    private static final MasterKey MASTER = MasterKey.parse("01".repeat(32), "here").orElseThrow();
    private static final String SECRET = "a secret with ü";

    private static String sealed() {
        return MASTER.seal(SECRET, "k", "alice", List.of("trade:read"));
    }

    static KeyRecord record(String id, String account, Set<Scope> scopes, String sealed) {
        return new KeyRecord(
                id,
                account,
                scopes,
                0,
                sealed,
                new KeyRecord.Done("ann", 1),
                Optional.empty(),
                Optional.empty());
    }

    private static KeyRecord record(String sealed) {
        return record("k", "alice", Set.of(Scope.TRADE_READ), sealed);
    }

    private static String refused(MasterKey by, KeyRecord record) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> by.open(record)).getMessage());
    }

    @Test
    void whatIsSealedOpensAndIsNeverSealedTwiceAlike() {
        String once = sealed();
        assertEquals(SECRET, MASTER.open(record(once)));
        assertNotEquals(once, sealed());
        assertTrue(once.startsWith("1:" + MASTER.fingerprint() + ":"), once);
        assertFalse(once.contains("secret"), once);
    }

    @Test
    void anotherMasterKeyIsToldFromADamage() {
        MasterKey other = MasterKey.parse("02".repeat(32), "there").orElseThrow();
        assertEquals(
                "there does not open key=k: its secret is sealed by master key "
                        + MASTER.fingerprint()
                        + ", not by "
                        + other.fingerprint(),
                refused(other, record(sealed())));
    }

    @Test
    void aFlippedBitAnywhereIsFound() {
        String sealed = sealed();
        int at = sealed.lastIndexOf(':') + 1;
        byte[] bytes = Base64.getUrlDecoder().decode(sealed.substring(at));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] altered = bytes.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            String text =
                    sealed.substring(0, at)
                            + Base64.getUrlEncoder().withoutPadding().encodeToString(altered);
            assertEquals(
                    "here does not open key=k: its sealed secret is not what was sealed",
                    refused(MASTER, record(text)));
        }
    }

    @Test
    void noOtherKeyCanBeGivenIt() {
        String sealed = sealed();
        for (KeyRecord other :
                List.of(
                        record("l", "alice", Set.of(Scope.TRADE_READ), sealed),
                        record("k", "bob", Set.of(Scope.TRADE_READ), sealed),
                        record("k", "alice", Set.of(Scope.OPERATOR), sealed))) {
            assertTrue(refused(MASTER, other).endsWith("is not what was sealed"));
        }
    }

    @Test
    void anUnknownFormAndATruncatedOneAreRefused() {
        assertTrue(
                refused(MASTER, record(sealed().replaceFirst("1:", "2:")))
                        .endsWith("in a form that this release does not know"));
        assertTrue(
                refused(MASTER, record("1:" + MASTER.fingerprint() + ":AAAA"))
                        .endsWith("its sealed secret is too short"));
        assertTrue(
                refused(MASTER, record("1:" + MASTER.fingerprint() + ":?"))
                        .endsWith("is not what was sealed"));
    }

    @Test
    void itIsNeverPrinted() {
        assertFalse(MASTER.toString().contains("0101"), MASTER.toString());
        assertEquals(Optional.empty(), MasterKey.parse("01", "here"));
    }
}
