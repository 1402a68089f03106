package io.dolim.api.venue;

import io.dolim.api.feed.Dice;
import io.dolim.book.hedge.PerpetualSpec;
import io.dolim.book.hedge.Venue;
import io.dolim.quoting.math.Elementary;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.List;

/**
 * One perpetual of a simulated exchange: its prices, its book, and what the account holds of it.
 * Money is whole micro-USDC.
 *
 * <pre>
 *   premium      P = mark / index - 1
 *   rate of 8 h  max(d, P) + min(-d, P), within the cap either way; longs pay when it is positive
 *   accrued      -lots * coins per lot * index * rate * time / 8 h, of the prices before the time passed
 *   unrealised   lots * mark - what the open lots cost
 *   margin       (share + perCoin |coins|) |coins| index
 * </pre>
 *
 * Sources: Deribit, Funding Specifications (support.deribit.com/hc/en-us/articles/31424939178397) and
 * Linear Perpetual (.../25944738177565).
 */
final class SimulatedPerpetual {

    private static final double EIGHT_HOURS_MS = 8 * 3_600_000.0;
    private static final double MICROS = 1e6;
    private static final double LN_2 = 0.6931471805599453;

    /** Beyond this many lots sums of micros could overflow. */
    static final long MOST_LOTS = 1_000_000_000L;

    private final PerpetualRules rules;
    private final double coinsPerLot;
    private final double tickUsdc;
    private final long unitMicros;
    private final long feeBillionths;
    private final Ladder bids;
    private final Ladder asks;

    private boolean priced;
    private long pricedMs;
    private double indexUsdc;
    private double markUsdc;
    private long markTicks;
    private double premium;
    private double decay = 1.0;
    private double deviation;
    private long decayMs = -1;

    private long lots;
    private long costMicros;
    private double accruedUsdc;

    SimulatedPerpetual(PerpetualRules rules) {
        this.rules = rules;
        this.coinsPerLot = rules.spec().coinsPerLot().doubleValue();
        this.tickUsdc = rules.spec().tickUsdc().doubleValue();
        this.unitMicros =
                Usdc.of(rules.spec().coinsPerLot().multiply(rules.spec().tickUsdc())).micros();
        this.feeBillionths = rules.feeBillionths();
        this.premium = rules.premium().mean();
        this.bids = new Ladder(rules.spec(), rules.depth(), -1);
        this.asks = new Ladder(rules.spec(), rules.depth(), 1);
    }

    /** Time passes at the prices of before. */
    void pass(long ms) {
        bids.pass(ms);
        asks.pass(ms);
        if (lots != 0) {
            accruedUsdc -= lots * coinsPerLot * indexUsdc * rate8h() * (ms / EIGHT_HOURS_MS);
        }
    }

    /** What longs pay in eight hours, share of notional. */
    double rate8h() {
        double band = rules.funding().deadBand();
        double cap = rules.funding().cap();
        double rate = Math.max(band, premium) + Math.min(-band, premium);
        return Math.clamp(rate, -cap, cap);
    }

    void price(long nowMs, double index, Dice dice) {
        double mean = rules.premium().mean();
        double drawn = mean;
        if (priced && rules.premium().deviation() > 0) {
            decayOver(nowMs - pricedMs);
            drawn = mean + (premium - mean) * decay + deviation * dice.normal();
        }
        price(nowMs, index, index * (1.0 + drawn));
    }

    void price(long nowMs, double index, double mark) {
        priced = true;
        pricedMs = nowMs;
        indexUsdc = index;
        markTicks = Math.max(1, Math.round(mark / tickUsdc));
        markUsdc = markTicks * tickUsdc;
        premium = mark / index - 1.0;
    }

    /** Decay and deviation of the premium over a time, kept for the next time of that length. */
    private void decayOver(long ms) {
        if (ms != decayMs) {
            decayMs = ms;
            decay = Elementary.exp(-LN_2 * ms / rules.premium().halfLifeMs());
            deviation = rules.premium().deviation() * Math.sqrt(1.0 - decay * decay);
        }
    }

    boolean isPriced() {
        return priced;
    }

    Walk walk(long wanted, long limitTicks) {
        return (wanted > 0 ? asks : bids).walk(markUsdc, Math.abs(wanted), limitTicks);
    }

