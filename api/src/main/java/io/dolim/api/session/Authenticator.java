package io.dolim.api.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
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
    private final Nonces nonces;
    private final Tokens access;
    private final Tokens refresh;

    /**
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
     * Whether an authority granted earlier still holds: its key exists and still acts for the same account.
     *
     * @return the authority, narrowed to what its key may do now; nothing if the key was withdrawn
     */
    public Optional<Authority> stillHolds(Authority authority) {
        return keys.key(authority.key())
                .filter(key -> key.account().equals(authority.account()))
                .map(
                        key ->
                                key.scopes().equals(authority.scopes())
                                        ? authority
                                        : renewed(key, authority));
    }

    private static Authority renewed(Key key, Authority authority) {
        return new Authority(
                key.id(), key.account(), Scope.narrowed(key.scopes(), authority.scopes()));
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

    /**
     * Narrows an authority to the scopes asked for; scopes that its key lacks are left out.
     *
     * @param asked empty for all that the key has
     */
    public static Authority narrow(Authority authority, Set<Scope> asked) {
        return asked.isEmpty()
                ? authority
                : new Authority(
                        authority.key(),
                        authority.account(),
                        Scope.narrowed(authority.scopes(), asked));
    }

    /** Hands out a pair of tokens for an authority; nothing where too many are alive. */
    public synchronized Optional<TokenPair> issue(Authority authority) {
        String accessToken = randomToken.get();
        String refreshToken = randomToken.get();
        long now = monotonicNanos.getAsLong();
        boolean stored =
                access.add(hash(accessToken), grant(authority, now, limits.accessLife()), now)
                        && refresh.add(
                                hash(refreshToken),
                                grant(authority, now, limits.refreshLife()),
                                now);
        return stored
                ? Optional.of(
                        new TokenPair(
                                accessToken,
                                refreshToken,
                                limits.accessLife().toSeconds(),
                                authority))
                : Optional.empty();
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

    private static Tokens.Grant grant(Authority authority, long nowNanos, Duration life) {
        return new Tokens.Grant(authority, nowNanos + life.toNanos());
    }

    private static Verdict admitted(Key key) {
        return new Verdict.Admitted(new Authority(key.id(), key.account(), key.scopes()));
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
