package io.dolim.api.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Signatures, nonces and tokens under clocks that the test moves. */
final class AuthenticatorTest {

    private static final Secret SECRET = Secret.of("s");
    private static final KeyId ID = new KeyId("k");

    private final Map<KeyId, Key> keys = new HashMap<>();
    private long wallMillis = 1_000_000_000_000L;
    private long nanos;
    private int tokens;
    private final Authenticator authenticator =
            new Authenticator(
                    id -> Optional.ofNullable(keys.get(id)),
                    new SessionLimits(
                            Duration.ofSeconds(60),
                            3,
                            4,
                            3,
                            Duration.ofMinutes(15),
                            Duration.ofHours(1)),
                    () -> wallMillis,
                    () -> nanos,
                    () -> "token-" + ++tokens);

    AuthenticatorTest() {
        keys.put(ID, new Key(ID, SECRET, "alice", Set.of(Scope.TRADE_READ_WRITE)));
    }

    private Verdict signed(long ts, String nonce) {
        return authenticator.judge(
                new Proof.Signature(
                        "k",
                        ts,
                        nonce,
                        SECRET.sign((ts + "\n" + nonce + "\nrest").getBytes(UTF_8)),
                        "rest"));
    }

    private static String reason(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Admitted admitted -> "admitted";
            case Verdict.Denied denied -> denied.reason().wire();
        };
    }

    /** RFC 4231, test case 2. */
    @Test
    void theSignatureIsHmacSha256AsPublished() {
        assertEquals(
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                Secret.of("Jefe").sign("what do ya want for nothing?".getBytes(UTF_8)));
    }

    @Test
    void theWindowReachesSixtySecondsEitherWayAndNotOneMillisecondFurther() {
        assertEquals("admitted", reason(signed(wallMillis - 60_000, "a")));
        assertEquals("admitted", reason(signed(wallMillis + 60_000, "b")));
        assertEquals("stale_timestamp", reason(signed(wallMillis - 60_001, "c")));
        assertEquals("stale_timestamp", reason(signed(wallMillis + 60_001, "d")));
    }

    @Test
    void aNonceIsUsedUpAsLongAsItsTimestampCouldPassAgain() {
        long ts = wallMillis + 60_000;
        assertEquals("admitted", reason(signed(ts, "n")));
        wallMillis += 120_000;
        assertEquals("nonce_used", reason(signed(ts, "n")));
        wallMillis += 1;
        assertEquals("stale_timestamp", reason(signed(ts, "n")));
        assertEquals("admitted", reason(signed(wallMillis, "n")), "the same word at another time");
    }

    @Test
    void noncesOfAKeyAreBoundedAndMakeRoomWithTime() {
        assertEquals("admitted", reason(signed(wallMillis, "1")));
        assertEquals("admitted", reason(signed(wallMillis, "2")));
        assertEquals("admitted", reason(signed(wallMillis, "3")));
        assertEquals("too_many_nonces", reason(signed(wallMillis, "4")));
        wallMillis += 60_001;
        assertEquals("admitted", reason(signed(wallMillis, "4")));
    }

    @Test
    void aBadSignatureUsesUpNoNonce() {
        Proof forged = new Proof.Signature("k", wallMillis, "n", "00".repeat(32), "rest");
        assertEquals("bad_credentials", reason(authenticator.judge(forged)));
        assertEquals("admitted", reason(signed(wallMillis, "n")));
    }

    private TokenPair issued() {
        return authenticator
                .issue(new Authority(ID, "alice", Set.of(Scope.TRADE_READ)))
                .orElseThrow();
    }

    private String bearer(String token) {
        return reason(authenticator.judge(new Proof.Bearer(token)));
    }

    @Test
    void aTokenExpiresOnTheMonotonicClockWhateverTheWallClockSays() {
        TokenPair pair = issued();
        wallMillis -= 1_000_000_000L;
        nanos += Duration.ofMinutes(15).toNanos() - 1;
        assertEquals("admitted", bearer(pair.accessToken()));
        nanos += 1;
        assertEquals("unknown_token", bearer(pair.accessToken()));
        assertInstanceOf(Verdict.Admitted.class, authenticator.redeem(pair.refreshToken()));
        assertEquals("unknown_token", reason(authenticator.redeem(pair.refreshToken())));
    }

    @Test
    void theOldestTokenOfAKeyGivesWayToItsNewest() {
        TokenPair first = issued();
        TokenPair second = issued();
        issued();
        issued();
        assertEquals("unknown_token", bearer(first.accessToken()));
        assertEquals("admitted", bearer(second.accessToken()));
    }

    @Test
    void overTheBoundOfAllKeysNobodyGetsATokenUntilSomeExpire() {
        for (String name : new String[] {"x", "y", "z", "w"}) {
            KeyId id = new KeyId(name);
            assertTrue(authenticator.issue(new Authority(id, name, Set.of())).isPresent());
        }
        Authority one = new Authority(ID, "alice", Set.of());
        assertFalse(authenticator.issue(one).isPresent());
        nanos += Duration.ofHours(1).toNanos();
        assertTrue(authenticator.issue(one).isPresent());
    }

    @Test
    void aTokenIsNarrowedWhenItsKeyIs() {
        TokenPair pair = issued();
        keys.put(ID, new Key(ID, SECRET, "alice", Set.of(Scope.ACCOUNT_READ)));
        Verdict verdict = authenticator.judge(new Proof.Bearer(pair.accessToken()));
        assertEquals(new Verdict.Admitted(new Authority(ID, "alice", Set.of())), verdict);
        keys.put(ID, new Key(ID, SECRET, "mallory", Set.of(Scope.TRADE_READ)));
        assertEquals(
                "unknown_token",
                bearer(pair.accessToken()),
                "a key that changed hands takes no token along");
    }

    @Test
    void writingCoversReadingOfTheSameAreaAndNothingElseCoversAnything() {
        for (Scope need : Scope.values()) {
            for (Scope have : Scope.values()) {
                boolean covers = need == have || have.wire().equals(need.wire() + "_write");
                assertEquals(covers, need.grantedBy(Set.of(have)), have + " for " + need);
            }
        }
    }

    @Test
    void aSecretIsNeverPrinted() {
        Key key = keys.get(ID);
        assertFalse(String.valueOf(key).contains("=s,"));
        assertFalse(new Proof.Credentials("k", "s3cret").toString().contains("s3cret"));
        assertFalse(issued().toString().contains("token-"));
    }
}
