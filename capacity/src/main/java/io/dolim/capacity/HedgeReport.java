package io.dolim.capacity;

import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * All that Capacity knows of one underlying's hedges: cumulative totals, never differences, so that
 * sending twice is harmless. Said again every second, so that a silence is noticed.
 *
 * @param hedgerIncarnation of the sender; greater after each start
 * @param sequence the hedger's last persisted sequence number, which the totals contain
 * @param cash what hedging brought the pool since its first day, wherever it lies: realised profit and
 *     loss, funding, less fees and rewards
 * @param bandCoins how far the hedger lets the net delta go before it trades, either way; 0 for none
 * @param byVenue at most {@value #MAX_VENUES}
 */
public record HedgeReport(
        Underlying underlying,
        long hedgerIncarnation,
        long sequence,
        Usdc cash,
        double bandCoins,
        SortedMap<String, AtVenue> byVenue) {

    /** Most venues of one underlying. */
    public static final int MAX_VENUES = 16;

    private static final Pattern VENUE = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final double MOST_COINS = 4_000_000;
    private static final double MOST_USDC = 1e9;

    /** Copies the venues. @throws IllegalArgumentException naming the value and the rule */
    public HedgeReport {
        byVenue = Collections.unmodifiableSortedMap(new TreeMap<>(byVenue));
        if (byVenue.size() > MAX_VENUES) {
            throw new IllegalArgumentException(
                    "venues=" + byVenue.size() + " must be at most " + MAX_VENUES);
        }
        for (String venue : byVenue.keySet()) {
            if (!VENUE.matcher(venue).matches()) {
                throw new IllegalArgumentException("venue=" + venue + " must match " + VENUE);
            }
        }
        requireWithin("cash", cash.toDouble(), -MOST_USDC, MOST_USDC);
        requireWithin("bandCoins", bandCoins, 0, MOST_COINS);
    }

    /**
     * What the pool has of the underlying's perpetual at one venue, on an account of its own.
     *
     * @param coins the position, signed
     * @param costUsdc what the open position was bought for, signed as the position is
     * @param postedUsdc the pool's cash that lies there, of {@code cash} and of capital
     * @param initialMargin share of notional that a new position needs, in (0, 1]
     * @param maintenanceMargin share of notional below which the venue closes it, in (0, 1]
     * @param standing whether it counts as a hedge: not while the venue is down or not reconciled
     */
    public record AtVenue(
            BigDecimal coins,
            Usdc costUsdc,
            Usdc postedUsdc,
            double initialMargin,
            double maintenanceMargin,
            boolean standing) {

        /** @throws IllegalArgumentException naming the value and the rule */
        public AtVenue {
            requireWithin("coins", coins.doubleValue(), -MOST_COINS, MOST_COINS);
            requireWithin("costUsdc", costUsdc.toDouble(), -MOST_USDC, MOST_USDC);
            requireWithin("postedUsdc", postedUsdc.toDouble(), -MOST_USDC, MOST_USDC);
            requireMargin("initialMargin", initialMargin);
            requireMargin("maintenanceMargin", maintenanceMargin);
            if (maintenanceMargin > initialMargin) {
                throw new IllegalArgumentException(
                        "maintenanceMargin="
                                + maintenanceMargin
                                + " must not be above initialMargin="
                                + initialMargin);
            }
        }

        AtVenue doubted() {
            return new AtVenue(
                    coins, costUsdc, postedUsdc, initialMargin, maintenanceMargin, false);
        }
    }

    /** The same with no venue standing: what nobody has confirmed for too long. */
    HedgeReport doubted() {
        SortedMap<String, AtVenue> doubted = new TreeMap<>();
        byVenue.forEach((venue, at) -> doubted.put(venue, at.doubted()));
        return new HedgeReport(underlying, hedgerIncarnation, sequence, cash, bandCoins, doubted);
    }

    private static void requireMargin(String name, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(name + "=" + value + " must lie in (0, 1]");
        }
    }

    private static void requireWithin(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    name + "=" + value + " must lie in " + least + " to " + most);
        }
    }
}
