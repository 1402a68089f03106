package io.dolim.book.hedge;

import java.util.List;

/** What operators may order of a Hedger. Pure. */
final class OperatorOrders {

    private OperatorOrders() {}

    static BoardDecisions.Decision of(HedgeState state, Hedger.Request request, long nowMs) {
        return switch (request) {
            case Hedger.ChoosePolicy chosen ->
                    state.policy().filter(chosen.policy()::equals).isPresent()
                            ? new BoardDecisions.Known()
                            : write(
                                    new HedgeEvent.PolicyChosen(
                                            state.underlying(),
                                            nowMs,
                                            chosen.by(),
                                            chosen.policy()));
            case Hedger.Stop stop ->
                    state.stopped().isPresent()
                            ? new BoardDecisions.Known()
                            : write(
                                    new HedgeEvent.HedgingStopped(
                                            state.underlying(), nowMs, stop.by(), stop.why()));
            case Hedger.Resume resume ->
                    state.stopped().isEmpty()
                            ? new BoardDecisions.Known()
                            : write(
                                    new HedgeEvent.HedgingResumed(
                                            state.underlying(), nowMs, resume.by(), resume.why()));
            case Hedger.Forgive forgive ->
                    state.keepers().containsKey(forgive.keeper())
                            ? write(
                                    new HedgeEvent.KeeperForgiven(
                                            state.underlying(),
                                            nowMs,
                                            forgive.by(),
                                            forgive.keeper()))
                            : BoardDecisions.Refuse.of("unknown_keeper");
            case Hedger.Claim _, Hedger.ReportFill _, Hedger.Release _, Hedger.Adopt _ ->
                    throw new IllegalArgumentException("not an operator's: " + request);
        };
    }

    private static BoardDecisions.Decision write(HedgeEvent event) {
        return new BoardDecisions.Write(List.of(event));
    }
}
