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
        wallMillis += 60_001;
        assertEquals("admitted", reason(signed(wallMillis - 60_000, "a")));
        assertEquals("admitted", reason(signed(wallMillis + 60_000, "b")));
        assertEquals("stale_timestamp", reason(signed(wallMillis - 60_001, "c")));
        assertEquals("stale_timestamp", reason(signed(wallMillis + 60_001, "d")));
    }

    /** What an earlier process let in is not in this one's memory of nonces. */
    @Test
    void whatWasSignedBeforeTheStartIsNotLetIn() {
        long started = wallMillis;
        wallMillis += 10;
        assertEquals("signed_before_start", reason(signed(started - 1, "a")));
        assertEquals("admitted", reason(signed(started, "a")));
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
                .issue(new Authority(ID, "alice", Set.of(Scope.TRADE_READ)), TokenTerms.FREE)
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

    private TokenPair issued(TokenTerms terms) {
        return authenticator.issue(new Authority(ID, "alice", Set.of()), terms).orElseThrow();
    }

    @Test
    void tokensEndWithTheirConnectionButThoseThatOutliveItAndAllEndWithItsLogout() {
        TokenPair ofFirst = issued(new TokenTerms(Optional.of(1L), false, Optional.empty()));
        TokenPair named = issued(new TokenTerms(Optional.of(1L), true, Optional.empty()));
        TokenPair ofSecond = issued(new TokenTerms(Optional.of(2L), false, Optional.empty()));
        authenticator.connectionEnded(1);
        assertEquals("unknown_token", bearer(ofFirst.accessToken()));
        assertEquals("unknown_token", reason(authenticator.redeem(ofFirst.refreshToken())));
        assertEquals("admitted", bearer(named.accessToken()));
        authenticator.loggedOut(1);
        assertEquals("unknown_token", bearer(named.accessToken()));
        assertEquals("unknown_token", reason(authenticator.redeem(named.refreshToken())));
        assertEquals("admitted", bearer(ofSecond.accessToken()));
    }

    @Test
    void aTokenMayBeToldToExpireSoonerAndNotLater() {
        TokenPair sooner = issued(terms(Duration.ofSeconds(7)));
        assertEquals(7, sooner.expiresInSeconds());
        assertEquals(900, issued(terms(Duration.ofDays(1))).expiresInSeconds());
        nanos += Duration.ofSeconds(7).toNanos() - 1;
        assertEquals("admitted", bearer(sooner.accessToken()));
        nanos += 1;
        assertEquals("unknown_token", bearer(sooner.accessToken()));
    }

    private static TokenTerms terms(Duration life) {
        return new TokenTerms(Optional.empty(), true, Optional.of(life));
    }

    /** A key with another secret is another key to those whom the old secret let in. */
    @Test
    void whatTheOldSecretLetInEndsWhenTheKeyGetsANewOne() {
        TokenPair pair = issued();
        keys.put(ID, new Key(ID, Secret.of("new"), "alice", Set.of(Scope.TRADE_READ), 1));
        assertEquals("unknown_token", bearer(pair.accessToken()));
        assertEquals("unknown_token", reason(authenticator.redeem(pair.refreshToken())));
        assertEquals("bad_credentials", reason(signed(wallMillis, "n")));
        assertEquals(
                Optional.empty(),
                authenticator.stillHolds(new Authority(ID, "alice", Set.of(Scope.TRADE_READ))));
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
            assertTrue(
                    authenticator
                            .issue(new Authority(id, name, Set.of()), TokenTerms.FREE)
                            .isPresent());
        }
        Authority one = new Authority(ID, "alice", Set.of());
        assertFalse(authenticator.issue(one, TokenTerms.FREE).isPresent());
        nanos += Duration.ofHours(1).toNanos();
        assertTrue(authenticator.issue(one, TokenTerms.FREE).isPresent());
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
