package io.dolim.book;

import io.dolim.book.tape.TapeRecorder;
import io.dolim.capacity.Capacity;
import io.dolim.capacity.CapacityView;
import io.dolim.capacity.Moment;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.FeedGuard;
import io.dolim.quoting.market.GuardDecision;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.quote.Quoter;
import io.dolim.quoting.surface.SurfaceFit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
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
 * <p>Talks to its {@link Latch} (nothing is quoted before that has said how it stands), its Book (listing, index samples, what is held, vectors), to Capacity (registers every
 * second, freezes a market at {@code Prepare}, asks for a view at once when the index moved) and to
 * the {@link PricingBoard}. Tells Capacity while it is stopped, so that a view is opened without it. Holds no position, quotes nothing itself.
 */
public final class Market extends AbstractBehavior<Market.Command> {

    /** What a Market is told. */
    public sealed interface Command {}

    /** From the feed, unguarded, in order. */
    public record Hear(FeedEvent event) implements Command {}

    /** Answer when everything that was told before is worked off: how a stepping feed is kept in step. */
    public record Await(ActorRef<WorkedOff> replyTo) implements Command {}

    /** Answer to {@link Await}. */
    public enum WorkedOff {
        /** The only one. */
        NOW
    }

    private record FromCapacity(Capacity.ToMarket message) implements Command {}

    private record FromLatch(Latch.Standing standing) implements Command {}

    private record FromBook(SortedSet<OptionContract> held) implements Command {}

    private record Ordered(Book.Ordered outcome) implements Command {}

    private record Displayed(DisplayDesk.Batch batch, long fits) implements Command {}

    private enum Beat implements Command {
        PUBLISH,
        DISPLAY,
        SECOND
    }

    /**
     * With whom a Market works.
     *
     * @param tape gathers what is heard; this Market's alone
     * @param clock the feed's clock in {@code epochMs} and the process's monotonic one
     * @param notes called on the Market's thread; must not block
     * @param displayOn props of the child that computes displayed quotes: a bounded dispatcher
     */
    public record Ports(
            ActorRef<Book.Command> book,
            ActorRef<Latch.Command> latch,
            TapeRecorder tape,
            ActorRef<Capacity.Command> capacity,
            PricingBoard board,
            Supplier<Moment> clock,
            Consumer<MarketNote> notes,
            Props displayOn) {}

    private final MarketRules rules;
    private final Ports ports;
    private final FeedGuard guard;
    private final ViewPress press;
    private final TimerScheduler<Command> timers;
    private final ActorRef<Capacity.ToMarket> capacityEar;
    private final ActorRef<Capacity.ToBook> bookEar;
    private final ActorRef<Book.Held> heldEar;
    private final ActorRef<Displayed> displayedEar;
    private final MarketDisplay display;
    private final MarketListing listing;
    private final MarketLatch latch;
    private final MarketTurns turns;
    private final ViewRequests viewRequests;

