package io.dolim.api.venue;

import io.dolim.api.feed.Bounds;
import io.dolim.book.hedge.Venue;
import io.dolim.quoting.instrument.Underlying;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * A venue in this process: it owns a {@link SimulatedExchange}, lets it hear prices, and lets orders be
 * under way for as long as the exchange draws. What an outage keeps from being answered is answered at
 * the deadline: {@link Venue.Unknown} for an order, {@link Venue.Silent} for the rest.
 */
public final class SimulatedVenue extends AbstractBehavior<SimulatedVenue.Message> {

    /**
     * Its bounds.
     *
     * @param name of the venue, as the ledger tells it
     * @param answerMs what is not answered by then is answered for
     * @param hearMs prices are heard so often, and before each command
     * @param page trades, and payments, of one ledger
     * @param mostWaiting orders and questions under way at once
     */
    public record Settings(String name, long answerMs, long hearMs, int page, int mostWaiting) {

        /** @throws IllegalArgumentException naming the figure and the rule */
        public Settings {
            Bounds.within("answerMs", answerMs, 1, 600_000);
            Bounds.within("hearMs", hearMs, 1, 600_000);
            Bounds.within("page", page, 1, 10_000);
            Bounds.within("mostWaiting", mostWaiting, 1, 100_000);
        }
    }

    /** What it is told, by others and by its own timers. */
    sealed interface Message {}

    private record Asked(Venue.Command command) implements Message {}

    private record Arrived(long id) implements Message {}

    private record Overdue(long id) implements Message {}

    private record Hear() implements Message {}

    private final Settings settings;
    private final SimulatedExchange exchange;
    private final PriceSource prices;
    private final LongSupplier clockMs;
    private final TimerScheduler<Message> timers;
    private final Map<Long, Venue.Command> waiting = new HashMap<>();
    private final Map<Long, Venue.Trade> underWay = new HashMap<>();
    private long lastId;

    /**
     * The behaviour.
     *
     * @param exchange not touched by anybody else from now on
     * @param clockMs the exchange's clock, milliseconds since 1970
     */
    public static Behavior<Venue.Command> create(
            Settings settings,
            SimulatedExchange exchange,
            PriceSource prices,
            LongSupplier clockMs) {
        Behavior<Message> venue =
                Behaviors.setup(
                        context ->
                                Behaviors.withTimers(
                                        timers ->
                                                new SimulatedVenue(
                                                        context, timers, settings, exchange, prices,
                                                        clockMs)));
        return Behaviors.transformMessages(
                Venue.Command.class,
                venue,
                matched -> matched.match(Venue.Command.class, Asked::new));
    }

    private SimulatedVenue(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            Settings settings,
            SimulatedExchange exchange,
            PriceSource prices,
            LongSupplier clockMs) {
        super(context);
        this.settings = settings;
        this.exchange = exchange;
        this.prices = prices;
        this.clockMs = clockMs;
        this.timers = timers;
        Duration every = Duration.ofMillis(settings.hearMs());
        timers.startTimerWithFixedDelay(new Hear(), every);
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder().onMessage(Message.class, this::onMessage).build();
    }

    private Behavior<Message> onMessage(Message message) {
        switch (message) {
            case Asked asked -> onAsked(asked.command());
            case Arrived arrived -> onArrived(arrived.id());
            case Overdue overdue -> onOverdue(overdue.id());
            case Hear _ -> hear();
        }
        return this;
    }

    private void hear() {
        PriceSource.catchUp(exchange, prices, clockMs.getAsLong());
    }

    private void onAsked(Venue.Command command) {
        if (command instanceof Venue.Remember remember) {
            if (exchange.lists(remember.underlying())) {
                exchange.restore(remember.underlying(), remember.book());
            }
            return;
        }
        if (Math.max(waiting.size(), underWay.size()) >= settings.mostWaiting()) {
            refuse(command, "mostWaiting=" + settings.mostWaiting());
            return;
        }
        hear();
        long id = ++lastId;
        waiting.put(id, command);
        timers.startSingleTimer(
                new Overdue(id), new Overdue(id), Duration.ofMillis(settings.answerMs()));
        switch (command) {
            case Venue.Trade trade -> send(id, trade);
            case Venue.Transfer transfer -> transfer(id, transfer);
            case Venue.AskLedger ask ->
                    tell(id, ask.replyTo(), ask.underlying(), () -> ledger(ask));
            case Venue.AskDepth ask ->
                    tell(
                            id,
                            ask.replyTo(),
                            ask.underlying(),
                            () -> exchange.depth(settings.name(), ask.underlying()));
            case Venue.Remember _ -> done(id);
        }
    }

