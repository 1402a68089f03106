package io.dolim.api.venue;

import io.dolim.book.hedge.PerpetualSpec;
import io.dolim.book.hedge.Venue;
import io.dolim.book.hedge.VenueOrder;
import io.dolim.book.hedge.VenuePayment;
import io.dolim.quoting.instrument.Underlying;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * A venue behind Deribit's protocol, over one WebSocket after another ({@link DeribitSession}).
 *
 * <p>Every command is answered once. An order that was never sent is rejected; one that was sent and
 * not answered is unknown and stands in the ledger under its label, if it was traded. A label that was
 * filled or is unknown is never sent again by this actor; Deribit itself takes labels for tags.
 */
public final class DeribitVenue extends AbstractBehavior<DeribitVenue.Message> {

    private static final Duration TICK = Duration.ofMillis(20);
    private static final int DEPTH = 100;

    /** What it is told, by others, by its connection and by its own timers. */
    sealed interface Message {}

    private record Asked(Venue.Command command) implements Message {}

    private record Task(Runnable task) implements Message {}

    private final DeribitVenueSettings settings;
    private final DeribitSession session;
    private final SentLabels labels;
    private long lastPayment;
    private long lastPaymentMs;

    /** The behaviour. */
    public static Behavior<Venue.Command> create(DeribitVenueSettings settings) {
        Behavior<Message> venue =
                Behaviors.setup(
                        context ->
                                Behaviors.withTimers(
                                        timers -> new DeribitVenue(context, timers, settings)));
        return Behaviors.transformMessages(
                Venue.Command.class,
                venue,
                matched -> matched.match(Venue.Command.class, Asked::new));
    }

    private DeribitVenue(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            DeribitVenueSettings settings) {
        super(context);
        this.settings = settings;
        this.labels = new SentLabels(settings.mostLabels());
        ActorRef<Message> self = context.getSelf();
        this.session =
                new DeribitSession(
                        settings,
                        new DeribitSession.Owner() {
                            @Override
                            public void run(Runnable task) {
                                self.tell(new Task(task));
                            }

                            @Override
                            public void after(String key, Duration delay, Runnable task) {
                                timers.startSingleTimer(key, new Task(task), delay);
                            }
                        });
        timers.startTimerWithFixedDelay("tick", new Task(session::tick), TICK);
        session.connect();
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Asked.class, this::onAsked)
                .onMessage(Task.class, this::onTask)
                .onSignal(PostStop.class, _ -> onStop())
                .build();
    }

    private Behavior<Message> onTask(Task task) {
        task.task().run();
        return this;
    }

    private Behavior<Message> onStop() {
        session.stop();
        return this;
    }

    private Behavior<Message> onAsked(Asked asked) {
        switch (asked.command()) {
            case Venue.Trade trade -> trade(trade);
            case Venue.AskLedger ask ->
                    listed(ask.underlying(), ask.replyTo()).ifPresent(spec -> ledger(ask, spec));
            case Venue.AskDepth ask ->
                    listed(ask.underlying(), ask.replyTo()).ifPresent(spec -> depth(ask, spec));
            case Venue.Transfer transfer -> transfer(transfer);
            case Venue.Remember _ -> {
                // the endpoint keeps its own ledger
            }
        }
        return this;
    }

    private Optional<PerpetualSpec> listed(Underlying underlying, ActorRef<Venue.Told> replyTo) {
        Optional<String> why = session.unable(underlying);
        if (why.isPresent()) {
            replyTo.tell(silent(why.get()));
            return Optional.empty();
        }
        return Optional.ofNullable(settings.specs().get(underlying));
    }

    private Venue.Silent silent(String why) {
        return new Venue.Silent(settings.name(), why);
    }

    private void trade(Venue.Trade trade) {
        VenueOrder order = trade.order();
        Optional<Venue.Traded> before = labels.before(order);
        Optional<String> unable = session.unable(order.underlying());
        PerpetualSpec spec = settings.specs().get(order.underlying());
        if (before.isPresent()) {
            trade.replyTo().tell(before.get());
        } else if (unable.isPresent() || spec == null) {
            trade.replyTo().tell(new Venue.Rejected(order.label(), unable.orElse("not traded")));
        } else {
            labels.sent(order);
            session.order(
                    order.lots() > 0 ? "private/buy" : "private/sell",
                    OrderWire.params(session.params(), order, spec),
                    answer -> {
                        Venue.Traded traded = OrderWire.traded(answer, order, spec);
                        labels.answered(order, traded);
                        trade.replyTo().tell(traded);
                        if (OrderWire.isUnauthorised(answer)) {
                            session.lose("an order was refused as unauthorised");
                        }
                    });
        }
    }

    private void ledger(Venue.AskLedger ask, PerpetualSpec spec) {
        long fromMs = ask.afterPayment() == lastPayment ? lastPaymentMs : 0;
        LedgerReading.Scope scope =
                new LedgerReading.Scope(
                        settings.name(), spec, settings.page(), settings.logPages(), fromMs);
        new LedgerReading(scope, ask, session, told -> told(ask, told)).start();
    }

    private void told(Venue.AskLedger ask, Venue.Told told) {
        if (told instanceof Venue.Ledger ledger && !ledger.payments().isEmpty()) {
            VenuePayment last = ledger.payments().getLast();
            lastPayment = last.sequence();
            lastPaymentMs = last.epochMs();
        }
        ask.replyTo().tell(told);
    }

    private void depth(Venue.AskDepth ask, PerpetualSpec spec) {
        session.question(
                "public/get_order_book",
                session.params().put("instrument_name", spec.instrument()).put("depth", DEPTH),
                answer -> ask.replyTo().tell(depth(answer, spec)));
    }

    private Venue.Told depth(VenueCalls.Answer answer, PerpetualSpec spec) {
        return switch (answer) {
            case VenueCalls.Answer.Lost lost -> silent(lost.why());
            case VenueCalls.Answer.Refused refused -> silent(refused.toString());
            case VenueCalls.Answer.Result result -> {
                try {
                    yield new Venue.Depth(
                            settings.name(),
                            spec.underlying(),
                            DeribitReader.levels(result.body().path("bids"), spec),
                            DeribitReader.levels(result.body().path("asks"), spec),
                            session.takerFee(spec.underlying()));
                } catch (DeribitReader.Unfit unfit) {
                    yield silent("unreadable: " + unfit.getMessage());
                }
            }
        };
    }

    /** Between the owner's accounts at the venue; the nonce makes the venue do it once for each label. */
    private void transfer(Venue.Transfer transfer) {
        if (!session.isReady() || transfer.amount().signum() == 0) {
            String why = session.isReady() ? "amount=0" : "not connected";
            transfer.replyTo().tell(silent(why));
            return;
        }
        boolean in = transfer.amount().signum() > 0;
        session.question(
                "private/submit_transfer_between_subaccounts",
                session.params()
                        .put("currency", "USDC")
                        .put("amount", transfer.amount().toDecimal().abs())
                        .put("source", in ? settings.purse() : settings.account())
                        .put("destination", in ? settings.account() : settings.purse())
                        .put("nonce", "transfer-" + transfer.label()),
                answer -> transfer.replyTo().tell(transferred(answer, transfer)));
    }

    private Venue.Told transferred(VenueCalls.Answer answer, Venue.Transfer transfer) {
        return switch (answer) {
            case VenueCalls.Answer.Result _ ->
                    new Venue.Transferred(settings.name(), transfer.label());
            case VenueCalls.Answer.Refused refused -> silent(refused.toString());
            case VenueCalls.Answer.Lost lost -> silent(lost.why());
        };
    }
}
