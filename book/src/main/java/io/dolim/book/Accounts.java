package io.dolim.book;

import io.dolim.book.trade.AccountId;
import io.dolim.capacity.Moment;
import io.dolim.quoting.instrument.Underlying;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
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
     */
    public record Ports(
            ActorRef<TradeIndex.Command> index,
            Supplier<Moment> clock,
            LongSupplier incarnations,
            ActorRef<WriterHalted> guardian) {}

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
                                        Deliver.class,
                                        deliver -> {
                                            stash.stash(deliver);
                                            return Behaviors.same();
                                        })
                                .onMessage(
                                        Open.class,
                                        open ->
                                                stash.unstashAll(
                                                        opened(settings, ports, open, around)))
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
                        ports.guardian());
        return Behaviors.setup(
                context -> {
                    SortedMap<AccountId, ActorRef<Account.Command>> accounts = new TreeMap<>();
                    return Behaviors.receive(Command.class)
                            .onMessage(
                                    Deliver.class,
                                    deliver -> {
                                        deliver(context, accounts, deliver, settings, own, around);
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

    private static void deliver(
            ActorContext<Command> context,
            SortedMap<AccountId, ActorRef<Account.Command>> accounts,
            Deliver deliver,
            AccountSettings settings,
            Account.Ports ports,
            BiFunction<AccountId, Behavior<Account.Command>, Behavior<Account.Command>> around) {
        AccountId id = deliver.account();
        ActorRef<Account.Command> account = accounts.get(id);
        if (account == null && deliver.message() instanceof Account.Report) {
            // nobody has asked: the account fetches its reports when it starts
            return;
        }
        if (account == null) {
            account =
                    context.spawn(
                            Account.create(id, settings, ports, w -> around.apply(id, w)),
                            Account.persistenceId(id));
            context.watch(account);
            accounts.put(id, account);
        }
        account.tell(deliver.message());
    }
}
