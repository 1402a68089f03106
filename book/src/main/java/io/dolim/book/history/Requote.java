package io.dolim.book.history;

import io.dolim.book.BookEvent;
import io.dolim.book.PricingTerms;
import io.dolim.capacity.CapacityParameters;
import io.dolim.capacity.CapacityView;
import io.dolim.capacity.Limits;
import io.dolim.capacity.RecordedPool;
import io.dolim.capacity.ViewInputs;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.InstrumentVectors;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.pricing.PricingVersion;
import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.quote.Quote;
import io.dolim.quoting.quote.QuoteLines;
import io.dolim.quoting.quote.QuoteRules;
import io.dolim.quoting.quote.Quoter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Prices a journaled trade again under its pricing version, on the pool as it was or without some of
 * its trades, under the settings of the time or others. Remembers what trades that follow each other
 * have in common: settings, vectors of the last market views, sums of what is held. Not safe for threads.
 */
public final class Requote {

    /** More than a configuration a coin, as long as nobody restarts the pool under another all the time. */
    private static final int MOST_SETTINGS = 32;

    private static final String CHOSEN_SET = "dolim.capacity.scenarios.version";

    private final SortedMap<String, String> changes;
    private final RecordedPricers pricers = new RecordedPricers();
    private final IdentityHashMap<PricingTerms, Settings> settings = new IdentityHashMap<>();
    private final HeldVectors sums = new HeldVectors();

    /**
     * @param changes settings by path, as {@code --set} takes them; none is as it was
     * @throws IllegalArgumentException when the scenario set in force is among them: a recorded trade
     *     keeps it, and only the figures of its recipe can be others
     */
    public Requote(Map<String, String> changes) {
        if (changes.containsKey(CHOSEN_SET)) {
            throw new IllegalArgumentException(
                    CHOSEN_SET
                            + "="
                            + changes.get(CHOSEN_SET)
                            + ": a recorded trade keeps its scenario set; change figures of the set");
        }
        this.changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
    }

    /**
     * A trade priced again.
     *
     * @param view the pool it was priced on
     * @param quote what it would be offered; empty when prices under its version cannot be computed again
     */
    public record Requoted(RecordedBasis basis, CapacityView view, Optional<Quote> quote) {}

    /**
     * A pool on the recorded view of a trade.
     *
     * @param capacity with what it holds
     */
    public record Standing(RecordedBasis basis, CapacityView capacity) {}

    /**
     * Prices a trade again.
     *
     * @param past with the trade as its last event
     * @param trades which of those before it are in the pool
     * @throws IllegalArgumentException when the inputs do not suffice
     */
    public Requoted of(Past past, BookEvent.TradeExecuted trade, Past.Trades trades) {
        Pool pool = pool(past, trade);
        CapacityView view = pool.view(trades);
        return new Requoted(pool.basis, view, pool.quote(view, trade));
    }

    /**
     * The pool that a trade was priced on, with the trade in it at the price it would be offered;
     * without it when it would not be, at its own price when nobody can tell.
     *
     * @param moreCash what earlier trades would have cost more
     */
    public Standing after(
            Past past, BookEvent.TradeExecuted trade, Past.Trades trades, Usdc moreCash) {
        Pool pool = pool(past, trade);
        CapacityView view = pool.view(trades);
        Optional<Quote> offered = pool.quote(view, trade);
        Optional<QuoteLines> lines =
                offered.isEmpty()
                        ? Optional.of(trade.trade().lines())
                        : offered.filter(Quote.Quoted.class::isInstance)
                                .map(quote -> ((Quote.Quoted) quote).lines());
        return new Standing(
                pool.basis,
                lines.map(
                                paid ->
                                        pool.after(
                                                trade.trade().legs(),
                                                paid.total().minus(paid.fee()).plus(moreCash),
                                                trades))
                        .orElse(view));
    }

    /**
     * What the pool holds after the last event, with the capital of then, on the last trade's view.
     *
     * @param trade the last one
     * @throws IllegalArgumentException when the inputs do not suffice
     */
    public Standing now(Past past, BookEvent.TradeExecuted trade) {
        Pool pool = pool(past, trade);
        return new Standing(pool.basis, pool.now());
    }

    /**
     * What a trade would have been offered had the index been another one, on the pool as it was.
     *
     * @param indexUsdc USDC per coin
     * @throws IllegalArgumentException when the inputs do not suffice
     */
    public Requoted onIndex(Past past, BookEvent.TradeExecuted trade, double indexUsdc) {
        Pool pool = pool(past, RecordedBasis.of(past, trade).withIndex(indexUsdc));
        CapacityView view = pool.view(Past.Trades.ALL);
        return new Requoted(pool.basis, view, pool.quote(view, trade));
    }

