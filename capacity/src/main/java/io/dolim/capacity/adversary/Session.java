package io.dolim.capacity.adversary;

import io.dolim.capacity.Capacity;
import io.dolim.capacity.LonePool;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.quote.Quote;
import io.dolim.quoting.quote.QuoteBasis;
import io.dolim.quoting.quote.Quoter;
import io.dolim.quoting.quote.StaticBounds;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * One pool on one market path, with the adversary and somebody honest beside him. Quotes are those of
 * the real quoter on the live market and the open view; a fill goes the way of the Book: age, collar,
 * what hedging costs more by now, Capacity's decision. Displayed bounds are left out: fewer floors are
 * easier to game.
 */
final class Session {

    /** 08:00 UTC, so that a whole number of days later something expires. */
    static final long START_MS = Expiry.parse("2FEB26").epochMs() + 3_600_000L;

    static final long DAY_MS = 86_400_000L;
    private static final double MS_PER_YEAR = 365.0 * DAY_MS;
    private static final double COLLAR = 0.01;
    private static final Usdc MICRO = new Usdc(1);

    final SplittableRandom random;
    final LonePool pool;
    final Taker adversary = new Taker();
    final Taker honest = new Taker();
    private final Setting setting;
    private final SortedMap<Underlying, Quoter> quoters = new TreeMap<>();
    private final SortedMap<Underlying, PathMarket> markets = new TreeMap<>();
    private long begunMs;
    private Usdc accountAtStart = Usdc.ZERO;
    private Usdc honestAtStart = Usdc.ZERO;
    private int refused;
    private int delayed;
    private int denied;

    Session(Setting setting, Usdc capital, SplittableRandom random) {
        this.setting = setting;
        this.random = random;
        this.pool =
                new LonePool(
                        setting.parameters(), Setting.specs(), setting.pricer(), capital, START_MS);
        for (Underlying underlying : Setting.underlyings()) {
            quoters.put(
                    underlying, new Quoter(Setting.spec(underlying), setting.rules(underlying)));
        }
        markets.put(Setting.BTC, new PathMarket(Setting.BTC, START_MS, 65_000, 0.5));
        markets.put(Setting.ETH, new PathMarket(Setting.ETH, START_MS, 2_500, 0.65));
        pool.open(markets);
        begin();
    }

    /**
     * A quote as the taker holds it.
     *
     * @param spotUsdc the index that it was made at
     */
    record Offer(Quote.Quoted quoted, QuoteBasis basis, long atNs, double spotUsdc) {
        OptionPackage asked() {
            return quoted.asked();
        }

        /** What it costs above the mark. */
        double aboveMarkUsdc() {
            return quoted.price().minus(quoted.lines().mark()).toDouble();
        }
    }

    /** From here on it is counted what the adversary takes, and what he may take. */
    void begin() {
        begunMs = pool.now().epochMs();
        accountAtStart = pool.view().chargeAccount();
        honestAtStart = honest.charged();
    }

    /** What the charge account held, was budgeted, and was charged to others since: USDC. */
    double mayTakeUsdc() {
        double days = (pool.now().epochMs() - begunMs) / (double) DAY_MS;
        double budget = setting.parameters().chargeAccount().dailyBudget().toDouble();
        double others = Math.max(0, honest.charged().minus(honestAtStart).toDouble());
        return accountAtStart.toDouble() + markets.size() * days * budget + others;
    }

    int refused() {
        return refused;
    }

    /** Orders of others that reduce risk and were not taken while the adversary's reservations stood. */
    int delayed() {
        return delayed;
    }

    /** The same when they had lapsed. */
    int denied() {
        return denied;
    }

    /** Somebody honest tries while the reservations stand, and again when they have been let go. */
    void griefed(List<Capacity.Granted> reservations) {
        delayed += honestReduces() ? 0 : 1;
        reservations.forEach(one -> pool.letGo(one.id()));
        denied += honestReduces() ? 0 : 1;
    }

