package io.dolim.api.rpc;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/** The methods about the conversation itself: time, status, heartbeats, hello and goodbye. */
final class SessionMethods {

    private static final int MIN_HEARTBEAT_SECONDS = 10;
    private static final int MAX_HEARTBEAT_SECONDS = 3600;

    private SessionMethods() {}

    static List<Method<?>> methods(Clocks clocks, String version) {
        return List.of(
                Method.open(
                        "public/get_time",
                        p -> p,
                        Method.now((caller, p) -> Result.of(clocks.millis()))),
                Method.open("public/status", p -> p, Method.now((caller, p) -> status())),
                Method.open("public/test", p -> p, Method.now((caller, p) -> version(version))),
                Method.open(
                        "public/hello",
                        SessionMethods::greeting,
                        Method.now((caller, name) -> version(version))),
                Method.open(
                        "public/set_heartbeat",
                        p -> p.whole("interval", MIN_HEARTBEAT_SECONDS, MAX_HEARTBEAT_SECONDS),
                        inSession((session, seconds) -> setHeartbeat(session, seconds))),
                Method.open(
                        "public/disable_heartbeat",
                        p -> p,
                        inSession((session, p) -> disableHeartbeat(session))),
                new Method<>(
                        "private/logout",
                        new Access.Known(),
                        Cost.READING,
                        false,
                        p -> p.flag("invalidate_token", true),
                        inSession((session, endsTokens) -> logout(session, endsTokens))));
    }

    /** A handler that needs a WebSocket session; over HTTP it is refused with 10030. */
    static <P> Handler<P> inSession(BiFunction<Session, P, Reply> answer) {
        return Method.now(
                (caller, params) ->
                        caller.session()
                                .map(session -> answer.apply(session, params))
                                .orElseGet(SessionMethods::overHttp));
    }

    static Reply overHttp() {
        return Refusal.of(ErrorCode.MUST_BE_WEBSOCKET_REQUEST, "must_be_websocket_request");
    }

    private static String greeting(Params params) {
        return params.text("client_name", 256) + params.text("client_version", 256);
    }

    /** {@code locked} is a string with Deribit, and clients compare it as one. */
    private static Reply status() {
        return new Result(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("locked", "false");
                    json.writeArrayFieldStart("locked_indices");
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    private static Reply version(String version) {
        return new Result(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("version", version);
                    json.writeEndObject();
                });
    }

    private static Reply setHeartbeat(Session session, long seconds) {
        session.heartbeatEvery(Duration.ofSeconds(seconds));
        return Result.ok();
    }

    private static Reply disableHeartbeat(Session session) {
        session.heartbeatOff();
        return Result.ok();
    }

    private static Reply logout(Session session, boolean endsTokens) {
        session.logout(endsTokens);
        return Result.ok();
    }
}
