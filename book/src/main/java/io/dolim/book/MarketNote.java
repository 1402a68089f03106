package io.dolim.book;

import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.GuardDecision;
import io.dolim.quoting.market.GuardStatus;
import io.dolim.quoting.surface.SurfaceFit;
import java.util.Optional;

/** What a Market finds worth telling: to logs, counters, and the wiring that steps a feed. */
public sealed interface MarketNote {

    /** Of which market. */
    Underlying underlying();

    /** A chain was fitted, and quotes stand on it; or patience ended. The feed may step on. */
    record ChainWorked(Underlying underlying, int number, Optional<PricingView> view)
            implements MarketNote {}

    /** The guard changed its mind. */
    record GuardTurned(Underlying underlying, long timeMs, GuardStatus before, GuardStatus after)
            implements MarketNote {}

    /** The guard held an event. */
    record EventHeld(Underlying underlying, GuardDecision.Held held) implements MarketNote {}

    /** A batch of quotes is displayed. */
    record BatchDisplayed(Underlying underlying, int contracts, long tookNs)
            implements MarketNote {}

    /** Figures of the market or the pool made no vectors or no batch; nothing stands on them. */
    record Unpriceable(Underlying underlying, String what, String why) implements MarketNote {}

    /** The chains gave no surface; the last one stands. */
    record FitRefused(Underlying underlying, long timeMs, SurfaceFit.Refused flaw)
            implements MarketNote {}
}
