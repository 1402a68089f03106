package io.dolim.book;

import io.dolim.book.trade.AccountId;
import io.dolim.capacity.JournalRoom;
import io.dolim.capacity.Moment;
import io.dolim.quoting.instrument.Underlying;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The way to every Account: spawns one when it is first spoken to and hands its messages on, in the
 * order in which a sender sent them.
 */
public final class Accounts {

    private static final int WAITING = 10_000;

    private Accounts() {}

    /** What the registry is told. */
    public sealed interface Command {}

    /** For an account. */
    public record Deliver(AccountId account, Account.Command message) implements Command {}

    /** Starts an account that the journal knows, so that it can be asked for its state. */
    public record Wake(AccountId account) implements Command {}

    /** Which accounts are awake: all that the journal knew at the start and all spoken to since. */
    public record CallTheRoll(ActorRef<Roll> replyTo) implements Command {}

    /** Answer to {@link CallTheRoll}. */
    public record Roll(SortedSet<AccountId> accounts) {
        /** Copies the accounts. */
        public Roll {
            accounts = Collections.unmodifiableSortedSet(new TreeSet<>(accounts));
        }
    }

    /** Every configured Book, once at start-up; messages wait for it. */
    public record Open(SortedMap<Underlying, ActorRef<Book.Command>> books) implements Command {
        /** Copies the books. */
        public Open {
            books = Collections.unmodifiableSortedMap(new TreeMap<>(books));
        }
    }

    /**
     * What the registry hands to the accounts it spawns.
     *
     * @param incarnations a greater number at each call, also over restarts of the process
     * @param guardian who halts the process
     * @param room what the journal still takes, of this moment; must not block
     */
    public record Ports(
            ActorRef<TradeIndex.Command> index,
            Supplier<Moment> clock,
            LongSupplier incarnations,
            ActorRef<WriterHalted> guardian,
            Supplier<JournalRoom> room) {}

    /** A registry; what comes before {@link Open} waits, as far as there is room. */
    public static Behavior<Command> create(AccountSettings settings, Ports ports) {
        return create(settings, ports, (account, writer) -> writer);
    }

    /** @param around what stands between an account's supervision and its writer */
    static Behavior<Command> create(
            AccountSettings settings,
            Ports ports,
            BiFunction<AccountId, Behavior<Account.Command>, Behavior<Account.Command>> around) {
        return Behaviors.withStash(
                WAITING,
                stash ->
                        Behaviors.receive(Command.class)
                                .onMessage(
                                        Open.class,
                                        open ->
                                                stash.unstashAll(
                                                        opened(settings, ports, open, around)))
                                .onAnyMessage(
                                        early -> {
                                            stash.stash(early);
                                            return Behaviors.same();
                                        })
                                .build());
    }

    private static Behavior<Command> opened(
            AccountSettings settings,
            Ports ports,
            Open open,
            BiFunction<AccountId, Behavior<Account.Command>, Behavior<Account.Command>> around) {
        Account.Ports own =
                new Account.Ports(
                        open.books(),
                        ports.index(),
                        ports.clock(),
                        ports.incarnations(),
                        ports.guardian(),
                        ports.room());
        return Behaviors.setup(
                context -> {
                    Registry registry = new Registry(context, settings, own, around);
                    return Behaviors.receive(Command.class)
                            .onMessage(
                                    Deliver.class,
                                    deliver -> {
                                        registry.deliver(deliver);
                                        return Behaviors.same();
                                    })
                            .onMessage(
                                    Wake.class,
                                    wake -> {
                                        registry.reach(wake.account());
                                        return Behaviors.same();
                                    })
                            .onMessage(
                                    CallTheRoll.class,
                                    call -> {
                                        call.replyTo().tell(registry.roll());
                                        return Behaviors.same();
                                    })
                            .onMessage(Open.class, again -> Behaviors.same())
                            .onSignal(
                                    Terminated.class,
                                    stopped -> {
                                        String name = stopped.getRef().path().name();
                                        ports.guardian().tell(new WriterHalted(name, "stopped"));
                                        return Behaviors.same();
                                    })
                            .build();
                });
    }

    /** The accounts that are awake. */
    private static final class Registry {

        private final ActorContext<Command> context;
        private final AccountSettings settings;
        private final Account.Ports ports;
        private final BiFunction<AccountId, Behavior<Account.Command>, Behavior<Account.Command>>
                around;
        private final SortedMap<AccountId, ActorRef<Account.Command>> accounts = new TreeMap<>();

        private Registry(
                ActorContext<Command> context,
                AccountSettings settings,
                Account.Ports ports,
                BiFunction<AccountId, Behavior<Account.Command>, Behavior<Account.Command>>
                        around) {
            this.context = context;
            this.settings = settings;
            this.ports = ports;
            this.around = around;
        }

        private void deliver(Deliver deliver) {
            // nobody has asked: the account fetches its reports when it starts
            boolean unasked =
                    deliver.message() instanceof Account.Report
                            && !accounts.containsKey(deliver.account());
            if (!unasked) {
                reach(deliver.account()).tell(deliver.message());
            }
        }

        private ActorRef<Account.Command> reach(AccountId id) {
            return accounts.computeIfAbsent(id, this::spawn);
        }

        private ActorRef<Account.Command> spawn(AccountId id) {
            ActorRef<Account.Command> account =
                    context.spawn(
                            Account.create(id, settings, ports, w -> around.apply(id, w)),
                            Account.persistenceId(id));
            context.watch(account);
            return account;
        }

        private Roll roll() {
            return new Roll(new TreeSet<>(accounts.keySet()));
        }
    }
}
