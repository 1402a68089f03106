package io.dolim.api.method;

import io.dolim.api.rpc.Caller;
import io.dolim.api.rpc.ErrorCode;
import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Refusal;
import io.dolim.api.rpc.Reply;
import io.dolim.api.rpc.Result;
import io.dolim.api.session.Scope;
import io.dolim.book.trade.AccountId;
import java.util.List;
import java.util.Optional;

/** Whether a connection's orders end with it. */
final class DisconnectMethods {

    private static final String ACCOUNT = "account";

    private final DisconnectGuard guard;

    DisconnectMethods(DisconnectGuard guard) {
        this.guard = guard;
    }

    List<Method<?>> methods() {
        return List.of(
                setting("private/enable_cancel_on_disconnect", true),
                setting("private/disable_cancel_on_disconnect", false),
                Method.scoped(
                        "private/get_cancel_on_disconnect",
                        Scope.ACCOUNT_READ,
                        DisconnectMethods::scope,
                        Method.now(this::tell)));
    }

    private Method<String> setting(String name, boolean enabled) {
        return Method.scoped(
                name,
                Scope.ACCOUNT_READ,
                DisconnectMethods::scope,
                Method.now((caller, scope) -> set(caller, scope, enabled)));
    }

    private static String scope(Params params) {
        return params.has("scope") ? params.oneOf("scope", "connection", ACCOUNT) : "connection";
    }

    private Reply set(Caller caller, String scope, boolean enabled) {
        Optional<DisconnectGuard.Line> line = guard.line(caller);
        if (scope.equals(ACCOUNT)) {
            guard.enable(new AccountId(caller.account()), enabled);
        } else if (line.isEmpty()) {
            return overHttp();
        } else {
            guard.enable(line.get(), enabled);
        }
        return Result.ok();
    }

    private Reply tell(Caller caller, String scope) {
        Optional<DisconnectGuard.Line> line = guard.line(caller);
        if (!scope.equals(ACCOUNT) && line.isEmpty()) {
            return overHttp();
        }
        boolean enabled =
                scope.equals(ACCOUNT)
                        ? guard.enabled(new AccountId(caller.account()))
                        : guard.enabled(line.orElseThrow());
        return new Result(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("scope", scope);
                    json.writeBooleanField("enabled", enabled);
                    json.writeEndObject();
                });
    }

    private static Refusal overHttp() {
        return Refusal.of(ErrorCode.MUST_BE_WEBSOCKET_REQUEST, "must_be_websocket_request")
                .with("rule", "only a connection can be lost");
    }
}