    PathMarket market(Underlying underlying) {
        PathMarket market = markets.get(underlying);
        if (market == null) {
            throw new IllegalArgumentException("underlying=" + underlying + " is not BTC or ETH");
        }
        return market;
    }

    /** A price of now; empty when there is none. */
    Optional<Offer> quote(OptionPackage asked) {
        PathMarket market = market(asked.underlying());
        QuoteBasis basis = new QuoteBasis(market, pool.view(), StaticBounds.none());
        Quote quote = quoter(asked.underlying()).quote(basis, asked);
        if (quote instanceof Quote.Quoted quoted) {
            return Optional.of(
                    new Offer(quoted, basis, pool.now().monotonicNs(), market.spotUsdc()));
        }
        refused++;
        return Optional.empty();
    }

    /** Accepts a quote and writes the trade; whether it was filled. */
    boolean accept(Taker taker, Offer offer) {
        Optional<Capacity.Granted> granted = reserve(offer);
        granted.ifPresent(grant -> write(taker, offer, grant));
        return granted.isPresent();
    }

    /** Asks and accepts at once; whether it was filled. */
    boolean trade(Taker taker, OptionPackage asked) {
        return quote(asked).filter(offer -> accept(taker, offer)).isPresent();
    }

    /** Accepts a quote as far as Capacity's grant: in flight until it is written or let go. */
    Optional<Capacity.Granted> reserve(Offer offer) {
        Usdc slack = slack(offer);
        if (slack.signum() <= 0) {
            refused++;
            return Optional.empty();
        }
        return granted(offer, slack);
    }

    /** The same without a look at what became of the pool since the quote: as if it were priced for good. */
    Optional<Capacity.Granted> reserveBlindly(Offer offer) {
        return granted(offer, Usdc.ofWhole(1L << 31));
    }

    private Optional<Capacity.Granted> granted(Offer offer, Usdc slack) {
        Quote.Quoted quoted = offer.quoted();
        Capacity.ReserveReply reply =
                pool.reserve(
                        quoted.asked(),
                        quoted.lines().capitalCharge(),
                        quoted.price().minus(quoted.lines().fee()),
                        slack);
        if (reply instanceof Capacity.Granted granted) {
            return Optional.of(granted);
        }
        refused++;
        return Optional.empty();
    }

    /** What may be forgiven: nothing when the quote has lapsed, or the market or the hedge moved. */
    private Usdc slack(Offer offer) {
        long ageMs = (pool.now().monotonicNs() - offer.atNs()) / 1_000_000L;
        OptionPackage asked = offer.asked();
        double move = Math.abs(market(asked.underlying()).spotUsdc() / offer.spotUsdc() - 1);
        if (ageMs > setting.rules(asked.underlying()).quoteLifeMs() || move > COLLAR) {
            return Usdc.ZERO;
        }
        Quoter quoter = quoter(asked.underlying());
        Usdc tick = quoter.tickOf(asked);
        double moved = quoter.hedgeCostMovedUsdc(offer.basis(), asked, pool.deltaAmid(asked));
        return moved < tick.toDouble()
                ? tick.minus(Usdc.dueFromTaker(Math.max(0, moved), MICRO))
                : Usdc.ZERO;
    }

    void write(Taker taker, Offer offer, Capacity.Granted granted) {
        pool.write(granted.id());
        Quote.Quoted quoted = offer.quoted();
        OptionPackage asked = quoted.asked();
        taker.filled(
                asked,
                quoted.price(),
                quoted.lines().capitalCharge(),
                granted.decidedCharge(),
                market(asked.underlying()).markUsdc(Setting.spec(asked.underlying()), asked));
    }

    /**
     * Somebody honest wants out of a position, which reduces risk; whether he was let, at the charge
     * that is decided if it is not the quoted one. True when he has none, or it does not reduce risk.
     */
    boolean honestReduces() {
        for (OptionPackage closing : honest.closings().stream().limit(1).toList()) {
            Optional<Offer> offer = quote(closing).filter(one -> one.quoted().reducing());
            if (offer.isPresent() && !accept(honest, offer.get())) {
                Optional<Capacity.Granted> atFresh = reserveBlindly(offer.get());
                atFresh.ifPresent(grant -> write(honest, offer.get(), grant));
                return atFresh.isPresent();
            }
        }
        return true;
    }

