package io.dolim.api.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Turns proofs into authority, and hands out tokens. Thread-safe; every call returns at once. The wall clock judges signed
 * timestamps only; tokens live on the monotonic clock, so a jump of the wall clock revives none.
 */
public final class Authenticator {

    private static final Pattern NONCE = Pattern.compile("[\\x21-\\x7e]{1,128}");

    /** Signed against when a key does not exist, so that both refusals take the same time. */
    private static final Secret NOBODY = Secret.of("nobody");

    private final Keys keys;
    private final SessionLimits limits;
    private final LongSupplier wallMillis;
    private final LongSupplier monotonicNanos;
    private final Supplier<String> randomToken;
    private final long startedAtMillis;
    private final Nonces nonces;
    private final Tokens access;
    private final Tokens refresh;

    /**
     * Nonces are remembered in memory, so what was signed before this was made is not let in: an earlier process may
     * have let it in already.
     *
     * @param wallMillis Unix milliseconds
     * @param monotonicNanos nanoseconds from any origin, never backwards
     * @param randomToken a token nobody can guess: at least 128 bits from a secure source
     */
    public Authenticator(
            Keys keys,
            SessionLimits limits,
            LongSupplier wallMillis,
            LongSupplier monotonicNanos,
            Supplier<String> randomToken) {
        this.keys = keys;
        this.limits = limits;
        this.wallMillis = wallMillis;
        this.monotonicNanos = monotonicNanos;
        this.randomToken = randomToken;
        this.startedAtMillis = wallMillis.getAsLong();
        this.nonces = new Nonces(limits.noncesPerKey());
        this.access = new Tokens(limits.tokens(), limits.tokensPerKey());
        this.refresh = new Tokens(limits.tokens(), limits.tokensPerKey());
    }

    /** Judges a proof. */
    public Verdict judge(Proof proof) {
        return switch (proof) {
            case Proof.Credentials credentials -> judgeCredentials(credentials);
            case Proof.Signature signature -> judgeSignature(signature);
            case Proof.Bearer bearer -> judgeBearer(bearer);
        };
    }

    /**
     * Whether an authority granted earlier still holds: its key exists, still acts for the same account and has the same
     * secret.
     *
     * @return the authority, narrowed to what its key may do now; nothing if the key was withdrawn or rotated
     */
    public Optional<Authority> stillHolds(Authority authority) {
        return keys.key(authority.key())
                .filter(
                        key ->
                                key.account().equals(authority.account())
                                        && key.generation() == authority.generation())
                .map(
                        key ->
                                key.scopes().equals(authority.scopes())
                                        ? authority
                                        : renewed(key, authority));
    }

    private static Authority renewed(Key key, Authority authority) {
        return authority.with(Scope.narrowed(key.scopes(), authority.scopes()));
    }

    private Verdict judgeCredentials(Proof.Credentials credentials) {
        Optional<Key> key = KeyId.parse(credentials.id()).flatMap(keys::key);
        boolean good = key.map(Key::secret).orElse(NOBODY).is(credentials.secret());
        return good && key.isPresent()
                ? admitted(key.get())
                : denied(Verdict.Reason.BAD_CREDENTIALS);
    }

    private Verdict judgeSignature(Proof.Signature signature) {
        Optional<Key> key = KeyId.parse(signature.id()).flatMap(keys::key);
        boolean good =
                key.map(Key::secret)
                        .orElse(NOBODY)
                        .signed(signature.message(), signature.signatureHex());
        if (!good || key.isEmpty()) {
            return denied(Verdict.Reason.BAD_CREDENTIALS);
        }
        if (!NONCE.matcher(signature.nonce()).matches()) {
            return denied(Verdict.Reason.BAD_NONCE);
        }
        return judgeTime(key.get(), signature);
    }

    private Verdict judgeTime(Key key, Proof.Signature signature) {
        long now = wallMillis.getAsLong();
        long window = limits.clockWindow().toMillis();
        long ts = signature.timestampMillis();
        if (ts < now - window || ts > now + window) {
            return new Verdict.Denied(
                    Verdict.Reason.STALE_TIMESTAMP,
                    "server time " + now + " ms, window " + window + " ms");
        }
        if (ts < startedAtMillis) {
            return new Verdict.Denied(
                    Verdict.Reason.SIGNED_BEFORE_START,
                    "server started at " + startedAtMillis + " ms");
        }
        Nonces.Use use;
        synchronized (this) {
            use = nonces.use(key.id(), signature.nonce(), now, ts + window);
        }
        return switch (use) {
            case FRESH -> admitted(key);
            case USED -> denied(Verdict.Reason.NONCE_USED);
            case FULL -> denied(Verdict.Reason.TOO_MANY_NONCES);
        };
    }

    private Verdict judgeBearer(Proof.Bearer bearer) {
        Optional<Tokens.Grant> grant;
        synchronized (this) {
            grant = access.find(hash(bearer.token()), monotonicNanos.getAsLong());
        }
        return grant.map(Tokens.Grant::authority)
                .flatMap(this::stillHolds)
                .<Verdict>map(Verdict.Admitted::new)
                .orElseGet(() -> denied(Verdict.Reason.UNKNOWN_TOKEN));
    }

    /** Hands out a pair of tokens for an authority; nothing where too many are alive. */
    public synchronized Optional<TokenPair> issue(Authority authority, TokenTerms terms) {
        String accessToken = randomToken.get();
        String refreshToken = randomToken.get();
        long now = monotonicNanos.getAsLong();
        Duration life =
                terms.life()
                        .filter(asked -> asked.compareTo(limits.accessLife()) < 0)
                        .orElse(limits.accessLife());
        boolean stored =
                access.add(hash(accessToken), grant(authority, terms, now, life), now)
                        && refresh.add(
                                hash(refreshToken),
                                grant(authority, terms, now, limits.refreshLife()),
                                now);
        return stored
                ? Optional.of(new TokenPair(accessToken, refreshToken, life.toSeconds(), authority))
                : Optional.empty();
    }

    /** A connection is gone, and with it its tokens but those that outlive it. */
    public synchronized void connectionEnded(long connection) {
        access.endOf(connection, false);
        refresh.endOf(connection, false);
    }

    /** Whoever is behind a connection has logged out: all tokens that were handed out over it end. */
    public synchronized void loggedOut(long connection) {
        access.endOf(connection, true);
        refresh.endOf(connection, true);
    }

    /** The authority behind a refresh token, which is used up by asking. */
    public Verdict redeem(String refreshToken) {
        String hash = hash(refreshToken);
        Optional<Tokens.Grant> grant;
        synchronized (this) {
            grant = refresh.find(hash, monotonicNanos.getAsLong());
            refresh.remove(hash);
        }
        return grant.map(Tokens.Grant::authority)
                .flatMap(this::stillHolds)
                .<Verdict>map(Verdict.Admitted::new)
                .orElseGet(() -> denied(Verdict.Reason.UNKNOWN_TOKEN));
    }

    private static Tokens.Grant grant(
            Authority authority, TokenTerms terms, long nowNanos, Duration life) {
        return new Tokens.Grant(
                authority, nowNanos + life.toNanos(), terms.connection(), terms.outlives());
    }

    private static Verdict admitted(Key key) {
        return new Verdict.Admitted(
                new Authority(key.id(), key.account(), key.scopes(), key.generation()));
    }

    private static Verdict denied(Verdict.Reason reason) {
        return new Verdict.Denied(reason, "");
    }

    private static String hash(String token) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
