package io.dolim.book;

import io.dolim.capacity.Capacity;
import io.dolim.capacity.CapacityView;
import io.dolim.capacity.Moment;
import io.dolim.capacity.vector.InstrumentVectors;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.FeedGuard;
import io.dolim.quoting.market.GuardDecision;
import io.dolim.quoting.market.GuardStatus;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.quote.DisplayedQuotes;
import io.dolim.quoting.quote.Quoter;
import io.dolim.quoting.surface.SurfaceFit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The live market of one underlying: hears the feed through the guard, keeps index and surface, and
 * publishes what quotes are made of. Not persistent: a restart begins with the next ticks.
 *
 * <p>Talks to its Book (listing, index samples, what is held, vectors), to Capacity (registers every
 * second, freezes a market at {@code Prepare}, asks for a view at once when the index moved) and to
 * the {@link PricingBoard}. Silent towards Capacity while stopped, so that no view opens on a market
 * that is not known. Holds no position, quotes nothing itself.
 */
public final class Market extends AbstractBehavior<Market.Command> {

    /** What a Market is told. */
    public sealed interface Command {}

    /** From the feed, unguarded, in order. */
    public record Hear(FeedEvent event) implements Command {}

    /** An operator believes the index again after a move beyond the outer band. */
    public record LiftLatch(String by) implements Command {}

    private record FromCapacity(Capacity.ToMarket message) implements Command {}

    private record FromBook(SortedSet<OptionContract> held) implements Command {}

    private record Ordered(Book.Ordered outcome) implements Command {}

    private record Displayed(DisplayedQuotes quotes, long fits) implements Command {}

    private enum Beat implements Command {
        PUBLISH,
        DISPLAY,
        SECOND
    }

    /** What is worth telling: to logs, counters, and the wiring that steps a feed. */
    public sealed interface Note {
        /** Of which market. */
        Underlying underlying();
    }

    /** A chain was fitted, and quotes stand on it; or patience ended. The feed may step on. */
    public record ChainWorked(Underlying underlying, int number, Optional<PricingView> view)
            implements Note {}

    /** The guard changed its mind. */
    public record GuardTurned(
            Underlying underlying, long timeMs, GuardStatus before, GuardStatus after)
            implements Note {}

    /** The guard held an event. */
    public record EventHeld(Underlying underlying, GuardDecision.Held held) implements Note {}

    /** The chains gave no surface; the last one stands. */
    public record FitRefused(Underlying underlying, long timeMs, SurfaceFit.Refused flaw)
            implements Note {}

    /**
     * With whom a Market works.
     *
     * @param clock the feed's clock in {@code epochMs} and the process's monotonic one
     * @param notes called on the Market's thread; must not block
     * @param displayOn props of the child that computes displayed quotes: a bounded dispatcher
     */
    public record Ports(
            ActorRef<Book.Command> book,
            ActorRef<Capacity.Command> capacity,
            PricingBoard board,
            Supplier<Moment> clock,
            Consumer<Note> notes,
            Props displayOn) {}

    private static final long SETTLEMENT_WINDOW_MS = 1_800_000L;
    private static final long DAY_MS = 86_400_000L;
    private static final long EXPIRY_OF_DAY_MS = 8 * 3_600_000L;

    private final MarketRules rules;
    private final Ports ports;
    private final FeedGuard guard;
    private final Quoter quoter;
    private final TimerScheduler<Command> timers;
    private final ActorRef<Capacity.ToMarket> capacityEar;
    private final ActorRef<Capacity.ToBook> bookEar;
    private final ActorRef<Book.Held> heldEar;
    private final ActorRef<DisplayDesk.Compute> displayDesk;
    private final ActorRef<Displayed> displayedEar;
    private final MarketListing listing;

    private MarketState state;
    private Optional<CapacityView> pool = Optional.empty();
    private Optional<DisplayedQuotes> displayed = Optional.empty();
    private SortedSet<OptionContract> held = new TreeSet<>();
    private long lastView;
    private long publishedAtNs = Long.MIN_VALUE;
    private long displayedAtNs = Long.MIN_VALUE;
    private boolean displaying;
    private boolean chainsAreNew;
    private long chainAtNs;
    private double preparedIndex;
    private Optional<Waiting> waiting = Optional.empty();

    /** A chain whose quotes are awaited. */
    private record Waiting(int number, long fits, long sinceNs) {}

    /** The market of the underlying of the rules' contract. */
    public static Behavior<Command> create(MarketRules rules, Ports ports) {
        return Behaviors.setup(
                context ->
                        Behaviors.withTimers(timers -> new Market(context, timers, rules, ports)));
    }

