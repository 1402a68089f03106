package io.dolim.book.tape;

import io.dolim.book.WriterHalted;
import io.dolim.capacity.JournalRoom;
import io.dolim.capacity.Moment;
import io.dolim.quoting.instrument.Underlying;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Keeps what an underlying's market heard, entity {@code tape-BTC}, for as long as it is configured.
 *
 * <p>Holds up nobody: its Market tells it batches and waits for nothing, a bounded number of them waits
 * for the journal. When that has no room for it, which is a known outcome, batches are dropped and
 * counted in the next one that is written, before it is even asked; a write of unknown outcome halts the process, as that of
 * every writer does.
 */
public final class Tape extends AbstractBehavior<Tape.Command> {

    private static final String PREFIX = "tape-";

    /** The persistence id of an underlying's tape. */
    public static String persistenceId(Underlying underlying) {
        return PREFIX + underlying;
    }

    /** What a tape is told. */
    public sealed interface Command {}

    /** Write this down. */
    public record Keep(TapedBatch batch) implements Command {}

    /** Read the tape's figures. */
    public record Query(ActorRef<Summary> replyTo) implements Command {}

    /**
     * A tape in figures, since the start of the process.
     *
     * @param written batches on disk
     * @param dropped batches that found no room
     */
    public record Summary(Underlying underlying, long written, long dropped) {}

    private enum Own implements Command {
        WRITTEN,
        ERASE
    }

    private record Erased(TapeEraser.Outcome outcome) implements Command {}

    /**
     * With whom a tape works.
     *
     * @param readJournalId the read journal's plugin id; it must answer queries by persistence id
     * @param clock the feed's clock in {@code epochMs} and the process's monotonic one
     * @param room what the journal still takes
     * @param figures told the tape's figures when they change
     * @param guardian who halts the process
     */
    public record Ports(
            String readJournalId,
            Supplier<Moment> clock,
            Supplier<JournalRoom> room,
            Consumer<Summary> figures,
            ActorRef<WriterHalted> guardian) {}

    private final Underlying underlying;
    private final TapeSettings settings;
    private final Ports ports;
    private final TapeQueue queue;
    private final TapeEraser eraser;
    private ActorRef<Taped> writer;

    /** The tape of an underlying. A fault stops it, and the guardian halts the process. */
    public static Behavior<Command> create(
            Underlying underlying, TapeSettings settings, Ports ports) {
        return Behaviors.setup(
                context ->
                        Behaviors.withTimers(
                                timers -> new Tape(context, timers, underlying, settings, ports)));
    }

    private Tape(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Underlying underlying,
            TapeSettings settings,
            Ports ports) {
        super(context);
        this.underlying = underlying;
        this.settings = settings;
        this.ports = ports;
        this.queue = new TapeQueue(settings.mostWaiting(), settings.restFor().toNanos());
        this.eraser =
                new TapeEraser(
                        context,
                        persistenceId(underlying),
                        ports.readJournalId(),
                        settings.eraseStep());
        this.writer = newWriter();
        timers.startTimerWithFixedDelay(Own.ERASE, Own.ERASE, settings.eraseEvery());
    }

    private ActorRef<Taped> newWriter() {
        ActorRef<Command> self = getContext().getSelf();
        ActorRef<Taped> made =
                getContext()
                        .spawnAnonymous(
                                TapeJournal.create(underlying, () -> self.tell(Own.WRITTEN)));
        getContext().watch(made);
        return made;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Command.class, this::on)
                .onSignal(ChildFailed.class, this::onFailed)
                .build();
    }

    private Behavior<Command> on(Command command) {
        switch (command) {
            case Keep keep -> keep(keep.batch);
            case Own.WRITTEN -> {
                queue.written();
                ports.figures().accept(summary());
            }
            case Own.ERASE -> erase();
            case Query query -> query.replyTo.tell(summary());
            case Erased erased -> {
                return onErased(erased.outcome);
            }
        }
        hand();
        return this;
    }

    private void keep(TapedBatch batch) {
        long before = queue.droppedSoFar();
        if (ports.room().get().takesOrdinary()) {
            queue.offer(batch, ports.clock().get().monotonicNs());
        } else {
            queue.drop(batch);
        }
        if (queue.droppedSoFar() > before) {
            ports.figures().accept(summary());
        }
    }

    private Summary summary() {
        return new Summary(underlying, queue.writtenSoFar(), queue.droppedSoFar());
    }

    private void hand() {
        queue.next().ifPresent(batch -> writer.tell(Taped.of(batch)));
    }

    private void erase() {
        long before = ports.clock().get().epochMs() - settings.keep().toMillis();
        eraser.find(before, toSelf());
    }

    private Consumer<TapeEraser.Outcome> toSelf() {
        ActorRef<Command> self = getContext().getSelf();
        return outcome -> self.tell(new Erased(outcome));
    }

    private Behavior<Command> onErased(TapeEraser.Outcome outcome) {
        return switch (outcome) {
            case TapeEraser.Found found -> {
                eraser.delete(found, toSelf());
                yield this;
            }
            case TapeEraser.Gone gone -> {
                eraser.ended(gone.upTo());
                if (gone.full()) {
                    erase();
                }
                yield this;
            }
            case TapeEraser.Unread unread -> {
                eraser.ended(0);
                getContext()
                        .getLog()
                        .warn("the tape of {} could not be read: {}", underlying, unread.why());
                yield this;
            }
            case TapeEraser.Stays stays -> {
                eraser.ended(0);
                yield known(stays.why()) ? this : halt(stays.why());
            }
        };
    }

    private Behavior<Command> onFailed(ChildFailed failed) {
        if (!known(failed.cause())) {
            return halt(failed.cause());
        }
        getContext().getLog().warn("no room for the tape of {}: {}", underlying, room(failed));
        queue.refused(ports.clock().get().monotonicNs());
        ports.figures().accept(summary());
        writer = newWriter();
        return this;
    }

    private static String room(ChildFailed failed) {
        return full(failed.cause()).map(Throwable::getMessage).orElse("");
    }

    /** Whether nothing was written for want of room. */
    private static boolean known(Throwable failure) {
        return full(failure).isPresent();
    }

    /** The journal is a plugin: its classes are not ours to name at compile time. */
    private static Optional<Throwable> full(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getClass().getSimpleName().equals("JournalFull")) {
                return Optional.of(cause);
            }
        }
        return Optional.empty();
    }

    private Behavior<Command> halt(Throwable failure) {
        ports.guardian()
                .tell(
                        new WriterHalted(
                                persistenceId(underlying),
                                "failed; what it wrote last is unknown: " + failure.getMessage()));
        return Behaviors.stopped();
    }
}