    private void send(long id, Venue.Trade trade) {
        underWay.put(id, trade);
        long latencyMs = exchange.latencyMs();
        if (latencyMs == 0) {
            onArrived(id);
        } else {
            timers.startSingleTimer(new Arrived(id), new Arrived(id), Duration.ofMillis(latencyMs));
        }
    }

    private void transfer(long id, Venue.Transfer transfer) {
        if (isOut(Outage.Kind.SILENT)) {
            return;
        }
        ExchangeAnswer answer = exchange.transfer(transfer.amount(), transfer.label());
        if (!isOut(Outage.Kind.ANSWERS_LOST)) {
            done(id);
            transfer.replyTo().tell(told(transfer, answer));
        }
    }

    private Venue.Told told(Venue.Transfer transfer, ExchangeAnswer answer) {
        return answer instanceof ExchangeAnswer.Refused no
                ? silent(no.reason() + " " + no.detail())
                : new Venue.Transferred(settings.name(), transfer.label());
    }

    private Venue.Ledger ledger(Venue.AskLedger ask) {
        return exchange.ledger(
                settings.name(),
                ask.underlying(),
                ask.afterTrade(),
                ask.afterPayment(),
                settings.page());
    }

    private void tell(
            long id,
            ActorRef<Venue.Told> replyTo,
            Underlying underlying,
            Supplier<Venue.Told> answer) {
        if (isOut(Outage.Kind.SILENT) || isOut(Outage.Kind.ANSWERS_LOST)) {
            return;
        }
        done(id);
        if (isOut(Outage.Kind.REFUSES)) {
            replyTo.tell(silent("down"));
        } else if (!exchange.lists(underlying)) {
            replyTo.tell(silent("underlying=" + underlying + " is not traded"));
        } else if (exchange.markUsdc(underlying) == 0) {
            // what is held has no value yet
            replyTo.tell(silent("underlying=" + underlying + " has no price yet"));
        } else {
            replyTo.tell(answer.get());
        }
    }

    private boolean isOut(Outage.Kind kind) {
        return exchange.outage().filter(kind::equals).isPresent();
    }

    private void onArrived(long id) {
        Venue.Trade trade = underWay.remove(id);
        if (trade == null) {
            return;
        }
        hear();
        if (isOut(Outage.Kind.SILENT)) {
            return;
        }
        ExchangeAnswer answer = exchange.trade(trade.order());
        if (!isOut(Outage.Kind.ANSWERS_LOST) && waiting.containsKey(id)) {
            done(id);
            trade.replyTo().tell(traded(trade, answer));
        }
    }

    private static Venue.Traded traded(Venue.Trade trade, ExchangeAnswer answer) {
        String label = trade.order().label();
        return switch (answer) {
            case ExchangeAnswer.Taken taken -> new Venue.Filled(label, taken.order().fills());
            case ExchangeAnswer.Refused no ->
                    new Venue.Rejected(label, no.reason() + " " + no.detail());
            case ExchangeAnswer.Moved _ ->
                    throw new IllegalStateException("an order is no transfer: " + trade);
        };
    }

    private void done(long id) {
        waiting.remove(id);
        timers.cancel(new Overdue(id));
    }

    /** The order may still arrive and be traded; its sender knows that it is unknown. */
    private void onOverdue(long id) {
        Venue.Command late = waiting.remove(id);
        if (late instanceof Venue.Trade trade) {
            trade.replyTo()
                    .tell(
                            new Venue.Unknown(
                                    trade.order().label(), "answerMs=" + settings.answerMs()));
        } else if (late != null) {
            refuse(late, "answerMs=" + settings.answerMs());
        }
    }

    private void refuse(Venue.Command command, String why) {
        switch (command) {
            case Venue.Trade trade ->
                    trade.replyTo().tell(new Venue.Rejected(trade.order().label(), why));
            case Venue.AskLedger ask -> ask.replyTo().tell(silent(why));
            case Venue.AskDepth ask -> ask.replyTo().tell(silent(why));
            case Venue.Transfer ask -> ask.replyTo().tell(silent(why));
            case Venue.Remember _ -> {}
        }
    }

    private Venue.Silent silent(String why) {
        return new Venue.Silent(settings.name(), why);
    }
}
