package io.dolim.book;

import io.dolim.book.order.OrderBoard;
import io.dolim.book.order.OrderTerms;
import io.dolim.book.order.RestingOrder;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BodyHash;
import io.dolim.book.trade.FirmQuote;
import io.dolim.book.trade.OrderId;
import io.dolim.book.trade.QuoteToken;
import io.dolim.book.trade.RefusalReason;
import io.dolim.capacity.Moment;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.quote.Quote;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Sees when the pool's own price comes to a resting order of one underlying, and accepts that price for the
 * order's taker, by the same way as he would. Owns nothing that must survive it: orders hang on the board, the
 * Book judges once more and fills an order once. Never prices otherwise than for anybody.
 */
public final class Matcher extends AbstractBehavior<Matcher.Command> {

    /** After these the order cannot be filled as it is: it ends with the reason. All others may pass. */
    private static final Set<RefusalReason> ENDING =
            EnumSet.of(
                    RefusalReason.INSUFFICIENT_FUNDS,
                    RefusalReason.UNCOVERED,
                    RefusalReason.ACCOUNT_LIMIT,
                    RefusalReason.SIZE_OUT_OF_BOUNDS,
                    RefusalReason.NOT_REDUCING);

    /**
     * What a Matcher reaches.
     *
     * @param quoteIds never the same twice within a boot
     * @param clock both clocks
     */
    public record Ports(
            ActorRef<Book.Command> book,
            OrderBoard orders,
            PricingBoard views,
            QuoteToken seal,
            Supplier<String> quoteIds,
            Supplier<Moment> clock) {}

    /** What a Matcher is told. */
    public sealed interface Command {}

    /** Look at an order now, and answer when nothing of it is on its way. */
    public record Try(OrderId id, ActorRef<Tried> replyTo) implements Command {}

    /** Answer to {@link Try}: what became of it hangs on the board. */
    public record Tried(OrderId id) {}

    /** A view was published. */
    private enum Published implements Command {
        NOW
    }

    /** It may look again. */
    private enum Rested implements Command {
        NOW
    }

    private record Changed(List<OrderId> ids) implements Command {}

    private record Answered(OrderId id, Optional<Book.Reply> reply) implements Command {}

    private record Ended(OrderId id) implements Command {}

    private record Flight(AccountId account, List<ActorRef<Tried>> waiting) {}

    /** A view on which an order was tried as it was after so many amendments. */
    private record Attempt(long view, long amendments) {}

    private final Underlying underlying;
    private final MatcherSettings settings;
    private final Ports ports;
    private final TimerScheduler<Command> timers;
    private final SortedMap<OrderId, Flight> flights = new TreeMap<>();
    private final SortedMap<OrderId, Attempt> attempts = new TreeMap<>();
    private boolean resting;
    private boolean again;

    private Matcher(
            Underlying underlying,
            MatcherSettings settings,
            Ports ports,
            TimerScheduler<Command> timers,
            ActorContext<Command> context) {
        super(context);
        this.underlying = underlying;
        this.settings = settings;
        this.ports = ports;
        this.timers = timers;
    }

    /** A Matcher; after a fault it begins again with what hangs on the board. */
    public static Behavior<Command> create(
            Underlying underlying, MatcherSettings settings, Ports ports) {
        return Behaviors.setup(
                context -> {
                    ActorRef<Command> self = context.getSelf();
                    var _ =
                            ports.views()
                                    .subscribe(
                                            view -> {
                                                if (view.underlying().equals(underlying)) {
                                                    self.tell(Published.NOW);
                                                }
                                            });
                    var _ =
                            ports.orders()
                                    .subscribe(
                                            news -> {
                                                if (news.underlying().equals(underlying)) {
                                                    self.tell(changed(news));
                                                }
                                            });
                    return Behaviors.supervise(
                                    Behaviors.<Command>withTimers(
                                            timers ->
                                                    Behaviors.setup(
                                                            inner ->
                                                                    new Matcher(
                                                                            underlying,
                                                                            settings,
                                                                            ports,
                                                                            timers,
                                                                            inner))))
                            .onFailure(RuntimeException.class, SupervisorStrategy.restart());
                });
    }

