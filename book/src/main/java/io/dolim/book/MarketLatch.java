package io.dolim.book;

import io.dolim.capacity.Moment;
import io.dolim.quoting.market.FeedGuard;
import io.dolim.quoting.market.LatchTrip;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Keeps a Market's guard and its journaled {@link Latch} in step: what the guard trips is told until
 * it is written, what the journal holds trips the guard of a new Market, and only a lift that was
 * written lifts it. Used by a Market alone, on its thread.
 */
final class MarketLatch {

    private final ActorRef<Latch.Command> latch;
    private final ActorRef<Latch.Standing> replyTo;
    private final MarketTurns turns;
    private Optional<Latch.Standing> known = Optional.empty();

    MarketLatch(
            ActorRef<Latch.Command> latch, ActorRef<Latch.Standing> replyTo, MarketTurns turns) {
        this.turns = turns;
        this.latch = latch;
        this.replyTo = replyTo;
    }

    /** Asks how it stands; repeated, so that a lost answer is none for long. */
    void watch() {
        latch.tell(new Latch.Watch(replyTo));
    }

    /** Why nothing may be quoted on account of it: the journal has not been read yet. */
    List<String> unknown() {
        return known.isPresent() ? List.of() : List.of("latch: not read yet");
    }

    /** How it stands; the market's state with a guard that agrees. */
    MarketState onStanding(MarketState state, FeedGuard guard, Latch.Standing standing) {
        boolean lifted = known.filter(before -> before.lifts() < standing.lifts()).isPresent();
        known.ifPresent(before -> turns.written(standing.guard().turns() - before.guard().turns()));
        known = Optional.of(standing);
        MarketState open = lifted ? state.lifted(guard) : state;
        Optional<LatchTrip> tripped = standing.tripped();
        return tripped.isPresent() && guard.latched(open.guard()).isEmpty()
                ? open.tripped(guard, tripped.get())
                : open;
    }

    /** Tells what the guard tripped, and how it turned, where the journal does not say yet. */
    void report(MarketState state, FeedGuard guard, Moment now) {
        Optional<LatchTrip> trip = guard.latched(state.guard());
        if (trip.isPresent() && known.isPresent() && known.get().tripped().isEmpty()) {
            latch.tell(new Latch.Trip(known.get().lifts(), trip.get()));
        }
        known.ifPresent(standing -> turns.report(latch::tell, standing.guard(), now));
    }
}
