package io.dolim.book.hedge;

import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The protocol of whoever stands for a venue on which the pool trades perpetuals. Every question is
 * answered once; a venue that does not answer within its time is answered for.
 */
public final class Venue {

    private Venue() {}

    /** What a venue is told. */
    public sealed interface Command {}

    /** Trade now. An order whose label was seen before is not traded twice where the venue can tell. */
    public record Trade(VenueOrder order, ActorRef<Traded> replyTo) implements Command {}

    /**
     * Tell what the account of the pool has come to.
     *
     * @param afterTrade sequence of the last trade that is known, 0 for none
     * @param afterPayment sequence of the last payment that is known, 0 for none
     */
    public record AskLedger(
            Underlying underlying, long afterTrade, long afterPayment, ActorRef<Told> replyTo)
            implements Command {}

    /** Tell what could be traded now. */
    public record AskDepth(Underlying underlying, ActorRef<Told> replyTo) implements Command {}

    /** Move the pool's cash to the venue (positive) or back; done once for each label. */
    public record Transfer(Usdc amount, String label, ActorRef<Told> replyTo) implements Command {}

    /**
     * What the books hold of an account there, said at a start. A venue that keeps no ledger of its own over
     * restarts begins with it; all others know better and pay no heed. Not answered.
     */
    public record Remember(Underlying underlying, VenueBook book) implements Command {}

    /** Answer to {@link Trade}. */
    public sealed interface Traded {
        /** The order's. */
        String label();
    }

    /**
     * It was carried out as far as it could be.
     *
     * @param fills what was traded, none when nothing could be within the limit
     */
    public record Filled(String label, List<VenueFill> fills) implements Traded {
        /** Copies the fills. */
        public Filled {
            fills = List.copyOf(fills);
        }
    }

    /** Nothing was traded, by the venue's own word. */
    public record Rejected(String label, String why) implements Traded {}

    /** Whether it was traded is unknown: the ledger will say. */
    public record Unknown(String label, String why) implements Traded {}

    /** Answer to what is asked. */
    public sealed interface Told {
        /** Whose. */
        String venue();
    }

    /**
     * The pool's account.
     *
     * @param epochMs the venue's clock
     * @param lots position in the perpetual
     * @param cash what lies there: transfers, realised profit, funding, less fees
     * @param equity cash and what is not realised
     * @param initialMargin what must be there to add to a position, USDC
     * @param maintenanceMargin below which the venue closes it, USDC
     * @param markUsdc the venue's mark of the perpetual, USDC per coin
     * @param fills after the asked sequence, in order
     * @param payments after the asked sequence, in order; of all underlyings of the venue
     * @param isWhole false when more follow than one answer holds
     */
    public record Ledger(
            String venue,
            Underlying underlying,
            long epochMs,
            long lots,
            Usdc cash,
            Usdc equity,
            Usdc initialMargin,
            Usdc maintenanceMargin,
            BigDecimal markUsdc,
            List<VenueFill> fills,
            List<VenuePayment> payments,
            boolean isWhole)
            implements Told {
        /** Copies the lists. */
        public Ledger {
            fills = List.copyOf(fills);
            payments = List.copyOf(payments);
        }
    }

    /**
     * What stands in the venue's order book, best first.
     *
     * @param takerFee share of notional
     */
    public record Depth(
            String venue,
            Underlying underlying,
            List<Level> bids,
            List<Level> asks,
            double takerFee)
            implements Told {
        /** Copies the levels. */
        public Depth {
            bids = List.copyOf(bids);
            asks = List.copyOf(asks);
        }
    }

    /** So many lots at a price, USDC per coin. */
    public record Level(BigDecimal priceUsdc, long lots) {}

    /** Cash was moved, now or when this label was sent first. */
    public record Transferred(String venue, String label) implements Told {}

    /** The venue did not say, or says no. */
    public record Silent(String venue, String why) implements Told {}
}