    private static Changed changed(OrderBoard.News news) {
        return new Changed(
                news.changed().stream()
                        .filter(RestingOrder::isOpen)
                        .map(RestingOrder::id)
                        .toList());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Published.class, _ -> onPublished())
                .onMessage(Rested.class, _ -> onRested())
                .onMessage(Changed.class, this::onChanged)
                .onMessage(Try.class, this::onTry)
                .onMessage(Answered.class, this::onAnswered)
                .onMessage(Ended.class, ended -> landed(ended.id()))
                .build();
    }

    private Behavior<Command> onPublished() {
        if (resting) {
            again = true;
        } else {
            look();
        }
        return this;
    }

    private Behavior<Command> onRested() {
        resting = false;
        if (again) {
            look();
        }
        return this;
    }

    private void look() {
        again = false;
        resting = true;
        timers.startSingleTimer(Rested.NOW, settings.lookEvery());
        SortedMap<Long, RestingOrder> open = ports.orders().of(underlying).open();
        attempts.keySet().removeIf(id -> !open.containsKey(id.number()));
        ports.views()
                .latest(underlying)
                .ifPresent(view -> open.values().forEach(order -> consider(view, order)));
    }

    private Behavior<Command> onChanged(Changed changed) {
        changed.ids().forEach(this::lookAt);
        return this;
    }

    private Behavior<Command> onTry(Try asked) {
        lookAt(asked.id());
        Flight flight = flights.get(asked.id());
        if (flight == null) {
            asked.replyTo().tell(new Tried(asked.id()));
        } else {
            flight.waiting().add(asked.replyTo());
        }
        return this;
    }

    private void lookAt(OrderId id) {
        Optional<PricingView> view = ports.views().latest(underlying);
        Optional<RestingOrder> order = ports.orders().open(id);
        if (view.isPresent() && order.isPresent()) {
            consider(view.get(), order.get());
        }
    }

    private void consider(PricingView view, RestingOrder order) {
        Attempt attempt = new Attempt(view.number(), order.amendments());
        if (flights.containsKey(order.id()) || attempt.equals(attempts.get(order.id()))) {
            return;
        }
        Optional<Quote.Quoted> reached =
                reached(view, order.terms(), ports.clock().get().monotonicNs());
        if (reached.isEmpty()) {
            return;
        }
        if (isFull(order.account())) {
            again = true;
            return;
        }
        attempts.put(order.id(), attempt);
        accept(view, order, reached.get());
    }

    /**
     * The pool's price of the whole order on a view, when it is within the limit. A pure function of both. The
     * bound of the displayed quotes, below which no price is, spares the pricing of most that are far away.
     */
    static Optional<Quote.Quoted> reached(PricingView view, OrderTerms terms, long nowNs) {
        try {
            if (view.silence(nowNs).isPresent()
                    || view.leastOfDisplayedUsdc(terms.legs())
                            > terms.mostUsdc(view.quoter().spec()).doubleValue()) {
                return Optional.empty();
            }
            return view.quote(terms.legs(), nowNs) instanceof Quote.Quoted quoted
                            && terms.allows(quoted.price(), view.quoter().spec())
                    ? Optional.of(quoted)
                    : Optional.empty();
        } catch (IllegalArgumentException | ArithmeticException unpriceable) {
            return Optional.empty();
        }
    }

    private boolean isFull(AccountId account) {
        long own = flights.values().stream().filter(f -> f.account().equals(account)).count();
        return flights.size() >= settings.mostInFlight() || own >= settings.mostInFlightOfAccount();
    }

    private void accept(PricingView view, RestingOrder order, Quote.Quoted quoted) {
        FirmQuote promise =
                view.promise(
                        ports.quoteIds().get(), ports.seal().bootId(), order.account(), quoted);
        String token = ports.seal().seal(promise);
        flights.put(order.id(), new Flight(order.account(), new ArrayList<>()));
        getContext()
                .ask(
                        Book.Reply.class,
                        ports.book(),
                        settings.answerWithin(),
                        (ActorRef<Book.Reply> replyTo) ->
                                new Book.AcceptQuote(
                                        token,
                                        order.account(),
                                        order.id().asOrderId(),
                                        // one name, one wish, however often it is amended
                                        BodyHash.of(order.id().toString()),
                                        Conditions.filling(order.id()),
                                        replyTo),
                        (reply, failure) -> new Answered(order.id(), Optional.ofNullable(reply)));
    }

    private Behavior<Command> onAnswered(Answered answered) {
        Optional<String> why = answered.reply().flatMap(Matcher::whyItEnds);
        Flight flight = flights.get(answered.id());
        if (why.isEmpty() || flight == null) {
            return landed(answered.id());
        }
        getContext()
                .ask(
                        OrderReply.class,
                        ports.book(),
                        settings.answerWithin(),
                        (ActorRef<OrderReply> replyTo) ->
                                new OrderRequest.Reject(
                                        flight.account(), answered.id(), why.get(), replyTo),
                        (reply, failure) -> new Ended(answered.id()));
        return this;
    }

    private static Optional<String> whyItEnds(Book.Reply reply) {
        return switch (reply) {
            case Book.Refused refused when ENDING.contains(refused.reason()) ->
                    Optional.of(refused.reason().code());
            // a trade of before the order's day has its name: it can never be filled
            case Book.Conflict _ -> Optional.of("order_id_used");
            case Book.Refused _, Book.Filled _, Book.Retry _, Book.OutcomeUnknown _ ->
                    Optional.empty();
        };
    }

    private Behavior<Command> landed(OrderId id) {
        Flight flight = flights.remove(id);
        if (flight != null) {
            flight.waiting().forEach(waiting -> waiting.tell(new Tried(id)));
        }
        return this;
    }
}
