package io.dolim.book.hedge;

import io.dolim.book.hedge.Hedger.Command;
import io.dolim.quoting.money.Usdc;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** How a Hedger speaks to its venues. Used by a Hedger alone, on its thread. */
final class VenueDesk {

    private final Hedger.Ports ports;
    private final HedgeSettings settings;
    private final ActorContext<Command> context;
    private final VenueWatch watch;

    private enum Late {
        NOW
    }

    VenueDesk(
            Hedger.Ports ports,
            HedgeSettings settings,
            ActorContext<Command> context,
            VenueWatch watch) {
        this.ports = ports;
        this.settings = settings;
        this.context = context;
        this.watch = watch;
    }

    /** Asks a venue that is due for its ledger. */
    void askWhenDue(HedgeState state, String venue) {
        boolean due =
                watch.mayAsk(
                        venue,
                        ports.clock().get().monotonicNs(),
                        settings.ledgerEvery().toNanos(),
                        settings.patience().toNanos());
        if (due) {
            ask(state, venue);
        }
    }

    /** Asks a venue for its ledger now. */
    void ask(HedgeState state, String venue) {
        VenueBook book = state.venue(venue);
        watch.asked(venue, ports.clock().get().monotonicNs());
        tell(
                venue,
                new Venue.AskLedger(
                        state.underlying(), book.afterTrade(), book.afterPayment(), ear()));
    }

    /** What the venue says at a start, if it has no memory of its own. */
    void remind(HedgeState state) {
        for (String venue : ports.venues().keySet()) {
            tell(venue, new Venue.Remember(state.underlying(), state.venue(venue)));
        }
    }

    /** Brings the collateral of a venue that stands to where it is to be. */
    void moveCollateral(HedgeState state, Venue.Ledger ledger) {
        VenueBook book = state.venue(ledger.venue());
        if (!book.standing()) {
            return;
        }
        Optional<Usdc> move = settings.collateral().move(ledger.equity(), ledger.initialMargin());
        move.ifPresent(
                amount ->
                        tell(
                                ledger.venue(),
                                new Venue.Transfer(
                                        amount,
                                        "dolim-"
                                                + state.underlying()
                                                + "-transfer-"
                                                + (book.transfers() + 1),
                                        ear())));
    }

    /** One for each question, so that an answer is known by when its question was put. */
    private ActorRef<Venue.Told> ear() {
        long askedMs = ports.clock().get().epochMs();
        ActorRef<Command> self = context.getSelf();
        Duration patience = settings.patience().multipliedBy(5);
        Behavior<Object> once =
                Behaviors.setup(
                        ear -> {
                            ear.setReceiveTimeout(patience, Late.NOW);
                            return Behaviors.receiveMessage(
                                    message -> {
                                        if (message instanceof Venue.Told told) {
                                            self.tell(new Hedger.VenueSaid(told, askedMs));
                                        }
                                        return Behaviors.stopped();
                                    });
                        });
        return context.spawnAnonymous(once).narrow();
    }

    private void tell(String venue, Venue.Command command) {
        Optional.ofNullable(ports.venues().get(venue)).ifPresent(ref -> ref.tell(command));
    }
}
