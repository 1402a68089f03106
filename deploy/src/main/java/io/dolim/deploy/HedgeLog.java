package io.dolim.deploy;

import io.dolim.book.hedge.HedgeEvent;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of hedges what an operator would be called for, and at debug the rest. */
final class HedgeLog implements Consumer<HedgeEvent> {

    private static final Logger LOG = LoggerFactory.getLogger("io.dolim.hedge");

    @Override
    public void accept(HedgeEvent event) {
        switch (event) {
            case HedgeEvent.HedgingStopped _, HedgeEvent.ReportRefuted _ -> LOG.warn("{}", event);
            case HedgeEvent.VenueStood stood when !stood.standing() -> LOG.warn("{}", event);
            case HedgeEvent.VenueStood _,
                    HedgeEvent.HedgingBegun _,
                    HedgeEvent.HedgingResumed _,
                    HedgeEvent.PolicyChosen _,
                    HedgeEvent.LedgerAdopted _,
                    HedgeEvent.KeeperForgiven _ ->
                    LOG.info("{}", event);
            case HedgeEvent.SignalRaised _,
                    HedgeEvent.JobWithdrawn _,
                    HedgeEvent.JobClaimed _,
                    HedgeEvent.LeaseReleased _,
                    HedgeEvent.LeaseEnded _,
                    HedgeEvent.FillReported _,
                    HedgeEvent.FillBooked _,
                    HedgeEvent.PaymentBooked _ ->
                    LOG.debug("{}", event);
        }
    }
}
