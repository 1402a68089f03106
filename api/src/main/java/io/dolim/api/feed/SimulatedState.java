package io.dolim.api.feed;

import io.dolim.quoting.instrument.OptionContract;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A simulated world at one moment.
 *
 * @param timeMs simulated time, milliseconds since 1970
 * @param steps how many steps it is old
 * @param chance the dice's memory
 * @param coins in the order of the models
 */
record SimulatedState(long timeMs, long steps, long chance, List<Coin> coins) {

    SimulatedState {
        coins = List.copyOf(coins);
    }

    /**
     * One coin.
     *
     * @param spotUsdc USDC per coin
     * @param logVol log of volatility over its long-run level
     * @param skew SSVI's rho now
     * @param carryAnnual drift of the forwards now
     * @param listed the options listed so far and not expired
     */
    record Coin(
            double spotUsdc,
            double logVol,
            double skew,
            double carryAnnual,
            SortedSet<OptionContract> listed) {

        Coin {
            // copying hundreds of contracts five times a second would be all this world does
            listed = Collections.unmodifiableSortedSet(listed);
        }

        Coin withListed(SortedSet<OptionContract> changed) {
            return new Coin(spotUsdc, logVol, skew, carryAnnual, new TreeSet<>(changed));
        }
    }
}
