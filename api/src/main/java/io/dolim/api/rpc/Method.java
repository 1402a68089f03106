package io.dolim.api.rpc;

import io.dolim.api.session.Scope;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One row of the method table.
 *
 * @param name as on the wire, {@code private/buy}
 * @param access who may call it
 * @param cost the bucket it is charged to
 * @param strict whether members that the parser did not ask for are refused; Deribit's own methods let them pass
 * @param parser reads the parameters, by throwing {@link Refused} where they break a rule
 * @param handler answers
 * @param <P> the parameters, parsed
 */
public record Method<P>(
        String name,
        Access access,
        Cost cost,
        boolean strict,
        Function<Params, P> parser,
        Handler<P> handler) {

    /** What tells a server's methods, under the name that OpenRPC gives it. */
    public static final String DISCOVER = "rpc.discover";

    private static final Pattern SHAPE =
            Pattern.compile(
                    "(public|private|keeper|operator|simulator)/[a-z][a-z0-9_]{0,63}|"
                            + Pattern.quote(DISCOVER));

    public Method {
        if (!SHAPE.matcher(name).matches()) {
            throw new IllegalArgumentException("method name must match " + SHAPE + ", was " + name);
        }
        if (isPublic(name) != access instanceof Access.Anyone) {
            throw new IllegalArgumentException(
                    "method=" + name + " does not go with access=" + access);
        }
    }

    /** Whether a method of this name is for everybody; no other is, whether it exists or not. */
    static boolean isPublic(String name) {
        return name.startsWith("public/") || name.equals(DISCOVER);
    }

    /** A method of Deribit's that anybody may call. */
    public static <P> Method<P> open(String name, Function<Params, P> parser, Handler<P> handler) {
        return new Method<>(name, new Access.Anyone(), Cost.READING, false, parser, handler);
    }

    /** A method of Deribit's that needs a scope. */
    public static <P> Method<P> scoped(
            String name, Scope scope, Function<Params, P> parser, Handler<P> handler) {
        return new Method<>(name, new Access.Needs(scope), Cost.READING, false, parser, handler);
    }

    /** The same method, refusing unknown parameters: for all methods of our own. */
    public Method<P> strictly() {
        return new Method<>(name, access, cost, true, parser, handler);
    }

    /** The same method, charged to the bucket of those that move risk. */
    public Method<P> matching() {
        return new Method<>(name, access, Cost.MATCHING, strict, parser, handler);
    }

    /** The same method, refused first where the engine is short: quotes and subscriptions. */
    public Method<P> quoting() {
        return new Method<>(name, access, Cost.QUOTING, strict, parser, handler);
    }

    /** A handler for what is answered without waiting. */
    public static <P> Handler<P> now(BiFunction<Caller, P, Reply> answer) {
        return (caller, params) -> CompletableFuture.completedFuture(answer.apply(caller, params));
    }
}