    private Market(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            MarketRules rules,
            Ports ports) {
        super(context);
        this.rules = rules;
        this.ports = ports;
        this.timers = timers;
        this.guard = new FeedGuard(rules.contract().underlying(), rules.guard());
        this.quoter = new Quoter(rules.contract(), rules.quotes());
        this.state = MarketState.initial(rules.contract().underlying());
        this.capacityEar = context.messageAdapter(Capacity.ToMarket.class, FromCapacity::new);
        this.heldEar = context.messageAdapter(Book.Held.class, h -> new FromBook(h.contracts()));
        this.bookEar =
                context.spawn(
                        Behaviors.<Capacity.ToBook>receiveMessage(
                                message -> {
                                    ports.book().tell(new Book.FromCapacity(message));
                                    return Behaviors.same();
                                }),
                        "book-ear");
        this.displayDesk = context.spawn(DisplayDesk.create(), "display", ports.displayOn());
        this.displayedEar = context.getSelf().narrow();
        this.listing =
                new MarketListing(
                        rules,
                        ports.book(),
                        context.messageAdapter(Book.Ordered.class, Ordered::new));
        timers.startTimerWithFixedDelay(
                Beat.SECOND, Beat.SECOND, Duration.ZERO, Duration.ofSeconds(1));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onMessage(Command.class, this::on).build();
    }

    private Behavior<Command> on(Command command) {
        switch (command) {
            case Hear hear -> onEvent(hear.event());
            case LiftLatch _ -> onLiftLatch();
            case FromCapacity capacity -> onCapacity(capacity.message());
            case FromBook book -> held = book.held();
            case Ordered ordered -> listing.onOrdered(ordered.outcome());
            case Displayed ready -> onDisplayed(ready);
            case Beat.PUBLISH -> publish();
            case Beat.DISPLAY -> display();
            case Beat.SECOND -> onSecond();
        }
        return this;
    }

    private void onEvent(FeedEvent event) {
        Moment now = ports.clock().get();
        MarketState.Heard heard = state.on(guard, event, now.epochMs());
        state = heard.state();
        tell(heard, event, now);
        switch (heard.step().decision()) {
            case GuardDecision.IndexAccepted index -> onIndex(index);
            case GuardDecision.ChainAccepted _ -> onChain(now);
            case GuardDecision.Accepted accepted -> onAccepted(accepted.event(), now);
            case GuardDecision.Held _ -> {}
        }
        if (!heard.step().before().equals(heard.step().after())) {
            publish();
        }
    }

    private void tell(MarketState.Heard heard, FeedEvent event, Moment now) {
        if (heard.step().decision() instanceof GuardDecision.Held refused) {
            ports.notes().accept(new EventHeld(state.underlying(), refused));
        }
        GuardStatus before = heard.step().before();
        GuardStatus after = heard.step().after();
        if (!before.getClass().equals(after.getClass())) {
            ports.notes()
                    .accept(
                            new GuardTurned(
                                    state.underlying(),
                                    Math.min(event.timeMs(), now.epochMs()),
                                    before,
                                    after));
        }
    }

    private void onIndex(GuardDecision.IndexAccepted index) {
        long timeMs = index.event().timeMs();
        long untilExpiryMs = Math.floorMod(EXPIRY_OF_DAY_MS - timeMs, DAY_MS);
        if (untilExpiryMs <= SETTLEMENT_WINDOW_MS) {
            BigDecimal price =
                    new BigDecimal(index.consensusUsdc()).setScale(6, RoundingMode.HALF_EVEN);
            ports.book().tell(new Book.IndexSample(timeMs, price));
        }
        askForViewAfterMove(index.consensusUsdc());
        publishSoon();
    }

    private void askForViewAfterMove(double indexUsdc) {
        if (preparedIndex > 0.0 && Math.abs(indexUsdc / preparedIndex - 1.0) > rules.moveBound()) {
            preparedIndex = 0.0;
            ports.capacity().tell(Capacity.OpenView.NOW);
        }
    }

    private void onChain(Moment now) {
        chainsAreNew = true;
        chainAtNs = now.monotonicNs();
    }

    private void onAccepted(FeedEvent event, Moment now) {
        switch (event) {
            case FeedEvent.ChainEnd end -> {
                refit(now);
                waiting = Optional.of(new Waiting(end.number(), state.fits(), now.monotonicNs()));
                display();
            }
            case FeedEvent.InstrumentsListed _ -> listing.order(state.listed());
            case FeedEvent.IndexTick _,
                    FeedEvent.FutureTick _,
                    FeedEvent.ChainQuotes _,
                    FeedEvent.Halted _,
                    FeedEvent.Resumed _ ->
                    publishSoon();
        }
    }

    private void refit(Moment now) {
        chainsAreNew = false;
        state = state.refitted(now.epochMs(), rules.chainLagMs());
        state.fitFlaw()
                .ifPresent(
                        flaw ->
                                ports.notes()
                                        .accept(
                                                new FitRefused(
                                                        state.underlying(), now.epochMs(), flaw)));
        preparedIndex = 0.0;
        ports.capacity().tell(Capacity.OpenView.NOW);
        publish();
    }

    private void onLiftLatch() {
        state = state.lifted(guard);
        publish();
    }

    private void onCapacity(Capacity.ToMarket message) {
        switch (message) {
            case Capacity.Prepare prepare -> onPrepare(prepare);
            case Capacity.Published published -> {
                pool = Optional.of(published.view());
                publish();
            }
        }
    }

