package io.dolim.api.rpc;

import io.dolim.api.session.Authenticator;
import io.dolim.api.session.Authority;
import io.dolim.api.session.Proof;
import io.dolim.api.session.Scope;
import io.dolim.api.session.ScopeWords;
import io.dolim.api.session.TokenPair;
import io.dolim.api.session.TokenTerms;
import io.dolim.api.session.Verdict;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code public/auth}: three ways to prove who one is, one answer. */
final class AuthMethod {

    private static final int MAX_TEXT = 512;

    /**
     * What was asked.
     *
     * @param state said back as it came
     */
    private record Ask(Way way, ScopeWords words, Optional<String> state) {}

    /** How the caller proves who he is. */
    private sealed interface Way {
        record Prove(Proof proof) implements Way {}

        record Refresh(String token) implements Way {}
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
        ScopeWords words =
                params.has("scope")
                        ? params.parsed("scope", ScopeWords::parse, ScopeWords.RULE)
                        : ScopeWords.NONE;
        return new Ask(way(params), words, params.optionalText("state", MAX_TEXT));
    }

    private static Way way(Params params) {
        return switch (params.oneOf(
                "grant_type", "client_credentials", "client_signature", "refresh_token")) {
            case "client_credentials" -> new Way.Prove(credentials(params));
            case "client_signature" -> new Way.Prove(signature(params));
            default -> new Way.Refresh(params.text("refresh_token", MAX_TEXT));
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

    private Reply answer(Caller caller, Ask ask) {
        Optional<Refusal> charged = limits.chargeAuth(caller.address());
        if (charged.isPresent()) {
            return charged.get();
        }
        Verdict verdict =
                switch (ask.way()) {
                    case Way.Prove prove -> authenticator.judge(prove.proof());
                    case Way.Refresh refresh -> authenticator.redeem(refresh.token());
                };
        return switch (verdict) {
            case Verdict.Admitted admitted ->
                    admit(caller, ask, ask.words().narrow(admitted.authority()));
            case Verdict.Denied denied -> denied(denied, metrics);
        };
    }

    private Reply admit(Caller caller, Ask ask, Authority authority) {
        TokenTerms terms =
                new TokenTerms(
                        caller.session().map(Session::id),
                        ask.words().outlives(),
                        ask.words().life());
        Optional<TokenPair> tokens = authenticator.issue(authority, terms);
        if (tokens.isEmpty()) {
            return denied(new Verdict.Denied(Verdict.Reason.TOO_MANY_TOKENS, ""), metrics);
        }
        caller.session().ifPresent(session -> session.authenticated(authority));
        return written(tokens.get(), ask.state());
    }

    /** A refusal that says why, and no more. */
    static Refusal denied(Verdict.Denied denied, EdgeMetrics metrics) {
        metrics.authFailed(denied.reason().wire());
        Refusal refusal = Refusal.of(ErrorCode.INVALID_CREDENTIALS, denied.reason().wire());
        return denied.detail().isEmpty() ? refusal : refusal.with("detail", denied.detail());
    }

    private static Reply written(TokenPair tokens, Optional<String> state) {
        return new Result(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("access_token", tokens.accessToken());
                    json.writeStringField("refresh_token", tokens.refreshToken());
                    json.writeNumberField("expires_in", tokens.expiresInSeconds());
                    json.writeStringField("scope", wire(tokens.authority().scopes()));
                    json.writeStringField("token_type", "bearer");
                    if (state.isPresent()) {
                        json.writeStringField("state", state.get());
                    }
                    json.writeEndObject();
                });
    }

    private static String wire(Set<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::wire).collect(Collectors.joining(" "));
    }
}