    private Pool pool(Past past, BookEvent.TradeExecuted trade) {
        return pool(past, RecordedBasis.of(past, trade));
    }

    private Pool pool(Past past, RecordedBasis basis) {
        Settings known = settings.get(basis.terms());
        if (known == null) {
            if (settings.size() >= MOST_SETTINGS) {
                settings.clear();
            }
            known = Settings.of(basis.terms(), changes);
            settings.put(basis.terms(), known);
        }
        return new Pool(past, basis, known);
    }

    /** What a recorded configuration says, with the changes in it. */
    private record Settings(
            CapacityParameters capacity,
            CapacityParameters capacityThen,
            ContractSpec contract,
            QuoteRules quotes) {

        static Settings of(PricingTerms then, Map<String, String> changes) {
            PricingTerms terms = then;
            for (Map.Entry<String, String> change : changes.entrySet()) {
                terms = terms.with(change.getKey(), change.getValue());
            }
            ContractSpec contract = terms.contract();
            return new Settings(terms.capacity(), then.capacity(), contract, terms.quotes());
        }
    }

    /** The pool that one trade was priced on. */
    private final class Pool {

        private final Past past;
        private final RecordedBasis basis;
        private final Settings terms;
        private final CapacityParameters parameters;
        private final VectorPricer pricer;
        private final Limits limits;
        private final RecordedPool recorded;
        private final SortedMap<Underlying, ContractSpec> specs = new TreeMap<>();
        private final SortedMap<Past.Trades, RecordedPool.Held> held = new TreeMap<>();
        private final boolean asItWas;

        Pool(Past past, RecordedBasis basis, Settings terms) {
            this.past = past;
            this.basis = basis;
            this.terms = terms;
            this.asItWas = changes.isEmpty();
            parameters = terms.capacity();
            pricer = pricers.of(basis, parameters);
            limits = limits(past, parameters);
            for (Underlying underlying : basis.frozen().markets().keySet()) {
                past.replay().spec(underlying).ifPresent(spec -> specs.put(underlying, spec));
            }
            specs.put(terms.contract().underlying(), terms.contract());
            recorded = new RecordedPool(parameters, specs, limits);
        }

        /** Limits in force, those that are changed among them. */
        private Limits limits(Past past, CapacityParameters parameters) {
            Limits inForce = past.capital().limits(parameters.limits());
            for (String path : changes.keySet()) {
                String key = path.replace("dolim.capacity.limits.", "").replace("\"", "");
                if (parameters.limits().values().containsKey(key)) {
                    inForce = inForce.with(key, parameters.limits().value(key));
                }
            }
            return inForce;
        }