    /** Time passes, spots diffuse at their volatility; the open view stays. */
    void pass(long ms) {
        pool.pass(ms);
        markets.replaceAll(
                (_, market) -> {
                    double years = ms / MS_PER_YEAR;
                    double deviation = market.volAnnual() * Math.sqrt(years);
                    double move = deviation * random.nextGaussian() - 0.5 * deviation * deviation;
                    return market.moved(ms, move);
                });
    }

    /** Time passes, what is due is settled, the next view opens. */
    void nextView(long ms) {
        pass(ms);
        settleDue();
        pool.open(markets);
    }

    /** Time passes and nothing moves but it; what is due is settled, the next view opens. */
    void still(long ms) {
        pool.pass(ms);
        markets.replaceAll((_, market) -> market.moved(ms, 0));
        settleDue();
        pool.open(markets);
    }

    /** A spot jumps, and the next view opens at once. */
    void jump(Underlying underlying, double logMove) {
        move(underlying, logMove);
        nextView(1);
    }

    /** A spot is elsewhere; the open view stays. */
    void move(Underlying underlying, double logMove) {
        markets.put(underlying, market(underlying).moved(0, logMove));
    }

    void vol(Underlying underlying, double volAnnual) {
        markets.put(underlying, market(underlying).withVol(volAnnual));
    }

    private void settleDue() {
        for (Underlying underlying : Setting.underlyings()) {
            PathMarket market = market(underlying);
            List<OptionContract> due =
                    pool.positions(underlying).keySet().stream()
                            .filter(one -> one.expiry().epochMs() <= market.timeMs())
                            .toList();
            for (Expiry expiry : due.stream().map(OptionContract::expiry).distinct().toList()) {
                pool.settle(underlying, expiry, Usdc.nearest(market.spotUsdc()).toDecimal());
                adversary.settled(expiry);
                honest.settled(expiry);
            }
        }
    }

    /** An option so many days ahead, at a percentage of the spot the session began at. */
    static OptionPackage option(
            Underlying underlying, int days, double percent, OptionType type, long lots) {
        return OptionPackage.of(new Leg(contract(START_MS, underlying, days, percent, type), lots));
    }

    /** The same, so many days from now. */
    OptionPackage optionFromNow(
            Underlying underlying, int days, double percent, OptionType type, long lots) {
        long nowMs = pool.now().epochMs();
        return OptionPackage.of(new Leg(contract(nowMs, underlying, days, percent, type), lots));
    }

    private static OptionContract contract(
            long nowMs, Underlying underlying, int days, double percent, OptionType type) {
        long step = underlying.equals(Setting.BTC) ? 650 : 25;
        return new OptionContract(
                underlying,
                Expiry.ofEpochMs(nowMs + days * DAY_MS),
                BigDecimal.valueOf(Math.round(percent * step)),
                type);
    }

    /** Any option, either way, up to so many lots. */
    OptionPackage any(int mostLots) {
        Underlying underlying = random.nextBoolean() ? Setting.BTC : Setting.ETH;
        int[] days = {2, 5, 12, 30, 90};
        long lots = 1L + random.nextInt(mostLots * (underlying.equals(Setting.ETH) ? 2 : 1));
        return optionFromNow(
                underlying,
                days[random.nextInt(days.length)],
                80 + 5 * random.nextInt(9),
                random.nextBoolean() ? OptionType.CALL : OptionType.PUT,
                random.nextBoolean() ? lots : -lots);
    }

    /** Closes all, one after another; what is refused stays. */
    void closeAll() {
        for (OptionPackage one : new ArrayList<>(adversary.closings())) {
            trade(adversary, one);
        }
    }

    private Quoter quoter(Underlying underlying) {
        Quoter quoter = quoters.get(underlying);
        if (quoter == null) {
            throw new IllegalArgumentException("underlying=" + underlying + " is not BTC or ETH");
        }
        return quoter;
    }
}
