package io.dolim.api.feed;

import io.dolim.quoting.instrument.DayCount;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.FeedSource;
import io.dolim.quoting.market.OptionQuote;
import io.dolim.quoting.math.Elementary;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A made-up market of several coins that move together. Pure: the same models, seed and steps give
 * the same events, bit for bit.
 *
 * <p>Log prices diffuse with a mean-reverting log volatility and jump, alone and together; price and
 * volatility shocks share one factor over all coins. Smiles are {@link SimulatedSmile}s whose level
 * and skew move. Index sources see the price through noise of their own.
 */
final class SimulatedWorld {

    /** One factor explains this share of the variance of every coin's shocks. */
    private static final double SHARED = 0.75;

    private static final double COMMON_JUMPS_PER_YEAR = 12;
    private static final double SKEW_REVERSION = 50;
    private static final double SKEW_VOL = 1.0;
    private static final double CARRY_REVERSION = 20;
    private static final double CARRY_VOL = 0.3;
    private static final double MOST_LOG_VOL = 1.5;
    private static final double SOURCE_NOISE = 3e-5;
    private static final double PERPETUAL_NOISE = 5e-5;
    private static final double WIDEST_WING = 8;
    private static final double LAST_BID = 3.5;
    private static final long LAST_QUOTE_BEFORE_EXPIRY_MS = 120_000;
    private static final FeedSource FEED = FeedSource.synthetic("simulated");

    private final List<CoinModel> models;
    private final List<FeedSource> indexSources;

    /** @param indexSources how many see the index, each with noise of its own */
    SimulatedWorld(List<CoinModel> models, int indexSources) {
        this.models = List.copyOf(models);
        List<FeedSource> sources = new ArrayList<>();
        for (int i = 1; i <= indexSources; i++) {
            sources.add(FeedSource.synthetic(sourceName(i)));
        }
        this.indexSources = List.copyOf(sources);
    }

    static String sourceName(int number) {
        return "simulated-" + number;
    }

    SimulatedState initial(long seed, long startMs) {
        List<SimulatedState.Coin> coins = new ArrayList<>();
        for (CoinModel model : models) {
            coins.add(
                    new SimulatedState.Coin(
                            model.spotUsdc(),
                            0,
                            model.skew(),
                            model.carryAnnual(),
                            new TreeSet<>(model.listing().contracts(model.spotUsdc(), startMs))));
        }
        return new SimulatedState(startMs, 0, new Dice(seed).nextLong(), coins);
    }

