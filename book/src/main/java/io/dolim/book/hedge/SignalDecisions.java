package io.dolim.book.hedge;

import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether something is to be traded now. Pure: the same state and inputs give the same events.
 *
 * <p>What is claimed or reported counts as traded, because nobody can take it back; what is offered and
 * not claimed counts until it would overshoot, and is withdrawn then.
 */
final class SignalDecisions {

    private SignalDecisions() {}

    /**
     * What is written, and how it stands then.
     *
     * @param events to persist together, in order; mostly none
     */
    record Judged(List<HedgeEvent> events, Residual residual) {
        Judged {
            events = List.copyOf(events);
        }
    }

    /** Judges the state on what was read. */
    static Judged of(HedgeState state, HedgeInputs inputs, HedgeTerms terms) {
        double lot = terms.spec().coinsPerLot().doubleValue();
        double net = inputs.optionDeltaCoins() + state.lots() * lot;
        double committed = state.committedLots() * lot;
        double offered = state.unclaimedLots() * lot;
        long sinceMs =
                state.lastSignalMs() == 0
                        ? Long.MAX_VALUE
                        : inputs.epochMs() - state.lastSignalMs();
        Band band =
                state.policy()
                        .orElse(terms.policy())
                        .policy()
                        .band(
                                inputs,
                                new HedgePolicy.Trading(
                                        terms.costShare(), lot, terms.mostCoins(), sinceMs));
        Standing standing = new Standing(state, inputs, terms, band, net, committed + offered);
        if (Double.isInfinite(band.lowCoins())) {
            return standing.stays(
                    committed + offered != 0 ? Residual.Why.UNDER_WAY : Residual.Why.INTERVAL);
        }
        boolean needed = !band.contains(net + committed);
        boolean enough = band.contains(net + committed + offered);
        if (needed && enough && offered != 0) {
            return standing.stays(Residual.Why.UNDER_WAY);
        }
        List<HedgeEvent> events = new ArrayList<>();
        if (offered != 0) {
            events.addAll(standing.withdrawn(needed ? "superseded" : "within_band"));
        }
        if (!needed) {
            return new Judged(
                    events,
                    new Residual(
                            net,
                            committed,
                            band,
                            band.contains(net) ? Residual.Why.INSIDE : Residual.Why.UNDER_WAY));
        }
        return standing.outside(events, committed);
    }

    /** One judgement's parts. */
    private record Standing(
            HedgeState state,
            HedgeInputs inputs,
            HedgeTerms terms,
            Band band,
            double net,
            double coming) {

        Judged stays(Residual.Why why) {
            return new Judged(List.of(), new Residual(net, coming, band, why));
        }

        List<HedgeEvent> withdrawn(String why) {
            List<HedgeEvent> events = new ArrayList<>();
            for (Job job : state.jobs().values()) {
                if (job.unclaimedLots() != 0) {
                    events.add(
                            new HedgeEvent.JobWithdrawn(
                                    state.underlying(),
                                    inputs.epochMs(),
                                    job.id(),
                                    job.unclaimedLots(),
                                    why));
                }
            }
            return events;
        }

        Judged outside(List<HedgeEvent> events, double committed) {
            Residual.Why refusal = refusal();
            if (refusal == Residual.Why.BUFFER_EMPTY && state.stopped().isEmpty()) {
                events.add(
                        new HedgeEvent.HedgingStopped(
                                state.underlying(),
                                inputs.epochMs(),
                                "breaker",
                                "hedging buffer is empty: " + left()));
            }
            if (refusal != Residual.Why.INSIDE) {
                return new Judged(events, new Residual(net, committed, band, refusal));
            }
            // to within the edge, not just before it: a band is two lots wide at least
            long wanted = terms.spec().lotsFor(band.tradeCoins(net + committed));
            long lots = Math.clamp(wanted, -terms.mostOrderLots(), terms.mostOrderLots());
            events.add(
                    new HedgeEvent.SignalRaised(
                            state.underlying(), inputs.epochMs(), signal(lots, committed)));
            double on = committed + lots * terms.spec().coinsPerLot().doubleValue();
            return new Judged(events, new Residual(net, on, band, Residual.Why.UNDER_WAY));
        }

        private Residual.Why refusal() {
            if (state.stopped().isPresent()) {
                return Residual.Why.STOPPED;
            }
            if (state.venues().values().stream().noneMatch(VenueBook::standing)) {
                return Residual.Why.NO_VENUE;
            }
            return left().signum() <= 0 ? Residual.Why.BUFFER_EMPTY : Residual.Why.INSIDE;
        }

        private Usdc left() {
            return state.purse().at(inputs.epochMs(), terms.buffer());
        }

        private HedgeSignal signal(long lots, double committed) {
            double from = net + committed;
            double beyond =
                    from > band.highCoins() ? from - band.highCoins() : band.lowCoins() - from;
            double lot = terms.spec().coinsPerLot().doubleValue();
            double urgency = Math.min(1, beyond / Math.max(band.halfWidthCoins(), lot));
            double slippage = terms.slippage() * (0.5 + 0.5 * urgency);
            double worst = inputs.spotUsdc() * (lots > 0 ? 1 + slippage : 1 - slippage);
            BigDecimal limit = terms.spec().limit(worst, lots > 0);
            double notional = Math.abs(lots) * lot * inputs.spotUsdc();
            return new HedgeSignal(
                    state.lastJob() + 1,
                    inputs.epochMs(),
                    lots,
                    limit,
                    Usdc.nearest(notional * (slippage + terms.costShare() + terms.reward().to())),
                    urgency,
                    from,
                    band,
                    inputs);
        }
    }
}