    private MarketState state;
    private Optional<CapacityView> pool = Optional.empty();
    private SortedSet<OptionContract> held = new TreeSet<>();
    private boolean chainsAreNew;
    private long chainAtNs;
    private Optional<AwaitedChain> waiting = Optional.empty();

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
        Quoter quoter = new Quoter(rules.contract(), rules.quotes());
        this.press = new ViewPress(rules, guard, quoter, ports.board());
        this.state = MarketState.initial(rules.contract().underlying(), rules.premium());
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
        this.display =
                new MarketDisplay(
                        rules,
                        quoter,
                        ports.clock(),
                        context.spawn(DisplayDesk.create(), "display", ports.displayOn()));
        this.displayedEar = context.getSelf().narrow();
        this.listing =
                new MarketListing(
                        rules,
                        ports.book(),
                        context.messageAdapter(Book.Ordered.class, Ordered::new));
        this.viewRequests = new ViewRequests(ports.capacity(), rules.moveBound());
        this.turns = new MarketTurns(state.underlying(), guard, ports.notes());
        this.latch =
                new MarketLatch(
                        ports.latch(),
                        context.messageAdapter(Latch.Standing.class, FromLatch::new),
                        turns);
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
            case Await await -> await.replyTo().tell(WorkedOff.NOW);
            case FromCapacity capacity -> onCapacity(capacity.message());
            case FromLatch told -> onLatch(told.standing());
            case FromBook book -> held = book.held();
            case Ordered ordered -> listing.onOrdered(ordered.outcome(), state.listed());
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
        ports.tape().heard(heard.step().decision(), now.epochMs());
        switch (heard.step().decision()) {
            case GuardDecision.IndexAccepted index -> onIndex(index);
            case GuardDecision.ChainAccepted _ -> onChain(now);
            case GuardDecision.Accepted accepted -> onAccepted(accepted.event(), now);
            case GuardDecision.Held refused ->
                    note(new MarketNote.EventHeld(state.underlying(), refused));
        }
        if (turns.look(state, now, Optional.of(heard.step()))) {
            latch.report(state, guard, now);
            publish();
        }
    }

    private void onIndex(GuardDecision.IndexAccepted index) {
        SettlementWindow.sample(index).ifPresent(ports.book()::tell);
        viewRequests.index(index.consensusUsdc());
        publishSoon();
    }

    private void onChain(Moment now) {
        chainsAreNew = true;
        chainAtNs = now.monotonicNs();
    }

    private void onAccepted(FeedEvent event, Moment now) {
        switch (event) {
            case FeedEvent.ChainEnd end -> {
                refit(now);
                waiting =
                        Optional.of(
                                new AwaitedChain(
                                        end.number(), state.fits().tries(), now.monotonicNs()));
                state = listing.listed(state, now.epochMs());
                displaySoon(now);
            }
            case FeedEvent.InstrumentsListed _ -> state = listing.listed(state, now.epochMs());
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
        MarketState refitted = state.refitted(now.epochMs(), rules.chainLagMs(), rules.keep());
        if (!refitted.fit().equals(state.fit())) {
            refitted.fit().ifPresent(fit -> ports.tape().fitted(fit.surface(), now.epochMs()));
        }
        state = refitted;
        Optional<SurfaceFit.Refused> flaw = state.fits().flaw();
        flaw.map(why -> new MarketNote.FitRefused(state.underlying(), now.epochMs(), why))
                .ifPresent(this::note);
        viewRequests.now();
        publish();
    }

    private void onLatch(Latch.Standing standing) {
        boolean wasUnknown = !latch.unknown().isEmpty();
        state = latch.onStanding(state, guard, standing);
        Moment now = ports.clock().get();
        if (turns.look(state, now, Optional.empty()) || wasUnknown) {
            latch.report(state, guard, now);
            publish();
        }
    }

    /** Why nothing may be quoted now; empty when it may. */
    private List<String> stopped(Moment now) {
        List<String> reasons = new ArrayList<>(latch.unknown());
        reasons.addAll(state.stopped(guard, now.epochMs()));
        return reasons;
    }

    private void onCapacity(Capacity.ToMarket message) {
        switch (message) {
            case Capacity.Prepare prepare -> onPrepare(prepare);
            case Capacity.Published published -> {
                pool = Optional.of(published.view());
                publish();
            }
            case Capacity.Outdated outdated -> onOutdated(outdated.rules());
        }
    }

    /** Acknowledged once the board shows no view of the pool under older rules. */
    private void onOutdated(long rules) {
        pool = pool.filter(view -> view.rules() >= rules);
        display.outdated(rules);
        publish();
        Capacity.Party self = new Capacity.Party(Capacity.Party.Side.MARKET, state.underlying());
        ports.capacity().tell(new Capacity.Acknowledge(self, rules));
    }

    private void onPrepare(Capacity.Prepare prepare) {
        Moment now = ports.clock().get();
        Optional<MarketSnapshot> frozen = state.snapshot(guard, now.epochMs());
        if (frozen.isEmpty() || !stopped(now).isEmpty()) {
            cannotFreeze(prepare);
            return;
        }
        try {
            ports.book().tell(FrozenVectors.of(prepare, frozen.get(), rules.contract(), held));
            viewRequests.frozen(frozen.get().spotUsdc());
        } catch (IllegalArgumentException noVectors) {
            // fails closed: a market whose vectors are unknown counts as stopped
            note(new MarketNote.Unpriceable(state.underlying(), "vectors", noVectors.toString()));
            cannotFreeze(prepare);
        }
    }

    private void cannotFreeze(Capacity.Prepare asked) {
        ports.capacity().tell(new Capacity.MarketStopped(state.underlying(), asked.viewNumber()));
    }

    private void onSecond() {
        Moment now = ports.clock().get();
        turns.look(state, now, Optional.empty());
        ports.tape().until(now.epochMs());
        latch.watch();
        latch.report(state, guard, now);
        ports.capacity().tell(new Capacity.Register(state.underlying(), bookEar, capacityEar));
        ports.book().tell(new Book.WatchHoldings(heldEar));
        if (chainsAreNew && isPast(chainAtNs, rules.fitWaitMs(), now)) {
            refit(now);
        }
        state = listing.listed(state, now.epochMs());
        waiting.filter(chain -> isPast(chain.sinceNs(), rules.chainPatienceMs(), now))
                .ifPresent(this::worked);
        publish();
    }

    private void publishSoon() {
        Moment now = ports.clock().get();
        if (press.isDue(now)) {
            publish();
        } else if (!timers.isTimerActive(Beat.PUBLISH)) {
            timers.startSingleTimer(
                    Beat.PUBLISH, Beat.PUBLISH, Duration.ofMillis(rules.publishEveryMs()));
        }
    }

    private void publish() {
        Moment now = ports.clock().get();
        if (press.publish(
                state, stopped(now), pool, display.current().filter(_ -> isPoolFresh(now)), now)) {
            displaySoon(now);
        }
    }

    /** A batch when one is due; at once while a chain is awaited, but not on a pool that is behind it. */
    private void displaySoon(Moment now) {
        if (display.isBusy() || (waiting.isPresent() && !knowsFit())) {
            return;
        }
        if (waiting.isPresent() || display.restMs(now) == 0) {
            display();
        } else if (!timers.isTimerActive(Beat.DISPLAY)) {
            timers.startSingleTimer(
                    Beat.DISPLAY, Beat.DISPLAY, Duration.ofMillis(display.restMs(now)));
        }
    }

    private void display() {
        Moment now = ports.clock().get();
        Optional<MarketSnapshot> market = state.snapshot(guard, now.epochMs());
        if (display.isBusy() || market.isEmpty() || !isPoolFresh(now) || !stopped(now).isEmpty()) {
            return;
        }
        long fits = state.fits().tries();
        display.compute(
                market.get(),
                pool.orElseThrow(),
                state.listed(),
                batch -> displayedEar.tell(new Displayed(batch, fits)));
    }

    private void onDisplayed(Displayed ready) {
        display.onBatch(ready.batch());
        note(ready.batch().note(state.underlying()));
        Optional<AwaitedChain> stoodUp =
                waiting.filter(chain -> chain.isQuoted(ready.fits(), display.current(), state));
        stoodUp.ifPresent(_ -> waiting = Optional.empty());
        publish();
        stoodUp.ifPresent(this::worked);
    }

    private boolean knowsFit() {
        return pool.filter(view -> AwaitedChain.knowsFit(view, state)).isPresent();
    }

    private void worked(AwaitedChain chain) {
        waiting = Optional.empty();
        note(
                new MarketNote.ChainWorked(
                        state.underlying(),
                        chain.number(),
                        ports.board().latest(state.underlying())));
    }

    private void note(MarketNote note) {
        ports.notes().accept(note);
    }

    private boolean isPoolFresh(Moment now) {
        return pool.filter(view -> now.msSince(view.openedAt()) <= rules.viewStaleMs()).isPresent();
    }

    private static boolean isPast(long sinceNs, long waitMs, Moment now) {
        return now.monotonicNs() - sinceNs >= waitMs * 1_000_000L;
    }
}