    /** The world as it was left, at a later time; a coin that it did not have begins at its start. */
    SimulatedState resumed(SimulatedMemory memory, long seed, long startMs) {
        SimulatedState fresh = initial(seed, startMs);
        List<SimulatedState.Coin> coins = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            CoinModel model = models.get(i);
            SimulatedState.Coin start = fresh.coins().get(i);
            coins.add(
                    memory.coin(model.underlying())
                            .map(coin -> at(coin, model, startMs))
                            .orElse(start));
        }
        boolean sameDice = memory.seed() == seed;
        return new SimulatedState(
                startMs, memory.steps(), sameDice ? memory.chance() : fresh.chance(), coins);
    }

    private static SimulatedState.Coin at(
            SimulatedMemory.Coin coin, CoinModel model, long startMs) {
        return new SimulatedState.Coin(
                coin.spotUsdc(),
                coin.logVol(),
                coin.skew(),
                coin.carryAnnual(),
                new TreeSet<>(model.listing().contracts(coin.spotUsdc(), startMs)));
    }

    /** What is needed to go on from a state. */
    SimulatedMemory memory(SimulatedState state, long seed) {
        TreeMap<Underlying, SimulatedMemory.Coin> coins = new TreeMap<>();
        for (int i = 0; i < models.size(); i++) {
            SimulatedState.Coin coin = state.coins().get(i);
            coins.put(
                    models.get(i).underlying(),
                    new SimulatedMemory.Coin(
                            coin.spotUsdc(), coin.logVol(), coin.skew(), coin.carryAnnual()));
        }
        return new SimulatedMemory(seed, state.steps(), state.chance(), coins);
    }

    /** The world a moment later. */
    SimulatedState step(SimulatedState state, long stepMs) {
        Dice dice = new Dice(state.chance());
        double dt = stepMs / DayCount.MILLIS_PER_YEAR;
        double market = dice.normal();
        double fear = dice.normal();
        double crash = dice.uniform() < COMMON_JUMPS_PER_YEAR * dt ? dice.normal() : 0;
        List<SimulatedState.Coin> coins = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            coins.add(move(models.get(i), state.coins().get(i), dt, market, fear, crash, dice));
        }
        return new SimulatedState(state.timeMs() + stepMs, state.steps() + 1, dice.state(), coins);
    }

    /** Lists what the rule asks for by now, and forgets what is expired. */
    SimulatedState list(SimulatedState state) {
        List<SimulatedState.Coin> coins = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            SimulatedState.Coin coin = state.coins().get(i);
            TreeSet<OptionContract> listed = new TreeSet<>(coin.listed());
            listed.removeIf(contract -> contract.expiry().epochMs() <= state.timeMs());
            listed.addAll(models.get(i).listing().contracts(coin.spotUsdc(), state.timeMs()));
            coins.add(coin.listed().equals(listed) ? coin : coin.withListed(listed));
        }
        return new SimulatedState(state.timeMs(), state.steps(), state.chance(), coins);
    }

    /** What is listed now and was not before; everything when there is no before. */
    List<FeedEvent> listings(Optional<SimulatedState> before, SimulatedState now) {
        List<FeedEvent> events = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            TreeSet<OptionContract> added = new TreeSet<>(now.coins().get(i).listed());
            if (before.isPresent()) {
                added.removeAll(before.get().coins().get(i).listed());
            }
            if (!added.isEmpty()) {
                events.add(
                        new FeedEvent.InstrumentsListed(
                                models.get(i).underlying(), FEED, now.timeMs(), added));
            }
        }
        return events;
    }

    /** One index tick a coin, from the source whose turn it is, and its perpetual. */
    List<FeedEvent> ticks(SimulatedState state) {
        Dice noise = new Dice(state.chance()).split(1);
        int turn = (int) (state.steps() % indexSources.size());
        List<FeedEvent> events = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            double spot = state.coins().get(i).spotUsdc();
            double seen = spot * (1 + SOURCE_NOISE * noise.normal());
            double perpetual = spot * (1 + PERPETUAL_NOISE * noise.normal());
            events.add(
                    new FeedEvent.IndexTick(
                            models.get(i).underlying(),
                            indexSources.get(turn),
                            state.timeMs(),
                            seen));
            events.add(
                    new FeedEvent.FutureTick(
                            models.get(i).underlying(),
                            FEED,
                            state.timeMs(),
                            Optional.empty(),
                            perpetual));
        }
        return events;
    }

    /** The chain of every coin and expiry, ended by a marker. */
    List<FeedEvent> chains(SimulatedState state, int number) {
        List<FeedEvent> events = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            addChains(events, models.get(i), state.coins().get(i), state.timeMs());
        }
        events.add(new FeedEvent.ChainEnd(FEED, state.timeMs(), number, 0));
        return events;
    }

    private static SimulatedState.Coin move(
            CoinModel model,
            SimulatedState.Coin coin,
            double dt,
            double market,
            double fear,
            double crash,
            Dice dice) {
        double shared = Math.sqrt(SHARED);
        double own = Math.sqrt(1 - SHARED);
        double root = Math.sqrt(dt);
        double priceShock = shared * market + own * dice.normal();
        double rho = model.spotVolCorrelation();
        double volShock =
                rho * priceShock + Math.sqrt(1 - rho * rho) * (shared * fear + own * dice.normal());
        double ownJump = dice.uniform() < model.jumpsPerYear() * dt ? dice.normal() : 0;
        double jump = model.jumpStd() * (crash + ownJump);
        double vol = model.volAnnual() * Elementary.exp(coin.logVol());
        double logMove = -0.5 * vol * vol * dt + vol * root * priceShock + jump;
        double logVol =
                coin.logVol()
                        - model.volReversion() * coin.logVol() * dt
                        + model.volOfVol() * root * volShock
                        + Math.abs(jump);
        double skew =
                coin.skew()
                        + SKEW_REVERSION * (model.skew() - coin.skew()) * dt
                        + SKEW_VOL * root * dice.normal();
        double carry =
                coin.carryAnnual()
                        + CARRY_REVERSION * (model.carryAnnual() - coin.carryAnnual()) * dt
                        + CARRY_VOL * root * dice.normal();
        return new SimulatedState.Coin(
                coin.spotUsdc() * Elementary.exp(logMove),
                Math.clamp(logVol, -MOST_LOG_VOL, MOST_LOG_VOL),
                Math.clamp(skew, SimulatedSmile.LEAST_SKEW, SimulatedSmile.MOST_SKEW),
                Math.clamp(carry, -0.2, 0.5),
                coin.listed());
    }

    private static void addChains(
            List<FeedEvent> events, CoinModel model, SimulatedState.Coin coin, long timeMs) {
        TreeMap<Expiry, List<OptionContract>> byExpiry = new TreeMap<>();
        for (OptionContract contract : coin.listed()) {
            if (contract.expiry().epochMs() > timeMs + LAST_QUOTE_BEFORE_EXPIRY_MS) {
                byExpiry.computeIfAbsent(contract.expiry(), _ -> new ArrayList<>()).add(contract);
            }
        }
        double vol = model.volAnnual() * Elementary.exp(coin.logVol());
        byExpiry.forEach(
                (expiry, contracts) -> {
                    double years = expiry.yearsFrom(timeMs);
                    double forward = coin.spotUsdc() * Elementary.exp(coin.carryAnnual() * years);
                    SimulatedSmile smile =
                            SimulatedSmile.of(years, vol, model.volAnnual(), coin.skew());
                    events.add(
                            new FeedEvent.ChainQuotes(
                                    model.underlying(),
                                    FEED,
                                    timeMs,
                                    expiry,
                                    forward,
                                    quotes(contracts, forward, smile)));
                });
    }

    private static List<OptionQuote> quotes(
            List<OptionContract> contracts, double forward, SimulatedSmile smile) {
        List<OptionQuote> quotes = new ArrayList<>();
        for (OptionContract contract : contracts) {
            double k = Elementary.logRatio(contract.strike().doubleValue(), forward);
            double away = smile.deviations(k);
            if (away > WIDEST_WING) {
                continue;
            }
            double mark = smile.vol(k);
            double half = mark * (0.008 + 0.006 * away);
            quotes.add(
                    new OptionQuote(
                            contract.strike(),
                            contract.type(),
                            forward,
                            OptionalDouble.empty(),
                            OptionalDouble.empty(),
                            away > LAST_BID
                                    ? OptionalDouble.empty()
                                    : OptionalDouble.of(shown(mark - half)),
                            OptionalDouble.of(shown(mark + half)),
                            shown(mark)));
        }
        return quotes;
    }

    /** A venue shows volatilities to a hundredth of a point. */
    private static double shown(double vol) {
        return new BigDecimal(vol).setScale(4, RoundingMode.HALF_EVEN).doubleValue();
    }

    /** Names of all sources that speak. */
    SortedSet<String> sources() {
        TreeSet<String> names = new TreeSet<>();
        names.add(FEED.name());
        indexSources.forEach(source -> names.add(source.name()));
        return names;
    }
}
