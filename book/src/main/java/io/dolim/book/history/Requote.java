package io.dolim.book.history;

import io.dolim.book.BookEvent;
import io.dolim.book.BookSheet;
import io.dolim.book.PricingTerms;
import io.dolim.book.trade.TradeId;
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
import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.quote.Quote;
import io.dolim.quoting.quote.Quoter;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Prices a journaled trade again by the code that priced it, on the pool as it was or without some of
 * its trades, under the settings of the time or others. Remembers the vectors of the last market view.
 */
public final class Requote {

    private final SortedMap<String, String> changes;
    private final SortedMap<String, VectorPricer> pricers = new TreeMap<>();
    private SortedMap<OptionContract, InstrumentVectors> vectors = new TreeMap<>();
    private SortedMap<Underlying, PricingMarket> markets = new TreeMap<>();

    /** @param changes settings by path, as {@code --set} takes them; none is as it was */
    public Requote(Map<String, String> changes) {
        this.changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
    }

    /**
     * A trade priced again.
     *
     * @param view the pool it was priced on
     * @param quote what it would be offered
     * @param after the same pool with the trade in it; what it was when nothing was quoted
     */
    public record Requoted(
            RecordedBasis basis, CapacityView view, Quote quote, CapacityView after) {}

    /**
     * Prices a trade again.
     *
     * @param past with the trade as its last event
     * @param without trades that the pool is to be without
     * @throws IllegalArgumentException when the inputs do not suffice
     */
    public Requoted of(Past past, BookEvent.TradeExecuted trade, Set<TradeId> without) {
        return of(past, trade, without, Usdc.ZERO);
    }

    /** The same; the pool after it has so much more cash from what earlier trades would have cost. */
    Requoted of(Past past, BookEvent.TradeExecuted trade, Set<TradeId> without, Usdc moreCash) {
        RecordedBasis basis = RecordedBasis.of(past, trade);
        PricingTerms terms = basis.terms();
        for (Map.Entry<String, String> change : changes.entrySet()) {
            terms = terms.with(change.getKey(), change.getValue());
        }
        Pool pool = new Pool(past, basis, terms);
        CapacityView view = pool.view(without);
        double least =
                trade.leastUsdc()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "trade=" + trade.trade().id() + " has no bound"));
        OptionPackage asked = trade.trade().legs();
        Quote quote =
                new Quoter(terms.contract(), terms.quotes())
                        .quoteAgain(basis.market(), view, least, asked);
        CapacityView after =
                quote instanceof Quote.Quoted quoted
                        ? pool.after(
                                asked,
                                quoted.price().minus(quoted.lines().fee()).plus(moreCash),
                                without)
                        : view;
        return new Requoted(basis, view, quote, after);
    }

    /** The pool that one trade was priced on. */
    private final class Pool {

        private final Past past;
        private final RecordedBasis basis;
        private final CapacityParameters parameters;
        private final VectorPricer pricer;
        private final Limits limits;
        private final RecordedPool recorded;
        private final SortedMap<Underlying, ContractSpec> specs = new TreeMap<>();
        private final boolean asItWas;

        Pool(Past past, RecordedBasis basis, PricingTerms terms) {
            this.past = past;
            this.basis = basis;
            this.asItWas = changes.isEmpty();
            parameters = terms.capacity();
            pricer = pricer(basis, parameters);
            limits = limits(past, parameters);
            for (Underlying underlying : basis.frozen().markets().keySet()) {
                past.replay()
                        .book(underlying)
                        .flatMap(BookSheet::spec)
                        .ifPresent(spec -> specs.put(underlying, spec));
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

        CapacityView view(Set<TradeId> without) {
            RecordedPool.Held was = held(Set.of(), Usdc.ZERO);
            RecordedPool.Frozen frozen = frozen(was, was);
            if (asItWas && without.isEmpty()) {
                return recorded.view(pricer, frozen, was, basis.mode());
            }
            RecordedPool.Held held = without.isEmpty() ? was : held(without, Usdc.ZERO);
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
                                    then.capital(), held.cash().minus(was.cash()), mark),
                            unhedged,
                            asItWas ? then.riskAversion() : parameters.potential().riskAversion(),
                            asItWas ? then.rentAnnual() : parameters.potential().rentAnnual()),
                    basis.frozen().markets(),
                    basis.frozen().strain());
        }

        /** The strain moves as far as its measures do on the inventory of the quote. */
        private RecordedPool.Frozen moved(
                RecordedPool.Frozen frozen, RecordedPool.Held was, RecordedPool.Held held) {
            RecordedPool then =
                    new RecordedPool(
                            basis.terms().capacity(),
                            specs,
                            past.capital().limits(basis.terms().capacity().limits()));
            double before =
                    RecordedPool.strain(
                            then.view(pricer, basis.frozen(), was, basis.mode()).measures());
            double after =
                    RecordedPool.strain(
                            recorded.view(pricer, frozen, held, basis.mode()).measures());
            double strain = Math.clamp(basis.frozen().strain() + (after - before), 0.0, 1.0);
            return new RecordedPool.Frozen(frozen.inputs(), frozen.markets(), strain);
        }

        CapacityView after(OptionPackage asked, Usdc cash, Set<TradeId> without) {
            RecordedPool.Held was = held(Set.of(), Usdc.ZERO);
            RecordedPool.Held held = held(without, cash);
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
                    frozen(was, held(without, Usdc.ZERO)),
                    new RecordedPool.Held(
                            books, held.cash(), held.sequences(), held.chargeAccount()),
                    basis.mode());
        }

        private RecordedPool.Held held(Set<TradeId> without, Usdc moreCash) {
            SortedMap<Underlying, BookVectors> books = new TreeMap<>();
            Usdc cash = past.capital().capital().plus(moreCash);
            for (Map.Entry<Underlying, Long> at : basis.cut().entrySet()) {
                Past.Held held = past.held(at.getKey(), at.getValue(), without);
                BookVectors sum = pricer.none();
                for (Map.Entry<OptionContract, Long> position : held.lots().entrySet()) {
                    sum = sum.plus(vectors(position.getKey()), position.getValue());
                }
                books.put(at.getKey(), sum);
                cash = cash.plus(held.cash());
            }
            return new RecordedPool.Held(books, cash, basis.cut(), basis.chargeAccount());
        }

        private InstrumentVectors vectors(OptionContract contract) {
            if (!markets.equals(basis.frozen().markets())) {
                markets = basis.frozen().markets();
                vectors = new TreeMap<>();
            }
            InstrumentVectors known = vectors.get(contract);
            if (known != null) {
                return known;
            }
            PricingMarket market = basis.frozen().markets().get(contract.underlying());
            ContractSpec spec = specs.get(contract.underlying());
            if (market == null || spec == null) {
                throw new IllegalArgumentException(contract + " has no recorded market");
            }
            InstrumentVectors fresh = pricer.of(market, spec, contract);
            vectors.put(contract, fresh);
            return fresh;
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

    private VectorPricer pricer(RecordedBasis basis, CapacityParameters parameters) {
        String key = parameters.scenarios() + " " + parameters.vectors() + basis.cut().keySet();
        VectorPricer known = pricers.get(key);
        if (known != null) {
            return known;
        }
        VectorPricer made = parameters.pricer(new TreeSet<>(basis.frozen().markets().keySet()));
        pricers.put(key, made);
        return made;
    }
}