    private void onPrepare(Capacity.Prepare prepare) {
        long nowMs = ports.clock().get().epochMs();
        Optional<MarketSnapshot> frozen = state.snapshot(guard, nowMs);
        if (frozen.isEmpty() || !state.stopped(guard, nowMs).isEmpty()) {
            return;
        }
        SortedMap<OptionContract, InstrumentVectors> vectors = new TreeMap<>();
        for (OptionContract contract : held) {
            if (contract.expiry().epochMs() > frozen.get().timeMs()) {
                vectors.put(
                        contract, prepare.pricer().of(frozen.get(), rules.contract(), contract));
            }
        }
        preparedIndex = frozen.get().spotUsdc();
        ports.book()
                .tell(
                        new Book.Revalue(
                                prepare.viewNumber(), frozen.get(), prepare.pricer(), vectors));
    }

    private void onSecond() {
        Moment now = ports.clock().get();
        ports.capacity().tell(new Capacity.Register(state.underlying(), bookEar, capacityEar));
        ports.book().tell(new Book.WatchHoldings(heldEar));
        if (chainsAreNew && isPast(chainAtNs, rules.fitWaitMs(), now)) {
            refit(now);
        }
        state = state.withListed(listing.byRule(state, now.epochMs()), now.epochMs());
        listing.order(state.listed());
        waiting.filter(chain -> isPast(chain.sinceNs(), rules.chainPatienceMs(), now))
                .ifPresent(this::worked);
        publish();
    }

    private void publishSoon() {
        Moment now = ports.clock().get();
        if (isPast(publishedAtNs, rules.publishEveryMs(), now)) {
            publish();
        } else if (!timers.isTimerActive(Beat.PUBLISH)) {
            timers.startSingleTimer(
                    Beat.PUBLISH, Beat.PUBLISH, Duration.ofMillis(rules.publishEveryMs()));
        }
    }

    private void publish() {
        Moment now = ports.clock().get();
        Optional<MarketSnapshot> market = state.snapshot(guard, now.epochMs());
        if (market.isEmpty()) {
            return;
        }
        lastView++;
        publishedAtNs = now.monotonicNs();
        ports.board()
                .publish(
                        new PricingView(
                                lastView,
                                now.monotonicNs(),
                                market.get(),
                                pool,
                                state.stopped(guard, now.epochMs()),
                                state.listed(),
                                displayed.filter(_ -> isPoolFresh(now)),
                                quoter,
                                rules));
        displaySoon(now);
    }

    private void displaySoon(Moment now) {
        if (displaying || timers.isTimerActive(Beat.DISPLAY)) {
            return;
        }
        if (isPast(displayedAtNs, rules.displayEveryMs(), now)) {
            display();
        } else {
            timers.startSingleTimer(
                    Beat.DISPLAY, Beat.DISPLAY, Duration.ofMillis(rules.displayEveryMs()));
        }
    }

    private void display() {
        Moment now = ports.clock().get();
        Optional<MarketSnapshot> market = state.snapshot(guard, now.epochMs());
        if (displaying
                || market.isEmpty()
                || !isPoolFresh(now)
                || !state.stopped(guard, now.epochMs()).isEmpty()) {
            return;
        }
        displaying = true;
        displayedAtNs = now.monotonicNs();
        long fits = state.fits();
        displayDesk.tell(
                new DisplayDesk.Compute(
                        quoter,
                        market.get(),
                        pool.orElseThrow(),
                        state.listed(),
                        rules.bookSizes(),
                        quotes -> displayedEar.tell(new Displayed(quotes, fits))));
    }

    private void onDisplayed(Displayed ready) {
        displaying = false;
        displayed = Optional.of(ready.quotes());
        publish();
        boolean poolKnowsTheFit =
                ready.quotes().basis().charge() instanceof CapacityView view && knowsFit(view);
        waiting.filter(chain -> ready.fits() >= chain.fits() && poolKnowsTheFit)
                .ifPresent(this::worked);
    }

    private boolean knowsFit(CapacityView view) {
        return Optional.ofNullable(view.markets().get(state.underlying()))
                .flatMap(
                        frozen ->
                                state.fit()
                                        .map(fit -> frozen.timeMs() >= fit.surface().fixedAtMs()))
                .orElse(false);
    }

    private void worked(Waiting chain) {
        waiting = Optional.empty();
        ports.notes()
                .accept(
                        new ChainWorked(
                                state.underlying(),
                                chain.number(),
                                ports.board().latest(state.underlying())));
    }

    private boolean isPoolFresh(Moment now) {
        return pool.filter(view -> now.msSince(view.openedAt()) <= rules.viewStaleMs()).isPresent();
    }

    private static boolean isPast(long sinceNs, long waitMs, Moment now) {
        return sinceNs == Long.MIN_VALUE || now.monotonicNs() - sinceNs >= waitMs * 1_000_000L;
    }
}
