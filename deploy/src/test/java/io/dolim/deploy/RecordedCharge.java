package io.dolim.deploy;

import io.dolim.book.BookEvent;
import io.dolim.book.RecordedView;
import io.dolim.book.trade.Content;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.InstrumentVectors;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.MarketParts;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.quote.Leg;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The capital charge of a journaled trade, computed anew from what the journal says: the market view
 * and its markets by their hashes, the inventory by folding the books to the cut. Only v and delta
 * are the engine's; the hedged vectors, the background and the potential are computed here.
 */
final class RecordedCharge {

    private static final double STEP = 0x1p20;
    private static final double MILLIS_PER_DAY = 86_400_000;
    private static final double[] LAYER_ENDS_DAYS = {0, 1, 3, 10};
    private static final int LAYERS = 3;

    private final RecordedBooks books;
    private final VectorPricer pricer;
    private final ScenarioSet scenarios;
    private final SortedMap<String, String> view;
    private final SortedMap<Underlying, MarketSnapshot> markets = new TreeMap<>();

    private RecordedCharge(
            RecordedBooks books, VectorPricer pricer, SortedMap<String, String> view) {
        this.books = books;
        this.pricer = pricer;
        this.scenarios = pricer.scenarios();
        this.view = view;
    }

    /** What a trade's quote was charged on. */
    static RecordedCharge of(
            RecordedBooks books, VectorPricer pricer, BookEvent.TradeExecuted trade) {
        RecordedView own = RecordedView.decode(books.content("view.4", trade.viewHash()).bytes());
        SortedMap<String, String> view = lines(books.content("frozen.2", own.frozen()));
        own.cut().forEach((coin, last) -> view.put("cut." + coin, last.toString()));
        RecordedCharge recorded = new RecordedCharge(books, pricer, view);
        if (!recorded.word("scenarios").equals(pricer.scenarios().version())) {
            throw new IllegalStateException("scenarios are " + recorded.word("scenarios"));
        }
        for (Underlying underlying : books.underlyings()) {
            recorded.markets.put(underlying, market(books, recorded.word("market." + underlying)));
        }
        return recorded;
    }

    private static MarketSnapshot market(RecordedBooks books, String hash) {
        byte[] market = books.content(hash).bytes();
        return MarketParts.decode(market, books.content(MarketParts.surfaceHash(market)).bytes());
    }

    /** The number of the market view. */
    long viewNumber() {
        return Long.parseLong(word("view"));
    }

    /** The last event of each book that the charged inventory contained. */
    SortedMap<Underlying, Long> cut() {
        SortedMap<Underlying, Long> cut = new TreeMap<>();
        books.underlyings().forEach(u -> cut.put(u, Long.parseLong(word("cut." + u))));
        return cut;
    }

    /** What the pool held of a contract in that inventory, lots. */
    long lots(OptionContract contract) {
        long sequence = Long.parseLong(word("cut." + contract.underlying()));
        return books.held(contract.underlying(), sequence).getOrDefault(contract, 0L);
    }

    /** Phi with the taker's leg less Phi without it, USDC, before clips. */
    BigDecimal charge(Leg leg) {
        double[][] hedged = new double[LAYERS][scenarios.size()];
        double[][] grid = new double[LAYERS][scenarios.gridSize()];
        cut().forEach(
                        (underlying, sequence) ->
                                books.held(underlying, sequence)
                                        .forEach((held, lots) -> add(hedged, grid, held, lots)));
        DecimalPotential potential = potential();
        BigDecimal before = potential.phi(hedged, worst(grid));
        add(hedged, grid, leg.contract(), -leg.lots());
        return potential.phi(hedged, worst(grid)).subtract(before);
    }

    private DecimalPotential potential() {
        double[] probability = new double[scenarios.size()];
        double[] background = new double[scenarios.size()];
        double mean = 0;
        for (int s = 0; s < probability.length; s++) {
            probability[s] = scenarios.probability(s);
            for (Underlying underlying : books.underlyings()) {
                background[s] +=
                        number("unhedged." + underlying)
                                * market(underlying).spotUsdc()
                                * Math.expm1(scenarios.move(s, underlying).logSpot());
            }
            background[s] += number("cash") * scenarios.cashMove(s);
            background[s] *= scenarios.damping(s);
            mean += probability[s] * background[s];
        }
        for (int s = 0; s < background.length; s++) {
            background[s] -= mean;
        }
        return new DecimalPotential(
                probability,
                number("capital"),
                background,
                Integer.parseInt(word("risk_aversion")),
                number("rent_annual"));
    }

    /** Adds lots of w = a (H - E[H]) and a^2 H, H = damp (v - delta (S_s - S)), each per lot to its step. */
    private void add(double[][] hedged, double[][] grid, OptionContract contract, long lots) {
        MarketSnapshot market = market(contract.underlying());
        InstrumentVectors one = pricer.of(market, books.spec(contract), contract);
        double days = (contract.expiry().epochMs() - market.timeMs()) / MILLIS_PER_DAY;
        double[] h = new double[scenarios.size()];
        double mean = 0;
        for (int s = 0; s < h.length; s++) {
            boolean shorter = !scenarios.instantaneous(s) && days < scenarios.horizonDays();
            double move =
                    scenarios.move(s, contract.underlying()).logSpot()
                            * (shorter ? Math.sqrt(days / scenarios.horizonDays()) : 1);
            double spotMove = market.spotUsdc() * Math.expm1(move);
            h[s] = scenarios.damping(s) * (one.value(s) - one.greeks().deltaCoins() * spotMove);
            mean += scenarios.probability(s) * h[s];
        }
        for (int k = 0; k < LAYERS; k++) {
            double length = LAYER_ENDS_DAYS[k + 1] - LAYER_ENDS_DAYS[k];
            double share = Math.clamp((days - LAYER_ENDS_DAYS[k]) / length, 0, 1);
            for (int s = 0; s < h.length; s++) {
                hedged[k][s] += lots * stepped(Math.sqrt(share) * (h[s] - mean));
            }
            for (int i = 0; i < grid[k].length; i++) {
                grid[k][i] += lots * stepped(share * h[scenarios.gridStart() + i]);
            }
        }
    }

    private static double[] worst(double[][] grid) {
        double[] worst = new double[LAYERS];
        for (int k = 0; k < LAYERS; k++) {
            for (double gain : grid[k]) {
                worst[k] = Math.max(worst[k], -gain);
            }
        }
        return worst;
    }

    private static double stepped(double usdc) {
        return Math.rint(usdc * STEP) / STEP;
    }

    private MarketSnapshot market(Underlying underlying) {
        return Optional.ofNullable(markets.get(underlying)).orElseThrow();
    }

    private static SortedMap<String, String> lines(Content content) {
        SortedMap<String, String> lines = new TreeMap<>();
        for (String line : new String(content.bytes(), StandardCharsets.US_ASCII).split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                lines.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return lines;
    }

    private double number(String key) {
        return Double.parseDouble(word(key));
    }

    private String word(String key) {
        return Optional.ofNullable(view.get(key)).orElseThrow();
    }
}
