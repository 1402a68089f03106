package io.dolim.book.hedge;

import com.typesafe.config.Config;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * How one underlying is hedged, from {@code dolim.book.hedge}.
 *
 * @param costShare expected of trading at the venue: half-spread and fee, share of price
 * @param slippage most that a price may be worse than the index, share, at full urgency
 * @param mostCoins what may stay unhedged at most
 * @param mostOrderLots most lots of one signal
 * @param reward what keepers earn
 * @param leaseMs how long a claim stands
 * @param verifyMs how long a reported trade may be missing in its venue's ledger
 * @param buffer the hedging buffer: what executing hedges may cost
 * @param margin that venues ask for, as capital reckons with it
 * @param silentMs after which a venue that has not told its ledger does not stand
 * @param cashTolerance that a venue's cash may differ from the books'
 */
public record HedgeTerms(
        PerpetualSpec spec,
        PolicyTerms policy,
        double costShare,
        double slippage,
        double mostCoins,
        long mostOrderLots,
        Reward reward,
        long leaseMs,
        long verifyMs,
        Buffer buffer,
        Margin margin,
        long silentMs,
        Usdc cashTolerance) {

    /**
     * A keeper's reward rises from the moment that a job is open, until somebody takes it (a Dutch
     * auction): the fastest and cheapest wins.
     *
     * @param from share of notional at once
     * @param to share of notional after {@code rampMs}
     * @param dailyBudget most that one keeper may earn a day
     */
    public record Reward(double from, double to, long rampMs, Usdc dailyBudget) {

        /** Share of notional for a job that has been open so long. */
        public double share(long openMs) {
            double part = rampMs == 0 ? 1 : Math.clamp((double) openMs / rampMs, 0.0, 1.0);
            return from + (to - from) * part;
        }
    }

    /**
     * What hedging may cost: a purse that fills with time and is spent by slippage, fees and rewards.
     *
     * @param most that it holds
     * @param perDay that it fills by
     */
    public record Buffer(Usdc most, Usdc perDay) {}

    /** Shares of notional: to add to a position, and below which it is closed. */
    public record Margin(double initial, double maintenance) {}

    /** @throws IllegalArgumentException naming the figure and the rule */
    public HedgeTerms {
        require("cost-share", costShare >= 0 && costShare <= 0.05, costShare);
        require("slippage", slippage > 0 && slippage <= 0.1, slippage);
        require("most-coins", mostCoins > 0, mostCoins);
        require("most-order-lots", mostOrderLots > 0, mostOrderLots);
        require(
                "reward",
                reward.from() >= 0 && reward.to() >= reward.from() && reward.to() <= 0.01,
                reward);
        require("reward ramp", reward.rampMs() >= 0, reward.rampMs());
        require("lease", leaseMs >= 100 && leaseMs <= 3_600_000, leaseMs);
        require("verify-within", verifyMs >= 100 && verifyMs <= 3_600_000, verifyMs);
        require(
                "margin",
                margin.maintenance() > 0
                        && margin.maintenance() <= margin.initial()
                        && margin.initial() <= 1,
                margin);
        require("silent-after", silentMs >= 1_000, silentMs);
        require("buffer", buffer.most().signum() > 0 && buffer.perDay().signum() >= 0, buffer);
    }

    /**
     * Reads {@code dolim.book.hedge} and its block of the underlying.
     *
     * @throws RuntimeException naming path, value and rule
     */
    public static HedgeTerms of(Underlying underlying, Config hedge) {
        Config own = hedge.getConfig("underlyings." + underlying);
        Config reward = hedge.getConfig("reward");
        return new HedgeTerms(
                new PerpetualSpec(
                        underlying,
                        new BigDecimal(own.getString("coins-per-lot")),
                        new BigDecimal(own.getString("tick-usdc"))),
                PolicyTerms.of(own.getConfig("policy").withFallback(hedge.getConfig("policy"))),
                hedge.getDouble("cost-share"),
                hedge.getDouble("slippage"),
                own.getDouble("most-coins"),
                own.getLong("most-order-lots"),
                new Reward(
                        reward.getDouble("from"),
                        reward.getDouble("to"),
                        reward.getDuration("ramp").toMillis(),
                        usdc(reward, "daily-budget-usdc")),
                millis(hedge, "lease"),
                millis(hedge, "verify-within"),
                new Buffer(usdc(hedge, "buffer.most-usdc"), usdc(hedge, "buffer.per-day-usdc")),
                new Margin(
                        hedge.getDouble("margin.initial"), hedge.getDouble("margin.maintenance")),
                millis(hedge, "silent-after"),
                usdc(hedge, "cash-tolerance-usdc"));
    }

    private static long millis(Config config, String path) {
        Duration duration = config.getDuration(path);
        return duration.toMillis();
    }

    private static Usdc usdc(Config config, String path) {
        return Usdc.of(new BigDecimal(config.getString(path)));
    }

    private static void require(String name, boolean holds, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("hedge " + name + "=" + value + " is out of range");
        }
    }
}
