package io.dolim.book;

import io.dolim.capacity.AccountLimits;
import io.dolim.capacity.BookReport;
import io.dolim.capacity.Capacity;
import io.dolim.capacity.ReservationId;
import io.dolim.capacity.vector.PackageVectors;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Keeps Capacity's protocol without its arithmetic: grants everything once every Book has reported to
 * its incarnation, and remembers reservations until a report or a release ends them. Isolates the
 * Book's side; the real one stands in the end-to-end tests.
 */
final class OpenHand extends AbstractBehavior<Capacity.Command> {

    /** What a test may look at, on any thread. */
    static final class Window {
        volatile SortedMap<ReservationId, Usdc> reservations = new TreeMap<>();
        volatile SortedMap<Underlying, BookReport> reports = new TreeMap<>();
        volatile Optional<String> refuse = Optional.empty();
        volatile boolean silent;

        /** What is asked waits until this is false again. */
        volatile boolean slow;

        volatile AccountLimits accountLimits = new AccountLimits(1e6, 1e6, 1e6, 1e12);
        final AtomicLong heard = new AtomicLong();
    }

    private final Window window;
    private final SortedMap<Underlying, ActorRef<Book.Command>> books;
    private final long incarnation;
    private final SortedMap<ReservationId, Usdc> reservations = new TreeMap<>();
    private final SortedMap<Underlying, BookReport> reports = new TreeMap<>();
    private final List<Capacity.Reserve> waiting = new ArrayList<>();

    private OpenHand(
            ActorContext<Capacity.Command> context,
            Window window,
            SortedMap<Underlying, ActorRef<Book.Command>> books,
            LongSupplier incarnations) {
        super(context);
        this.window = window;
        this.books = books;
        incarnation = incarnations.getAsLong();
        window.reservations = new TreeMap<>();
        window.reports = new TreeMap<>();
        hello();
    }

    static Behavior<Capacity.Command> create(
            Window window,
            SortedMap<Underlying, ActorRef<Book.Command>> books,
            LongSupplier incarnations) {
        return Behaviors.withTimers(
                timers -> {
                    timers.startTimerWithFixedDelay(
                            Capacity.OpenView.NOW, java.time.Duration.ofMillis(20));
                    return Behaviors.setup(c -> new OpenHand(c, window, books, incarnations));
                });
    }

    /** Repeated until every report has come. */
    private Behavior<Capacity.Command> hello() {
        if (!window.slow) {
            List.copyOf(waiting).forEach(this::onReserve);
            waiting.clear();
        }
        books.forEach(
                (underlying, book) -> {
                    if (!reports.containsKey(underlying)) {
                        book.tell(new Book.FromCapacity(new Capacity.Incarnation(incarnation)));
                    }
                });
        return this;
    }

    @Override
    public Receive<Capacity.Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Capacity.Report.class, m -> onReport(m.report()))
                .onMessage(Capacity.Reserve.class, this::onReserve)
                .onMessage(Capacity.Release.class, m -> onRelease(m.id()))
                .onMessage(Capacity.OpenView.class, m -> hello())
                .onAnyMessage(m -> this)
                .build();
    }

    private Behavior<Capacity.Command> onReport(BookReport report) {
        reports.put(report.underlying(), report);
        reservations
                .keySet()
                .removeIf(
                        id ->
                                id.underlying().equals(report.underlying())
                                        && (id.bookIncarnation() < report.bookIncarnation()
                                                || (id.number() <= report.highestIssued()
                                                        && !isPending(report, id))));
        show();
        return this;
    }

    private static boolean isPending(BookReport report, ReservationId id) {
        for (BookReport.ViewTotals totals : report.byView().values()) {
            if (totals.pending().containsKey(id)) {
                return true;
            }
        }
        return false;
    }

    private Behavior<Capacity.Command> onReserve(Capacity.Reserve asked) {
        if (window.silent) {
            return this;
        }
        if (window.slow) {
            waiting.add(asked);
            return this;
        }
        if (!reports.keySet().containsAll(books.keySet())) {
            asked.replyTo().tell(new Capacity.Retry(asked.id()));
            return this;
        }
        if (window.refuse.isPresent()) {
            asked.replyTo()
                    .tell(
                            new Capacity.Refused(
                                    asked.id(),
                                    window.refuse.get(),
                                    new TreeMap<>(Map.of("rac", 1.0)),
                                    Optional.of(Usdc.ofWhole(7))));
            return this;
        }
        for (PackageVectors vectors : asked.byView().values()) {
            vectors.poolChange().markUsdc();
        }
        reservations.put(asked.id(), asked.quotedCharge());
        show();
        SortedMap<Underlying, Long> cut = new TreeMap<>();
        reports.forEach((u, r) -> cut.put(u, r.sequence()));
        asked.replyTo()
                .tell(
                        new Capacity.Granted(
                                asked.id(),
                                incarnation,
                                1,
                                false,
                                asked.quotedCharge(),
                                1,
                                cut,
                                window.accountLimits,
                                List.of()));
        return this;
    }

    private Behavior<Capacity.Command> onRelease(ReservationId id) {
        reservations.remove(id);
        show();
        return this;
    }

    private void show() {
        window.reservations = new TreeMap<>(reservations);
        window.reports = new TreeMap<>(reports);
        window.heard.incrementAndGet();
    }
}
