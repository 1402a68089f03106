package io.dolim.deploy.bench;

import io.dolim.book.PricingView;
import io.dolim.capacity.CapacityView;
import io.dolim.capacity.vector.Exposure;
import io.dolim.deploy.HeldReplay;
import io.dolim.deploy.Progress;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.quote.Quote;
import io.dolim.quoting.quote.QuoteBasis;
import io.dolim.quoting.quote.StaticBounds;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A taker who makes the pool short gamma and takes it back, over recorded days, and what was quoted
 * meanwhile. Every so often the replay stands still: the market view of that moment is noted, then he trades.
 */
final class GammaCampaign implements HeldReplay.Visitor {

    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
    private static final int PROBE_DAYS = 30;
    private static final int SHORTEST_DAYS = 20;
    private static final int LONGEST_DAYS = 60;

    /** He trades in tens of lots, so that a tenth of what he holds is whole lots. */
    private static final int TEN = 10;

    private static final double DELTA_SHARE = 0.01;
    private static final long VIEW_SECONDS = 30;

    private final HeldReplay replay;
    private final Terms terms;
    private final GammaTaker taker;
    private final FlatPool flat;
    private final SplittableRandom random;
    private final Progress progress;
    private final long fromMs;
    private final TreeMap<Underlying, GammaPlan> plans = new TreeMap<>();
    private final TreeMap<Underlying, Expiry> expiries = new TreeMap<>();
    private final List<GammaSample> samples = new ArrayList<>();
    private long nextMs;

