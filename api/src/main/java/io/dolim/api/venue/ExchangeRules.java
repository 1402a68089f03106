package io.dolim.api.venue;

import io.dolim.api.feed.Bounds;
import io.dolim.quoting.instrument.Underlying;
import java.math.BigDecimal;
import java.util.List;

/**
 * How a simulated exchange behaves.
 *
 * @param perpetuals at least one, each of another underlying
 * @param liquidationFee share of notional taken when it closes a position by itself, nine decimals at
 *     most
 * @param fundingEveryMs accrued funding is paid at multiples of this since 1970
 * @param mostRecords trades and payments kept; beyond it orders and transfers are refused until {@link
 *     SimulatedExchange#forget}
 */
public record ExchangeRules(
        List<PerpetualRules> perpetuals,
        BigDecimal liquidationFee,
        Chances chances,
        Latency latency,
        long fundingEveryMs,
        int mostRecords) {

    private static final long DAY_MS = 86_400_000L;

    /** @throws IllegalArgumentException naming the figure and the rule */
    public ExchangeRules {
        perpetuals = List.copyOf(perpetuals);
        List<Underlying> underlyings =
                perpetuals.stream().map(rules -> rules.spec().underlying()).toList();
        if (perpetuals.isEmpty() || underlyings.stream().distinct().count() < perpetuals.size()) {
            throw new IllegalArgumentException(
                    "underlyings=" + underlyings + " must be at least one, each once");
        }
        Bounds.within("liquidationFee", liquidationFee.doubleValue(), 0, 0.1);
        if (liquidationFee.stripTrailingZeros().scale() > 9) {
            throw new IllegalArgumentException(
                    "liquidationFee=" + liquidationFee + " must have at most 9 decimals");
        }
        Bounds.within("fundingEveryMs", fundingEveryMs, 1_000, DAY_MS);
        Bounds.within("mostRecords", mostRecords, 1, 100_000_000);
    }

    /**
     * What goes wrong with an order by chance.
     *
     * @param rejected share of orders that are refused without a reason of their own
     * @param partial share of orders of which a share, drawn uniformly, is filled
     */
    public record Chances(double rejected, double partial) {

        /** Nothing goes wrong. */
        public static final Chances NONE = new Chances(0, 0);

        /** @throws IllegalArgumentException naming the figure and the rule */
        public Chances {
            Bounds.within("rejected", rejected, 0, 1);
            Bounds.within("partial", partial, 0, 1);
        }
    }

    /**
     * From sending an order to its arrival: {@code least} and an exponential of mean {@code mean} more, at
     * most {@code most} in all; milliseconds.
     */
    public record Latency(long leastMs, double meanMs, long mostMs) {

        /** None. */
        public static final Latency NONE = new Latency(0, 0, 0);

        /** @throws IllegalArgumentException naming the figure and the rule */
        public Latency {
            Bounds.within("latency.leastMs", leastMs, 0, 600_000);
            Bounds.within("latency.meanMs", meanMs, 0, 600_000);
            Bounds.within("latency.mostMs", mostMs, leastMs, 600_000);
        }
    }

    /** The same without chance and latency. */
    public ExchangeRules certain() {
        return new ExchangeRules(
                perpetuals,
                liquidationFee,
                Chances.NONE,
                Latency.NONE,
                fundingEveryMs,
                mostRecords);
    }
}
