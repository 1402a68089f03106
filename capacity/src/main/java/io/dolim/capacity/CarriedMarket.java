package io.dolim.capacity;

import io.dolim.quoting.market.PricingMarket;
import java.util.SortedMap;

/**
 * A market that a view took over from the one before, because it was stopped.
 *
 * @param frozenAt when the view was asked for that froze it
 * @param ageMs its age when the view that carries it was asked for, on the clock that says more
 * @param haircutUsdc what K is less by: the worst damped loss on the grid of its book alone, as if
 *     that move had happened unseen
 */
record CarriedMarket(Moment frozenAt, long ageMs, double haircutUsdc) {

    /** @param asked when the carrying view was asked for */
    static CarriedMarket of(
            Moment frozenAt, Moment asked, PricingMarket market, double haircutUsdc) {
        long ageMs = Math.max(asked.msSince(frozenAt), asked.epochMs() - market.timeMs());
        return new CarriedMarket(frozenAt, ageMs, haircutUsdc);
    }

    static double haircutUsdc(SortedMap<?, CarriedMarket> carried) {
        double sum = 0;
        for (CarriedMarket each : carried.values()) {
            sum += each.haircutUsdc();
        }
        return sum;
    }
}
