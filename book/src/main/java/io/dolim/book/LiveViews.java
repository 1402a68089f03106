package io.dolim.book;

import io.dolim.book.trade.BrokenInvariant;
import io.dolim.book.trade.Trade;
import io.dolim.capacity.BookReport;
import io.dolim.capacity.Capacity;
import io.dolim.capacity.ReservationId;
import io.dolim.capacity.Traded;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.InstrumentVectors;
import io.dolim.capacity.vector.PackageVectors;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The market views under which a Book sums: the open one and those being prepared. Each keeps the
 * vectors of one lot by contract, so that a contract is priced once a view. Stands outside the
 * supervised behaviour; a restarted Book sums its positions anew. Belongs to one Book.
 */
final class LiveViews {

    private final TreeMap<Long, View> views = new TreeMap<>();
    private final RecentTrades recent = new RecentTrades();
    private long open;

    private static final class View {
        final PricingMarket market;
        final VectorPricer pricer;
        final SortedMap<OptionContract, InstrumentVectors> perLot;
        final boolean carried;
        BookVectors total;
        SortedMap<Long, Traded> traded = new TreeMap<>();

        View(Book.Revalue prepared) {
            market = prepared.market();
            pricer = prepared.pricer();
            perLot = new TreeMap<>(prepared.vectors());
            carried = false;
            total = pricer.none();
        }

        /** The same market and vectors under a later number. */
        View(View earlier) {
            market = earlier.market;
            pricer = earlier.pricer;
            perLot = earlier.perLot;
            carried = true;
            total = earlier.total;
            traded = new TreeMap<>(earlier.traded);
        }

        InstrumentVectors of(OptionContract contract, ContractSpec spec) {
            InstrumentVectors known = perLot.get(contract);
            if (known != null) {
                return known;
            }
            InstrumentVectors fresh = pricer.of(market, spec, contract);
            perLot.put(contract, fresh);
            return fresh;
        }
    }

    /** Sums positions under a prepared view, unless an earlier market was carried over into it. */
    void prepare(Book.Revalue prepared, BookState state) {
        if (views.containsKey(prepared.viewNumber())) {
            return;
        }
        View view = new View(prepared);
        sum(view, state);
        value(view, state);
        put(prepared.viewNumber(), view);
    }

    /** Takes an earlier view's market over into one that has none yet; false when there is nothing to do. */
    boolean carry(Capacity.CarryOver over) {
        View earlier = views.get(over.from());
        if (earlier == null || views.containsKey(over.viewNumber())) {
            return false;
        }
        put(over.viewNumber(), new View(earlier));
        return true;
    }

    /** The oldest goes when there are too many, but neither the open one nor the one that comes. */
    private void put(long number, View view) {
        views.put(number, view);
        if (views.size() > BookReport.MAX_VIEWS) {
            views.keySet().stream()
                    .filter(each -> each != open && each != number)
                    .findFirst()
                    .ifPresent(views::remove);
        }
    }

    /** Forgets the views before the open one. */
    void opened(long viewNumber) {
        open = viewNumber;
        views.headMap(viewNumber).clear();
    }

    /** Forgets a view that cannot be summed. */
    void forget(long viewNumber) {
        views.remove(viewNumber);
    }

    boolean isEmpty() {
        return views.isEmpty();
    }

    /** What a package does to the pool under each view. */
    SortedMap<Long, PackageVectors> of(OptionPackage asked, BookState state) {
        SortedMap<Long, PackageVectors> byView = new TreeMap<>();
        views.forEach((number, view) -> byView.put(number, of(view, asked, state)));
        return byView;
    }

    private static PackageVectors of(View view, OptionPackage asked, BookState state) {
        BookVectors change = view.pricer.none();
        double timeValueUsdc = 0;
        for (Leg leg : asked.legs()) {
            InstrumentVectors one = view.of(leg.contract(), state.spec(leg.contract()));
            change = change.plus(one, -leg.lots());
            timeValueUsdc += Math.abs((double) leg.lots()) * one.timeValueUsdc();
        }
        return new PackageVectors(change, timeValueUsdc);
    }

    /**
     * The Book's delta under the open view before a change, with what is pending and moves it the
     * same way, coins.
     */
    double deltaAmid(
            Underlying underlying,
            SortedMap<Long, PackageVectors> change,
            Iterable<Pending.Reserving> pendings) {
        long open = views.firstKey();
        double own = delta(underlying, open, change);
        double delta = views.firstEntry().getValue().total.exposure(underlying).deltaCoins();
        for (Pending.Reserving pending : pendings) {
            double other = delta(underlying, open, pending.byView());
            delta += own * other > 0 ? other : 0;
        }
        return delta;
    }

    private static double delta(
            Underlying underlying, long view, SortedMap<Long, PackageVectors> byView) {
        PackageVectors change = byView.get(view);
        return change == null ? 0 : change.poolChange().exposure(underlying).deltaCoins();
    }

    /**
     * Adds a trade to every total.
     *
     * @throws BrokenInvariant when it was not valued under one of them
     */
    void traded(SortedMap<Long, PackageVectors> byView, Trade trade, BookState after) {
        recent.add(trade, after);
        views.forEach(
                (number, view) -> {
                    PackageVectors change = byView.get(number);
                    if (change == null) {
                        throw new BrokenInvariant("trade has no vectors under view " + number);
                    }
                    view.total = view.total.plus(change.poolChange());
                    view.traded.merge(
                            RecentTrades.secondOf(trade),
                            RecentTrades.valued(trade, change.poolChange(), after),
                            Traded::plus);
                });
    }

    /** A restarted Book: positions and recent trades are those of its state. */
    void recovered(BookState state) {
        recent.recovered(state);
        views.values().forEach(view -> value(view, state));
        resum(state);
    }

    private void value(View view, BookState state) {
        view.traded = recent.valued(contract -> view.of(contract, state.spec(contract)).greeks());
    }

    /** See {@link BookReport#tradesUnknownBeforeMs}. */
    long tradesUnknownBeforeMs() {
        return recent.unknownBeforeMs();
    }

    /** Sums anew, after a settlement or an adjustment. */
    void resum(BookState state) {
        views.values().forEach(view -> sum(view, state));
    }

    private static void sum(View view, BookState state) {
        BookVectors total = view.pricer.none();
        for (Map.Entry<OptionContract, Long> position : state.pool().entrySet()) {
            OptionContract contract = position.getKey();
            total = total.plus(view.of(contract, state.spec(contract)), position.getValue());
        }
        view.total = total;
    }

    /** Totals by view, with what is pending. */
    SortedMap<Long, BookReport.ViewTotals> totals(Iterable<Pending.Reserving> pendings) {
        SortedMap<Long, BookReport.ViewTotals> byView = new TreeMap<>();
        views.forEach(
                (number, view) -> {
                    SortedMap<ReservationId, PackageVectors> pending = new TreeMap<>();
                    pendings.forEach(p -> pending.put(p.id(), p.byView().get(number)));
                    byView.put(
                            number,
                            new BookReport.ViewTotals(
                                    view.market, view.total, pending, view.traded, view.carried));
                });
        return byView;
    }
}
