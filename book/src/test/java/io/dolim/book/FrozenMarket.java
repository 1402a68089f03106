package io.dolim.book;

import io.dolim.capacity.Capacity;
import io.dolim.quoting.instrument.Underlying;
import java.time.Duration;
import java.util.Set;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A Market whose spot never moves: registers its Book and freezes when Capacity prepares a view. */
final class FrozenMarket {

    private static final Duration REGISTER_EVERY = Duration.ofMillis(20);

    private FrozenMarket() {}

    /** What it is told. */
    sealed interface Command {}

    private enum Register implements Command {
        NOW
    }

    private record Heard(Capacity.ToMarket message) implements Command {}

    private record HeardForBook(Capacity.ToBook message) implements Command {}

    static Behavior<Command> create(
            Underlying underlying,
            ActorRef<Capacity.Command> capacity,
            ActorRef<Book.Command> book,
            Set<Underlying> stopped) {
        return Behaviors.withTimers(
                timers -> {
                    timers.startTimerWithFixedDelay(Register.NOW, REGISTER_EVERY);
                    return registering(underlying, capacity, book, stopped);
                });
    }

    private static Behavior<Command> registering(
            Underlying underlying,
            ActorRef<Capacity.Command> capacity,
            ActorRef<Book.Command> book,
            Set<Underlying> stopped) {
        return Behaviors.setup(
                context -> {
                    Capacity.Register register =
                            new Capacity.Register(
                                    underlying,
                                    context.messageAdapter(
                                            Capacity.ToBook.class, HeardForBook::new),
                                    context.messageAdapter(Capacity.ToMarket.class, Heard::new));
                    return Behaviors.receive(Command.class)
                            .onMessage(
                                    Register.class,
                                    tick -> {
                                        capacity.tell(register);
                                        return Behaviors.same();
                                    })
                            .onMessage(
                                    HeardForBook.class,
                                    heard -> {
                                        book.tell(new Book.FromCapacity(heard.message()));
                                        return Behaviors.same();
                                    })
                            .onMessage(
                                    Heard.class,
                                    heard -> {
                                        answer(
                                                underlying,
                                                capacity,
                                                book,
                                                stopped,
                                                heard.message());
                                        return Behaviors.same();
                                    })
                            .build();
                });
    }

    private static void answer(
            Underlying underlying,
            ActorRef<Capacity.Command> capacity,
            ActorRef<Book.Command> book,
            Set<Underlying> stopped,
            Capacity.ToMarket message) {
        if (message instanceof Capacity.Outdated outdated) {
            Capacity.Party self = new Capacity.Party(Capacity.Party.Side.MARKET, underlying);
            capacity.tell(new Capacity.Acknowledge(self, outdated.rules()));
        }
        if (message instanceof Capacity.Prepare prepare && stopped.contains(underlying)) {
            capacity.tell(new Capacity.MarketStopped(underlying, prepare.viewNumber()));
        } else if (message instanceof Capacity.Prepare prepare) {
            book.tell(
                    new Book.Revalue(
                            prepare.viewNumber(),
                            new FlatMarket(underlying, Engine.START_MS, 100_000),
                            prepare.pricer(),
                            new TreeMap<>()));
        }
    }
}