    /**
     * What is done.
     *
     * @param from first day
     * @param everyMs between two visits, on the feed's clock
     * @param mostCoins options that the pool is short of at most, by coin
     */
    record Terms(
            LocalDate from,
            int days,
            long everyMs,
            SortedMap<Underlying, BigDecimal> mostCoins,
            long seed) {

        Terms {
            mostCoins = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(mostCoins));
        }
    }

    GammaCampaign(HeldReplay replay, GammaTaker taker, Terms terms, Progress progress) {
        this.replay = replay;
        this.taker = taker;
        this.terms = terms;
        this.progress = progress;
        this.flat = new FlatPool(replay.config(), replay.specs(), replay.capital());
        this.random = new SplittableRandom(terms.seed());
        this.fromMs = terms.from().atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    /** What was noted, in order. */
    List<GammaSample> samples() {
        return List.copyOf(samples);
    }

    @Override
    public boolean visit(long timeMs) throws Exception {
        if (timeMs >= fromMs + terms.days() * DAY_MS) {
            return false;
        }
        if (timeMs < nextMs) {
            return true;
        }
        nextMs = timeMs + terms.everyMs();
        progress.at((timeMs - fromMs) / 60_000, terms.days() * DAY_MS / 60_000);
        List<PricingView> views = new ArrayList<>();
        for (Underlying underlying : replay.specs().keySet()) {
            views.add(awaited(underlying, timeMs));
        }
        for (PricingView view : views) {
            samples.add(sample(view, timeMs));
        }
        for (PricingView view : views) {
            trade(view, timeMs);
        }
        return true;
    }

    /** The first view that Capacity opened on the markets of that moment. */
    private PricingView awaited(Underlying underlying, long timeMs) throws Exception {
        CountDownLatch come = new CountDownLatch(1);
        try (AutoCloseable _ =
                replay.board()
                        .subscribe(
                                view -> {
                                    if (isOf(view, underlying, timeMs)) {
                                        come.countDown();
                                    }
                                })) {
            Optional<PricingView> there =
                    replay.board().latest(underlying).filter(one -> isOf(one, underlying, timeMs));
            if (there.isPresent()) {
                return there.get();
            }
            if (!come.await(VIEW_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(
                        "no market view of "
                                + underlying
                                + " opened at "
                                + Instant.ofEpochMilli(timeMs));
            }
            return replay.board().latest(underlying).orElseThrow();
        }
    }

    private static boolean isOf(PricingView view, Underlying underlying, long timeMs) {
        return view.underlying().equals(underlying)
                && view.market().timeMs() >= timeMs
                && view.capacity().stream()
                                .flatMap(pool -> pool.markets().values().stream())
                                .mapToLong(market -> market.timeMs())
                                .min()
                                .orElse(0)
                        >= timeMs;
    }

    private GammaSample sample(PricingView view, long timeMs) throws IOException {
        Underlying underlying = view.underlying();
        ContractSpec spec = view.quoter().spec();
        CapacityView pool = view.capacity().orElseThrow();
        Exposure exposure = pool.inventory().exposure(underlying);
        SortedMap<OptionContract, Long> held = taker.held(underlying);
        long lots = held.values().stream().mapToLong(each -> each).sum();
        Optional<GammaSample.Pair> some =
                held.isEmpty() ? Optional.empty() : Optional.of(pair(view, part(held)));
        OptionPackage probe = probe(view.market(), spec);
        return new GammaSample(
                timeMs,
                underlying,
                taker.isEmpty(),
                spec.coins(lots).doubleValue(),
                view.spotUsdc(),
                pool.strain(),
                pool.measures().rac(),
                pool.measures().capital(),
                exposure.deltaCoins(),
                exposure.gammaUsdc(),
                pair(view, probe),
                pair(view, OptionPackage.of(probe.legs().getFirst())),
                some);
    }

    /** A straddle of one coin at the forward of the day a month ahead. */
    private static OptionPackage probe(MarketSnapshot market, ContractSpec spec) {
        Expiry expiry =
                new Expiry(
                        Instant.ofEpochMilli(market.timeMs())
                                .atZone(ZoneOffset.UTC)
                                .toLocalDate()
                                .plusDays(PROBE_DAYS));
        BigDecimal strike =
                BigDecimal.valueOf(market.forwardUsdc(expiry)).setScale(0, RoundingMode.HALF_EVEN);
        long lots = spec.lots(BigDecimal.ONE);
        List<Leg> legs = new ArrayList<>();
        for (OptionType type : OptionType.values()) {
            legs.add(new Leg(new OptionContract(spec.underlying(), expiry, strike, type), lots));
        }
        return new OptionPackage(legs);
    }

    /** A tenth of each of the largest positions: all are tens of lots. */
    private static OptionPackage part(SortedMap<OptionContract, Long> held) {
        return new OptionPackage(
                held.entrySet().stream()
                        .sorted(
                                Comparator.<java.util.Map.Entry<OptionContract, Long>>comparingLong(
                                                each -> -each.getValue())
                                        .thenComparing(java.util.Map.Entry.comparingByKey()))
                        .limit(OptionPackage.MAX_LEGS)
                        .map(each -> new Leg(each.getKey(), each.getValue() / TEN))
                        .toList());
    }

    private GammaSample.Pair pair(PricingView view, OptionPackage asked) throws IOException {
        CapacityView empty = flat.like(view.capacity().orElseThrow());
        return new GammaSample.Pair(side(view, empty, asked), side(view, empty, asked.reversed()));
    }

    /** The flat pool has no displayed quotes that could bind it. */
    private static GammaSample.Side side(PricingView view, CapacityView empty, OptionPackage asked)
            throws IOException {
        return new GammaSample.Side(
                quoted(view.quote(asked, System.nanoTime())),
                quoted(
                        view.quoter()
                                .quote(
                                        new QuoteBasis(view.market(), empty, StaticBounds.none()),
                                        asked)));
    }

    private static Quote.Quoted quoted(Quote quote) throws IOException {
        return switch (quote) {
            case Quote.Quoted quoted -> quoted;
            case Quote.Refused refused ->
                    throw new IOException(
                            refused.asked().legs()
                                    + " refused: "
                                    + refused.rule()
                                    + " "
                                    + refused.numbers());
        };
    }

    /** Buys or sells as far as the plan says, without leaving the pool a delta. */
    private void trade(PricingView view, long timeMs) throws Exception {
        Underlying underlying = view.underlying();
        ContractSpec spec = view.quoter().spec();
        BigDecimal most = terms.mostCoins().getOrDefault(underlying, BigDecimal.ZERO);
        long wanted = Math.round(plan(underlying, timeMs).share(timeMs) * spec.lots(most) / TEN);
        double delta = view.capacity().orElseThrow().inventory().exposure(underlying).deltaCoins();
        while (true) {
            SortedMap<OptionContract, Long> tens = new TreeMap<>(taker.held(underlying));
            tens.replaceAll((contract, lots) -> lots / TEN);
            long more = wanted - tens.values().stream().mapToLong(each -> each).sum();
            NeutralSteps steps =
                    new NeutralSteps(contract -> TEN * deltaOfLot(view, contract), tens, delta);
            if (more < 0) {
                steps.sell(-more);
            }
            if (wanted > 0) {
                OptionContract call = atTheMoney(view, OptionType.CALL);
                OptionContract put = atTheMoney(view, OptionType.PUT);
                steps.buy(Math.max(0, more), call, put);
                steps.turn(DELTA_SHARE * spec.coins(TEN * wanted).doubleValue(), call, put);
            }
            SortedMap<OptionContract, Long> legs = steps.legs();
            if (legs.isEmpty()) {
                return;
            }
            legs.replaceAll((contract, some) -> some * TEN);
            taker.trade(legs);
            delta = steps.poolDelta();
        }
    }

    private GammaPlan plan(Underlying underlying, long timeMs) {
        List<Underlying> coins = List.copyOf(replay.specs().keySet());
        return plans.computeIfAbsent(
                underlying,
                _ ->
                        new GammaPlan(
                                timeMs,
                                fromMs,
                                terms.days(),
                                coins.indexOf(underlying),
                                coins.size(),
                                random.split()));
    }

    private static double deltaOfLot(PricingView view, OptionContract contract) {
        return view.deltaCoins(OptionPackage.of(new Leg(contract, 1)));
    }

    /** The listed option nearest the forward, of an expiry that is drawn once. */
    private OptionContract atTheMoney(PricingView view, OptionType type) throws IOException {
        Expiry expiry = expiry(view);
        double forward = view.market().forwardUsdc(expiry);
        return view.listed().stream()
                .filter(each -> each.expiry().equals(expiry) && each.type() == type)
                .min(
                        Comparator.comparingDouble(
                                each -> Math.abs(each.strike().doubleValue() - forward)))
                .orElseThrow(() -> new IOException("nothing is listed of " + expiry));
    }

    private Expiry expiry(PricingView view) throws IOException {
        Expiry known = expiries.get(view.underlying());
        if (known != null) {
            return known;
        }
        SortedSet<Expiry> listed = new java.util.TreeSet<>();
        for (OptionContract each : view.listed()) {
            double days = (each.expiry().epochMs() - view.market().timeMs()) / (double) DAY_MS;
            if (days >= SHORTEST_DAYS && days <= LONGEST_DAYS) {
                listed.add(each.expiry());
            }
        }
        if (listed.isEmpty()) {
            throw new IOException(
                    view.underlying()
                            + " has no expiry in "
                            + SHORTEST_DAYS
                            + " to "
                            + LONGEST_DAYS
                            + " days");
        }
        Expiry drawn = List.copyOf(listed).get(random.nextInt(listed.size()));
        expiries.put(view.underlying(), drawn);
        return drawn;
    }
}
