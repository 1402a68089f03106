package io.dolim.api.rpc;

import io.dolim.api.session.Authenticator;
import io.dolim.api.session.Authority;
import io.dolim.api.session.Proof;
import io.dolim.api.session.Scope;
import io.dolim.api.session.TokenPair;
import io.dolim.api.session.Verdict;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code public/auth}: three ways to prove who one is, one answer. */
final class AuthMethod {

    private static final int MAX_TEXT = 512;

    /** Words that Deribit's clients put beside scopes; every session here is a connection's, and ends with it. */
    private static final Set<String> CONNECTION_WORDS =
            Set.of("connection", "mainaccount", "block_trade:read");

    /** What was asked. */
    private sealed interface Ask {
        Set<Scope> scopes();

        record Prove(Proof proof, Set<Scope> scopes) implements Ask {}

        record Refresh(String token, Set<Scope> scopes) implements Ask {}
    }

    private final Authenticator authenticator;
    private final RateLimits limits;
    private final EdgeMetrics metrics;

    AuthMethod(Authenticator authenticator, RateLimits limits, EdgeMetrics metrics) {
        this.authenticator = authenticator;
        this.limits = limits;
        this.metrics = metrics;
    }

    Method<?> method() {
        return Method.open("public/auth", AuthMethod::ask, Method.now(this::answer));
    }

    private static Ask ask(Params params) {
        Set<Scope> scopes = scopes(params);
        return switch (params.oneOf(
                "grant_type", "client_credentials", "client_signature", "refresh_token")) {
            case "client_credentials" -> new Ask.Prove(credentials(params), scopes);
            case "client_signature" -> new Ask.Prove(signature(params), scopes);
            default -> new Ask.Refresh(params.text("refresh_token", MAX_TEXT), scopes);
        };
    }

    private static Proof credentials(Params params) {
        return new Proof.Credentials(
                params.text("client_id", MAX_TEXT), params.text("client_secret", MAX_TEXT));
    }

    private static Proof signature(Params params) {
        return new Proof.Signature(
                params.text("client_id", MAX_TEXT),
                params.whole("timestamp", 0, Long.MAX_VALUE / 2),
                params.text("nonce", MAX_TEXT),
                params.text("signature", MAX_TEXT),
                params.has("data") ? params.parsed("data", Optional::of, "must be a string") : "");
    }

    private static Set<Scope> scopes(Params params) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        if (params.has("scope")) {
            for (String word :
                    params.parsed("scope", Optional::of, "must be a string")
                            .trim()
                            .split("\\s+", -1)) {
                addScope(params, word, scopes);
            }
        }
        return scopes;
    }

    private static void addScope(Params params, String word, Set<Scope> scopes) {
        Optional<Scope> scope = Scope.parse(word);
        boolean known =
                word.isEmpty()
                        || scope.isPresent()
                        || CONNECTION_WORDS.contains(word)
                        || word.startsWith("session:")
                        || word.startsWith("expires:");
        if (!known) {
            throw params.refuse("scope", "must name scopes: " + wire(EnumSet.allOf(Scope.class)));
        }
        scope.ifPresent(scopes::add);
    }

    private Reply answer(Caller caller, Ask ask) {
        Optional<Refusal> charged = limits.chargeAuth(caller.address());
        if (charged.isPresent()) {
            return charged.get();
        }
        Verdict verdict =
                switch (ask) {
                    case Ask.Prove prove -> authenticator.judge(prove.proof());
                    case Ask.Refresh refresh -> authenticator.redeem(refresh.token());
                };
        return switch (verdict) {
            case Verdict.Admitted admitted ->
                    admit(caller, Authenticator.narrow(admitted.authority(), ask.scopes()));
            case Verdict.Denied denied -> denied(denied, metrics);
        };
    }

    private Reply admit(Caller caller, Authority authority) {
        Optional<TokenPair> tokens = authenticator.issue(authority);
        if (tokens.isEmpty()) {
            return denied(new Verdict.Denied(Verdict.Reason.TOO_MANY_TOKENS, ""), metrics);
        }
        caller.session().ifPresent(session -> session.authenticated(authority));
        return written(tokens.get());
    }

    /** A refusal that says why, and no more. */
    static Refusal denied(Verdict.Denied denied, EdgeMetrics metrics) {
        metrics.authFailed(denied.reason().wire());
        Refusal refusal = Refusal.of(ErrorCode.INVALID_CREDENTIALS, denied.reason().wire());
        return denied.detail().isEmpty() ? refusal : refusal.with("detail", denied.detail());
    }

    private static Reply written(TokenPair tokens) {
        return new Result(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("access_token", tokens.accessToken());
                    json.writeStringField("refresh_token", tokens.refreshToken());
                    json.writeNumberField("expires_in", tokens.expiresInSeconds());
                    json.writeStringField("scope", wire(tokens.authority().scopes()));
                    json.writeStringField("token_type", "bearer");
                    json.writeEndObject();
                });
    }

    private static String wire(Set<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::wire).collect(Collectors.joining(" "));
    }
}
