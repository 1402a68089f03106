package io.dolim.book;

import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BodyHash;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.RefusalReason;
import io.dolim.book.trade.RequestId;
import io.dolim.book.trade.Trade;
import io.dolim.capacity.JournalRoom;
import io.dolim.capacity.Moment;
import io.dolim.capacity.ReservationId;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.OptionPackage;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * A taker's cash and the guard of his order ids. Journals only what starts with it, deposits and
 * withdrawals; what he traded it knows from the Books' cumulative reports. Grants nothing until every
 * configured Book has reported since it started.
 */
public final class Account {

    private Account() {}

    private static final String PREFIX = "account-";

    /** The account whose writer has this persistence id; nothing when it is another kind of writer's. */
    public static Optional<AccountId> ofPersistenceId(String persistenceId) {
        return persistenceId.startsWith(PREFIX)
                ? Optional.of(new AccountId(persistenceId.substring(PREFIX.length())))
                : Optional.empty();
    }

    /** The persistence id of an account's writer. */
    public static String persistenceId(AccountId id) {
        return PREFIX + id;
    }

    /**
     * What an Account reaches.
     *
     * @param books every configured Book
     * @param clock both clocks
     * @param incarnations a greater number at each call, also over restarts of the process
     * @param guardian who halts the process
     * @param room what the journal still takes, of this moment; must not block
     */
    public record Ports(
            SortedMap<Underlying, ActorRef<Book.Command>> books,
            ActorRef<TradeIndex.Command> index,
            Supplier<Moment> clock,
            LongSupplier incarnations,
            ActorRef<WriterHalted> guardian,
            Supplier<JournalRoom> room) {
        /** Copies the books. */
        public Ports {
            books = Collections.unmodifiableSortedMap(new TreeMap<>(books));
        }
    }

    static Behavior<Command> create(AccountId id, AccountSettings settings, Ports ports) {
        return create(id, settings, ports, UnaryOperator.identity());
    }

    /** @param around what stands between supervision and the writer: a test's way to make it fail */
    static Behavior<Command> create(
            AccountId id,
            AccountSettings settings,
            Ports ports,
            UnaryOperator<Behavior<Command>> around) {
        return Behaviors.setup(
                context -> {
                    Outstanding<Request> outstanding = new Outstanding<>(settings.maxRequests());
                    Behavior<Command> writer =
                            Restarts.ticking(
                                    Tick.NOW,
                                    settings.tick(),
                                    Behaviors.setup(
                                            inner ->
                                                    new AccountWriter(
                                                            id,
                                                            settings,
                                                            ports,
                                                            outstanding,
                                                            inner)));
                    return Doorkeeper.before(
                            Restarts.around(around.apply(writer)),
                            persistenceId(id),
                            Request.class,
                            outstanding,
                            AccountWriter::turnAway,
                            AccountWriter::unknown,
                            ports.guardian());
                });
    }

    /** What an Account is told; by way of {@link Accounts}, so that messages keep their order. */
    public sealed interface Command {}

    /**
     * Hold cash and cover for a package, under an order id.
     *
     * @param id of the hold, the same as of the reservation at Capacity
     * @param coinsPerLot size of a lot of the package's contracts
     * @param price what the taker pays in all; negative: receives
     */
    public record Hold(
            ReservationId id,
            ClientOrderId orderId,
            BodyHash body,
            OptionPackage legs,
            BigDecimal coinsPerLot,
            Usdc price,
            ActorRef<HoldReply> replyTo)
            implements Command {}

    /** Whether a hold would be granted now; answered like it, but nothing is held. */
    public record Weigh(Hold hold) implements Command {}

    /** What became of an order id; holds nothing. Answered like a hold, {@link Unused} when it is new. */
    public record Find(
            ReservationId id, ClientOrderId orderId, BodyHash body, ActorRef<HoldReply> replyTo)
            implements Command {}

