package io.dolim.api.rpc;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** The methods that begin and end subscriptions. What cannot be subscribed is left out of the answer, never an error. */
final class SubscriptionMethods {

    private static final int MAX_NAMES = 500;
    private static final int MAX_NAME = 256;

    private SubscriptionMethods() {}

    static List<Method<?>> methods(Channels channels) {
        return List.of(
                Method.open(
                                "public/subscribe",
                                SubscriptionMethods::names,
                                subscribe(channels, false))
                        .quoting(),
                known("private/subscribe", SubscriptionMethods::names, subscribe(channels, true))
                        .quoting(),
                Method.open("public/unsubscribe", SubscriptionMethods::names, unsubscribe()),
                known("private/unsubscribe", SubscriptionMethods::names, unsubscribe()),
                Method.open("public/unsubscribe_all", SubscriptionMethods::none, unsubscribeAll()),
                known("private/unsubscribe_all", SubscriptionMethods::none, unsubscribeAll()));
    }

    private static <P> Method<P> known(
            String name, java.util.function.Function<Params, P> parser, Handler<P> handler) {
        return new Method<>(name, new Access.Known(), Cost.READING, false, parser, handler);
    }

    private static List<String> names(Params params) {
        return List.copyOf(new LinkedHashSet<>(params.texts("channels", MAX_NAMES, MAX_NAME)));
    }

    private static Params none(Params params) {
        return params;
    }

    private static Handler<List<String>> subscribe(Channels channels, boolean ofAccount) {
        return Method.now(
                (caller, names) ->
                        caller.session()
                                .map(
                                        session ->
                                                subscribe(
                                                        channels,
                                                        ofAccount ? caller : caller.anonymous(),
                                                        session,
                                                        names))
                                .orElseGet(SessionMethods::overHttp));
    }

    private record Found(String name, Channel channel) {}

    private static Reply subscribe(
            Channels channels, Caller caller, Session session, List<String> names) {
        List<Found> found = new ArrayList<>();
        for (String name : names) {
            Optional<Channel> channel = channels.resolve(name, caller);
            channel.ifPresent(c -> found.add(new Found(name, c)));
        }
        List<String> subscribed = found.stream().map(Found::name).toList();
        int would = session.subscriptionsWith(subscribed);
        if (would > session.maxSubscriptions()) {
            return Refusal.of(ErrorCode.BAD_REQUEST, "too_many_subscriptions")
                    .with("subscriptions", would)
                    .with("limit", session.maxSubscriptions());
        }
        boolean ofAccount = caller.authority().isPresent();
        found.forEach(f -> session.subscribe(f.name(), f.channel(), ofAccount));
        return Result.ofValue(subscribed);
    }

    private static Handler<List<String>> unsubscribe() {
        return SessionMethods.inSession(
                (session, names) ->
                        Result.ofValue(names.stream().filter(session::unsubscribe).toList()));
    }

    private static <P> Handler<P> unsubscribeAll() {
        return SessionMethods.inSession(
                (session, params) -> {
                    session.subscriptions().forEach(session::unsubscribe);
                    return Result.ok();
                });
    }
}
