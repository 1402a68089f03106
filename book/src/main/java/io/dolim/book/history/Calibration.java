package io.dolim.book.history;

import io.dolim.book.BookEvent;
import io.dolim.book.trade.Trade;
import io.dolim.capacity.CapacityView;
import io.dolim.capacity.ShortfallBacktest;
import io.dolim.capacity.backtest.Forecast;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.math.Elementary;
import io.dolim.quoting.pricing.Black76;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.Quoter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a journal says of the settings that price inventory: what trades earned by how dear their
 * capacity was (the risk aversion g), how long inventory stayed (the holding time tau), and whether
 * losses stayed within the expected shortfall (the scenarios). Later markets are those that later
 * trades of the same underlying recorded. Not safe for threads.
 */
public final class Calibration {

    private static final double DECILES = 10;

    private final long markoutMs;
    private final long horizonMs;
    private final Past past = new Past();
    private final Requote requote = new Requote(Map.of());
    private final SortedMap<Underlying, Deque<Open>> open = new TreeMap<>();
    private final SortedMap<Underlying, Survival> inventory = new TreeMap<>();
    private final List<Markout> markouts = new ArrayList<>();
    private final List<Forecast> forecasts = new ArrayList<>();
    private Optional<Standing> standing = Optional.empty();
    private double level = Double.NaN;
    private long nowMs;
    private long trades;
    private long expired;
    private long unpriced;

    /**
     * Follows a log.
     *
     * @param markoutMs after which a trade is valued
     * @param horizonMs over which expected shortfall is held against what came
     * @throws IllegalArgumentException when either is not positive
     */
    public Calibration(long markoutMs, long horizonMs) {
        if (markoutMs <= 0 || horizonMs <= 0) {
            throw new IllegalArgumentException(
                    "markoutMs=" + markoutMs + " horizonMs=" + horizonMs + " must be positive");
        }
        this.markoutMs = markoutMs;
        this.horizonMs = horizonMs;
    }

    /** A trade that is not valued yet. */
    private record Open(
            Trade trade,
            Quoter quoter,
            double spotUsdc,
            double deltaCoins,
            double coins,
            long timeMs) {}

    /** The pool at the beginning of a horizon. */
    private record Standing(
            CapacityView view,
            SortedMap<Underlying, SortedMap<OptionContract, Long>> lots,
            long timeMs) {}

    /**
     * Trades by how dear their capacity was for their size, a tenth of all.
     *
     * @param decile from 1, the cheapest
     * @param mostBp dearest charge of them, hundredths of a per cent of notional
     * @param notionalUsdc of all of them
     * @param chargeUsdc capital charges
     * @param spreadUsdc spreads
     * @param gainUsdc as {@link Markout}
     * @param hedgedUsdc as {@link Markout}
     */
    public record Decile(
            int decile,
            int trades,
            double mostBp,
            double notionalUsdc,
            double chargeUsdc,
            double spreadUsdc,
            double gainUsdc,
            double hedgedUsdc) {}

    /**
     * How long inventory stayed.
     *
     * @param coins that came to the pool
     * @param halfLifeDays NaN when less than half of them were taken away again
     */
    public record HalfLife(double coins, double halfLifeDays) {}

    /**
     * All of it.
     *
     * @param trades of the stretch
     * @param expired trades with a leg that expired before they were valued
     * @param unvalued trades that no later market was recorded for
     * @param unpriced trades whose inputs do not suffice
     * @param level of the expected shortfall; NaN when there is no forecast
     * @param forecasts in time
     */
    public record Report(
            long trades,
            long expired,
            long unvalued,
            long unpriced,
            List<Decile> deciles,
            SortedMap<Underlying, HalfLife> inventory,
            double level,
            List<Forecast> forecasts) {
        /** Copies the collections. */
        public Report {
            deciles = List.copyOf(deciles);
            inventory = Collections.unmodifiableSortedMap(new TreeMap<>(inventory));
            forecasts = List.copyOf(forecasts);
        }
    }

    /**
     * Takes the next event of the log.
     *
     * @param counts whether it belongs to the stretch; one that does not is only folded
     */
    public void next(Written written, boolean counts) {
        past.apply(written);
        if (!counts) {
            return;
        }
        switch (written.event()) {
            case BookEvent.TradeExecuted executed -> traded(executed);
            case BookEvent.ExpirySettled settled -> settled(settled);
            default -> {}
        }
    }

    private void settled(BookEvent.ExpirySettled settled) {
        long atMs = settled.expiry().epochMs();
        nowMs = Math.max(nowMs, atMs);
        for (var posting : settled.postings()) {
            if (!posting.isCash()) {
                OptionContract contract = OptionContract.parse(posting.asset());
                survival(contract.underlying()).expired(contract, atMs);
            }
        }
    }

    private Survival survival(Underlying underlying) {
        return inventory.computeIfAbsent(underlying, _ -> new Survival());
    }

    private void traded(BookEvent.TradeExecuted executed) {
        trades++;
        RecordedBasis basis;
        try {
            basis = RecordedBasis.of(past, executed);
            MarketSnapshot market = basis.market();
            nowMs = Math.max(nowMs, market.timeMs());
            valueOpen(market);
            open(executed.trade(), basis);
            forecast(executed, basis);
        } catch (IllegalArgumentException insufficient) {
            unpriced++;
        }
    }

