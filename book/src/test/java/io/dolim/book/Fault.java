package io.dolim.book;

import java.util.Optional;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Makes an actor throw, once, before or after a chosen message; can run something else instead. */
final class Fault {

    /** The fault that was asked for. */
    static final class Injected extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Injected(String where) {
            super(where);
        }
    }

    private record Armed(Predicate<Object> at, boolean after, Runnable action) {}

    private volatile Optional<Armed> armed = Optional.empty();

    /** Throws at the next message that fits. */
    void arm(Predicate<Object> at, boolean after) {
        armRun(
                at,
                after,
                () -> {
                    throw new Injected("injected");
                });
    }

    /** Runs something at the next message that fits, on the actor's thread. */
    void armRun(Predicate<Object> at, boolean after, Runnable action) {
        armed = Optional.of(new Armed(at, after, action));
    }

    /** Whether it has happened. */
    boolean isSpent() {
        return armed.isEmpty();
    }

    <C> Behavior<C> around(Behavior<C> inner) {
        return Behaviors.intercept(() -> new Interceptor<C>(), inner).narrow();
    }

    private final class Interceptor<C> extends BehaviorInterceptor<Object, C> {
        Interceptor() {
            super(Object.class);
        }

        @SuppressWarnings("unchecked")
        @Override
        public Behavior<C> aroundReceive(
                TypedActorContext<Object> context, Object message, ReceiveTarget<C> target) {
            Optional<Armed> now = armed;
            boolean fits = now.isPresent() && now.get().at().test(message);
            if (fits && !now.get().after()) {
                armed = Optional.empty();
                now.get().action().run();
            }
            Behavior<C> next = target.apply(context, (C) message);
            if (fits && now.get().after()) {
                armed = Optional.empty();
                now.get().action().run();
            }
            return next;
        }
    }
}