    /** Let a hold go; harmless when it is gone. */
    public record ReleaseHold(ReservationId id) implements Command {}

    /** A Book's totals. */
    public record Report(AccountReport report) implements Command {}

    /** A movement of money that starts here; answered exactly once. */
    public sealed interface Request extends Command {
        /** Does it once, however often it is sent. */
        RequestId requestId();

        /** Who is answered. */
        ActorRef<Moved> replyTo();
    }

    /** Cash in, from outside. */
    public record Deposit(RequestId requestId, String by, Usdc amount, ActorRef<Moved> replyTo)
            implements Request {}

    /** Cash out, as far as nothing that is held or owed needs it. */
    public record Withdraw(RequestId requestId, String by, Usdc amount, ActorRef<Moved> replyTo)
            implements Request {}

    /** Read the account. */
    public record Summarise(ActorRef<Summary> replyTo) implements Command {}

    /** Name the state that the account's own journal makes. */
    public record Fingerprint(ActorRef<Fingerprinted> replyTo) implements Command {}

    /** Time passes. */
    enum Tick implements Command {
        NOW
    }

    /** The index has answered. */
    record Indexed(TradeIndex.Answer answer) implements Command {}

    /** Answer to {@link Hold} and {@link Find}. */
    public sealed interface HoldReply {
        /** The hold that was asked for. */
        ReservationId id();
    }

    /** Held, until the Book's report ends it or this incarnation does. */
    public record HoldGranted(ReservationId id, long accountIncarnation) implements HoldReply {}

    /** The order id led to this trade before. */
    public record AlreadyTraded(ReservationId id, Trade trade) implements HoldReply {}

    /** The order id is used with another body. */
    public record OrderIdReused(ReservationId id) implements HoldReply {}

    /** The order id is new. */
    public record Unused(ReservationId id) implements HoldReply {}

    /** Not held; nothing changed. */
    public record HoldRefused(
            ReservationId id, RefusalReason reason, SortedMap<String, Double> numbers)
            implements HoldReply {
        /** Copies the numbers. */
        public HoldRefused {
            numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
        }
    }

    /** Not now: the account is starting, or the same order id is on its way. */
    public record HoldLater(ReservationId id, String why) implements HoldReply {}

    /** Answer to {@link Deposit} and {@link Withdraw}. */
    public sealed interface Moved {}

    /** Done, now or when this request id was sent first. */
    public record MoneyMoved(RequestId requestId, Usdc amount) implements Moved {}

    /** Nothing was done. */
    public record MoneyRefused(
            RequestId requestId, RefusalReason reason, SortedMap<String, Double> numbers)
            implements Moved {
        /** Copies the numbers. */
        public MoneyRefused {
            numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
        }
    }

    /** Nothing was done; send it again. */
    public record MoneyLater(RequestId requestId, String why) implements Moved {}

    /** Whether it was done is unknown until the journal has been read again. */
    public record MoneyUnknown(RequestId requestId) implements Moved {}

    /**
     * Answer to {@link Fingerprint}.
     *
     * @param sequence events in its journal; 0 when it never moved money
     * @param entityHash hash of its journaled state
     */
    public record Fingerprinted(AccountId account, long sequence, String entityHash) {}

    /**
     * An account as its owner sees it.
     *
     * @param ready whether every Book has reported; the figures are incomplete before
     * @param cash settled, own journal and Books' totals
     * @param held what pending holds may cost at most
     * @param cover what the worst pay-offs of the positions and holds may cost at most
     * @param positions lots by contract
     */
    public record Summary(
            boolean ready,
            Usdc cash,
            Usdc held,
            Usdc cover,
            SortedMap<OptionContract, Long> positions) {
        /** Copies the positions. */
        public Summary {
            positions = Collections.unmodifiableSortedMap(new TreeMap<>(positions));
        }

        /** What may be withdrawn; negative when the account is short of cover. */
        public Usdc free() {
            return cash.minus(held).minus(cover);
        }
    }
}