    private void open(Trade trade, RecordedBasis basis) {
        MarketSnapshot market = basis.market();
        ContractSpec spec = basis.terms().contract();
        Quoter quoter = new Quoter(spec, basis.terms().quotes());
        double coins = spec.coins(trade.legs().grossLots()).doubleValue();
        open.computeIfAbsent(market.underlying(), _ -> new ArrayDeque<>())
                .add(
                        new Open(
                                trade,
                                quoter,
                                market.spotUsdc(),
                                quoter.greeks(market, trade.legs()).deltaCoins(),
                                coins,
                                market.timeMs()));
        for (Leg leg : trade.legs().legs()) {
            survival(market.underlying())
                    .traded(leg.contract(), -spec.coins(leg.lots()).doubleValue(), market.timeMs());
        }
    }

    /** Values what has waited long enough on a market that a later trade recorded. */
    private void valueOpen(MarketSnapshot market) {
        Deque<Open> waiting = open.getOrDefault(market.underlying(), new ArrayDeque<>());
        while (!waiting.isEmpty() && market.timeMs() - waiting.getFirst().timeMs() >= markoutMs) {
            Open due = waiting.removeFirst();
            boolean over =
                    due.trade().legs().legs().stream()
                            .anyMatch(leg -> leg.contract().expiry().epochMs() <= market.timeMs());
            if (over) {
                expired++;
                continue;
            }
            double paid = due.trade().price().minus(due.trade().lines().fee()).toDouble();
            double gain = paid - due.quoter().markUsdc(market, due.trade().legs());
            markouts.add(
                    new Markout(
                            due.trade().id(),
                            due.coins() * due.spotUsdc(),
                            due.trade().lines().capitalCharge(),
                            due.trade().lines().spread(),
                            gain,
                            gain + due.deltaCoins() * (market.spotUsdc() - due.spotUsdc())));
        }
    }

    private void forecast(BookEvent.TradeExecuted executed, RecordedBasis basis) {
        if (standing.isPresent() && basis.market().timeMs() - standing.get().timeMs() < horizonMs) {
            return;
        }
        standing.ifPresent(before -> came(before, basis.frozen().markets()));
        Requote.Standing now = requote.now(past, executed);
        level = basis.terms().capacity().tailLevel();
        SortedMap<Underlying, SortedMap<OptionContract, Long>> lots = new TreeMap<>();
        for (Underlying underlying : now.capacity().markets().keySet()) {
            lots.put(underlying, past.held(underlying).lots());
        }
        standing = Optional.of(new Standing(now.capacity(), lots, basis.market().timeMs()));
    }

    private void came(Standing before, SortedMap<Underlying, PricingMarket> markets) {
        double loss = before.view().inventory().markUsdc();
        for (var book : before.lots().entrySet()) {
            PricingMarket market = markets.get(book.getKey());
            Optional<ContractSpec> spec = past.replay().spec(book.getKey());
            if (market == null || spec.isEmpty()) {
                return;
            }
            for (var held : book.getValue().entrySet()) {
                loss -=
                        spec.get().coins(held.getValue()).doubleValue()
                                * priceUsdc(market, held.getKey());
            }
        }
        ShortfallBacktest.forecast(before.view(), level, loss).ifPresent(forecasts::add);
    }

    /** Of one coin's option; one that has expired is worth its intrinsic value on the spot of now. */
    private static double priceUsdc(PricingMarket market, OptionContract contract) {
        double strike = contract.strike().doubleValue();
        double years = contract.expiry().yearsFrom(market.timeMs());
        if (years <= 0) {
            return Math.max(contract.type().sign() * (market.spotUsdc() - strike), 0);
        }
        double forward = market.forwardUsdc(contract.expiry());
        double vol = market.volAnnual(contract.expiry(), Elementary.logRatio(strike, forward));
        return Black76.price(
                contract.type(), forward, strike, years, vol, market.discount(contract.expiry()));
    }

    /** What the log came to so far. */
    public Report report() {
        SortedMap<Underlying, HalfLife> halfLives = new TreeMap<>();
        inventory.forEach(
                (underlying, survival) ->
                        halfLives.put(
                                underlying,
                                new HalfLife(
                                        survival.coins(),
                                        survival.halfLifeMs(nowMs) / 86_400_000.0)));
        long waiting = open.values().stream().mapToLong(Deque::size).sum();
        return new Report(
                trades, expired, waiting, unpriced, deciles(), halfLives, level, forecasts);
    }

    private List<Decile> deciles() {
        List<Markout> sorted = new ArrayList<>(markouts);
        sorted.sort(
                Comparator.comparingDouble(Markout::chargeBp)
                        .thenComparing(one -> one.trade().toString()));
        List<Decile> deciles = new ArrayList<>();
        for (int d = 0; d < DECILES; d++) {
            int from = (int) Math.floor(sorted.size() * d / DECILES);
            int to = (int) Math.floor(sorted.size() * (d + 1) / DECILES);
            if (to > from) {
                deciles.add(decile(d + 1, sorted.subList(from, to)));
            }
        }
        return deciles;
    }

    private static Decile decile(int number, List<Markout> of) {
        double notional = 0;
        double charge = 0;
        double spread = 0;
        double gain = 0;
        double hedged = 0;
        for (Markout one : of) {
            notional += one.notionalUsdc();
            charge += one.charge().toDouble();
            spread += one.spread().toDouble();
            gain += one.gainUsdc();
            hedged += one.hedgedUsdc();
        }
        return new Decile(
                number, of.size(), of.getLast().chargeBp(), notional, charge, spread, gain, hedged);
    }
}