        Optional<Quote> quote(CapacityView view, BookEvent.TradeExecuted trade) {
            if (!PricingVersion.computable(trade.pricingVersion())) {
                return Optional.empty();
            }
            double least =
                    trade.leastUsdc()
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "trade="
                                                            + trade.trade().id()
                                                            + " has no bound"));
            int version = PricingVersion.parse(trade.pricingVersion());
            return Optional.of(
                    new Quoter(terms.contract(), terms.quotes(), version)
                            .quoteAgain(basis.market(), view, least, trade.trade().legs()));
        }

        CapacityView view(Past.Trades trades) {
            RecordedPool.Held was = held(Past.Trades.ALL);
            if (asItWas && trades == Past.Trades.ALL) {
                return recorded.view(pricer, frozen(was, was), was, basis.mode());
            }
            RecordedPool.Held held = held(trades);
            return recorded.view(pricer, moved(frozen(was, held), was, held), held, basis.mode());
        }

        /** K and the unhedged delta follow what is taken out of the pool. */
        private RecordedPool.Frozen frozen(RecordedPool.Held was, RecordedPool.Held held) {
            ViewInputs then = basis.frozen().inputs();
            SortedMap<Underlying, Double> unhedged = new TreeMap<>(then.unhedgedDeltaCoins());
            double mark = 0;
            for (Underlying underlying : held.books().keySet()) {
                double before = delta(was, underlying);
                double more = delta(held, underlying) - before;
                unhedged.merge(underlying, more, Double::sum);
                mark += mark(held, underlying) - mark(was, underlying);
            }
            return new RecordedPool.Frozen(
                    new ViewInputs(
                            then.viewNumber(),
                            then.scenarioSet(),
                            recorded.capitalWith(
                                    pricer, then.capital(), held.cash().minus(was.cash()), mark),
                            unhedged,
                            asItWas ? then.riskAversion() : parameters.potential().riskAversion(),
                            asItWas ? then.rentAnnual() : parameters.potential().rentAnnual(),
                            Math.max(then.cashUsdc() + held.cash().minus(was.cash()).toDouble(), 0),
                            then.hedges()),
                    basis.frozen().markets(),
                    basis.frozen().strain());
        }

        /** The strain moves as far as its measures do on the inventory of the quote. */
        private RecordedPool.Frozen moved(
                RecordedPool.Frozen frozen, RecordedPool.Held was, RecordedPool.Held held) {
            RecordedPool then =
                    new RecordedPool(
                            terms.capacityThen(),
                            specs,
                            past.capital().limits(terms.capacityThen().limits()));
            double before =
                    RecordedPool.strain(
                            then.view(pricer, basis.frozen(), was, basis.mode()).measures());
            double after =
                    RecordedPool.strain(
                            recorded.view(pricer, frozen, held, basis.mode()).measures());
            double strain = Math.clamp(basis.frozen().strain() + (after - before), 0.0, 1.0);
            return new RecordedPool.Frozen(frozen.inputs(), frozen.markets(), strain);
        }

        CapacityView after(OptionPackage asked, Usdc cash, Past.Trades trades) {
            RecordedPool.Held was = held(Past.Trades.ALL);
            RecordedPool.Held held = held(trades);
            SortedMap<Underlying, BookVectors> books = new TreeMap<>(held.books());
            asked.legs()
                    .forEach(
                            leg ->
                                    books.merge(
                                            asked.underlying(),
                                            pricer.none()
                                                    .plus(vectors(leg.contract()), -leg.lots()),
                                            BookVectors::plus));
            return recorded.view(
                    pricer,
                    frozen(was, held),
                    new RecordedPool.Held(
                            books, held.cash().plus(cash), held.sequences(), held.chargeAccount()),
                    basis.mode());
        }

        CapacityView now() {
            RecordedPool.Held was = held(Past.Trades.ALL);
            SortedMap<Underlying, Past.Held> books = new TreeMap<>();
            SortedMap<Underlying, Long> sequences = new TreeMap<>();
            for (Underlying underlying : basis.cut().keySet()) {
                books.put(underlying, past.held(underlying));
                sequences.put(underlying, past.replay().sequence(underlying));
            }
            Usdc chargeAccount = basis.chargeAccount();
            RecordedPool.Held held =
                    held(books, past.capital().capital(), sequences, chargeAccount);
            return recorded.view(pricer, frozen(was, held), held, basis.mode());
        }

        /** At the cut of the quote; reckoned once. */
        private RecordedPool.Held held(Past.Trades trades) {
            RecordedPool.Held known = held.get(trades);
            if (known != null) {
                return known;
            }
            SortedMap<Underlying, Past.Held> books = new TreeMap<>();
            basis.cut()
                    .forEach(
                            (underlying, sequence) ->
                                    books.put(underlying, past.held(underlying, sequence, trades)));
            RecordedPool.Held fresh =
                    held(books, past.capitalAtLastTrade(), basis.cut(), basis.chargeAccount());
            held.put(trades, fresh);
            return fresh;
        }

        private RecordedPool.Held held(
                SortedMap<Underlying, Past.Held> all,
                Usdc capital,
                SortedMap<Underlying, Long> sequences,
                Usdc chargeAccount) {
            SortedMap<Underlying, BookVectors> books = new TreeMap<>();
            Usdc cash = capital;
            for (Map.Entry<Underlying, Past.Held> entry : all.entrySet()) {
                books.put(entry.getKey(), sum(entry.getKey(), entry.getValue().lots()));
                cash = cash.plus(entry.getValue().cash());
            }
            return new RecordedPool.Held(books, cash, sequences, chargeAccount);
        }

        private BookVectors sum(Underlying underlying, SortedMap<OptionContract, Long> lots) {
            return lots.isEmpty()
                    ? pricer.none()
                    : sums.of(pricer, market(underlying), spec(underlying), lots);
        }

        private InstrumentVectors vectors(OptionContract contract) {
            Underlying underlying = contract.underlying();
            return pricer.of(market(underlying), spec(underlying), contract);
        }

        private PricingMarket market(Underlying underlying) {
            return recorded(underlying, basis.frozen().markets().get(underlying));
        }

        private ContractSpec spec(Underlying underlying) {
            return recorded(underlying, specs.get(underlying));
        }

        private static <T> T recorded(Underlying underlying, @Nullable T found) {
            if (found == null) {
                throw new IllegalArgumentException(underlying + " has no recorded market");
            }
            return found;
        }
    }

    private static double delta(RecordedPool.Held held, Underlying underlying) {
        BookVectors book = held.books().get(underlying);
        return book == null ? 0 : book.exposure(underlying).deltaCoins();
    }

    private static double mark(RecordedPool.Held held, Underlying underlying) {
        BookVectors book = held.books().get(underlying);
        return book == null ? 0 : book.exposure(underlying).markUsdc();
    }
}