    /** What closes the whole position, at the last level's price where the book is not enough. */
    Walk closing() {
        Ladder side = lots > 0 ? bids : asks;
        Walk walk = side.walk(markUsdc, Math.abs(lots), lots > 0 ? 0 : Long.MAX_VALUE);
        walk.add(Math.abs(lots) - walk.total(), side.lastTicks(markUsdc));
        return walk;
    }

    void take(boolean buys, long taken) {
        (buys ? asks : bids).take(taken);
    }

    /** Books a trade; what it realised is returned. */
    long trade(long signedLots, long ticks) {
        long closing = 0;
        if (Long.signum(lots) * Long.signum(signedLots) < 0) {
            closing = Math.min(Math.abs(lots), Math.abs(signedLots)) * Long.signum(signedLots);
        }
        long realised = 0;
        if (closing != 0) {
            long removed = share(costMicros, Math.abs(closing), Math.abs(lots));
            realised = -Math.addExact(removed, value(closing, ticks));
            costMicros -= removed;
        }
        costMicros = Math.addExact(costMicros, value(signedLots - closing, ticks));
        lots += signedLots;
        return realised;
    }

    /** The position is another one, at the mark and without a trade. */
    void move(long toLots) {
        costMicros = Math.addExact(costMicros, value(toLots - lots, markTicks));
        lots = toLots;
    }

    /** Begins with a position that was there before. */
    void restore(long toLots, long cost) {
        lots = toLots;
        costMicros = cost;
    }

    /** {@code part / whole} of an amount, rounded down; exact in 64 bits up to {@link #MOST_LOTS}. */
    private static long share(long amount, long part, long whole) {
        return Math.floorDiv(amount, whole) * part
                + Math.floorDiv(Math.floorMod(amount, whole) * part, whole);
    }

    private long value(long signedLots, long ticks) {
        return Math.multiplyExact(Math.multiplyExact(signedLots, ticks), unitMicros);
    }

    /** Fee of a trade, micros, rounded up. */
    long fee(long signedLots, long ticks) {
        return billionths(Math.abs(value(signedLots, ticks)), feeBillionths);
    }

    /** A share in billionths of an amount, rounded up. */
    static long billionths(long micros, long share) {
        return Math.multiplyExact(micros / 1_000_000_000L, share)
                + Math.ceilDiv(micros % 1_000_000_000L * share, 1_000_000_000L);
    }

    long notional(long signedLots, long ticks) {
        return Math.abs(value(signedLots, ticks));
    }

    /** What a trade takes of equity at the mark: fees, and the distance of its prices from the mark. */
    long cost(Walk walk) {
        long cost = 0;
        for (int i = 0; i < walk.size(); i++) {
            long lots = walk.lots(i);
            cost += fee(lots, walk.ticks(i)) + Math.abs(value(lots, walk.ticks(i) - markTicks));
        }
        return cost;
    }

    long unrealised() {
        return value(lots, markTicks) - costMicros;
    }

    long accruedMicros() {
        return Math.round(accruedUsdc * MICROS);
    }

    /** The accrued funding in whole micros, which is no longer accrued. */
    long payAccrued() {
        long paid = accruedMicros();
        accruedUsdc -= paid / MICROS;
        return paid;
    }

    long initialMargin(long ofLots) {
        return margin(rules.margin().initial(), ofLots);
    }

    long maintenanceMargin() {
        return margin(rules.margin().maintenance(), lots);
    }

    private long margin(double share, long ofLots) {
        double coins = Math.abs(ofLots) * coinsPerLot;
        double rate = share + rules.margin().perCoin() * coins;
        return Math.round(rate * coins * indexUsdc * MICROS);
    }

    PerpetualRules rules() {
        return rules;
    }

    PerpetualSpec spec() {
        return rules.spec();
    }

    List<Venue.Level> bids() {
        return priced ? bids.levels(markUsdc) : List.of();
    }

    List<Venue.Level> asks() {
        return priced ? asks.levels(markUsdc) : List.of();
    }

    long lots() {
        return lots;
    }

    long costMicros() {
        return costMicros;
    }

    double indexUsdc() {
        return indexUsdc;
    }

    double premium() {
        return premium;
    }

    double markUsdc() {
        return markUsdc;
    }

    BigDecimal exactMark() {
        return price(markTicks);
    }

    BigDecimal price(long ticks) {
        return spec().tickUsdc().multiply(BigDecimal.valueOf(ticks));
    }
}
