package io.dolim.capacity;

import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.PackageVectors;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One Book of a {@link LonePool}: positions, totals under the open view, what is pending, cash and account. */
final class LoneBook {

    private static final long MS_PER_SECOND = 1000;

    private final Underlying underlying;
    private final ContractSpec spec;
    private final ChargeAccount.Terms terms;
    private final VectorPricer pricer;
    private final SortedMap<OptionContract, Long> positions = new TreeMap<>();
    private final SortedMap<ReservationId, Asked> pending = new TreeMap<>();
    private final ArrayDeque<Written> written = new ArrayDeque<>();
    private final SortedMap<Long, BookReport.ViewTotals> views = new TreeMap<>();
    private long issued;
    private long sequence;
    private Usdc cash = Usdc.ZERO;
    private ChargeAccount account = ChargeAccount.EMPTY;

    /** What is asked for and not ended. */
    record Asked(
            ReservationId id,
            OptionPackage asked,
            SortedMap<Long, PackageVectors> byView,
            Usdc quotedCharge,
            Usdc price,
            Usdc tick,
            double coins,
            String note)
            implements RiskAsked {
        Asked {
            byView = Collections.unmodifiableSortedMap(new TreeMap<>(byView));
        }
    }

    private record Written(Asked trade, long atMs) {}

    LoneBook(
            Underlying underlying,
            ContractSpec spec,
            ChargeAccount.Terms terms,
            VectorPricer pricer) {
        this.underlying = underlying;
        this.spec = spec;
        this.terms = terms;
        this.pricer = pricer;
    }

    /** Sums everything under a new view's market; the views before are forgotten. */
    void freeze(long view, PricingMarket market, long nowMs) {
        while (!written.isEmpty()
                && nowMs - written.peekFirst().atMs() > BookReport.LONGEST_WINDOW_MS) {
            written.removeFirst();
        }
        views.clear();
        BookVectors total = pricer.none();
        for (Map.Entry<OptionContract, Long> each : positions.entrySet()) {
            total = total.plus(pricer.of(market, spec, each.getKey()), each.getValue());
        }
        SortedMap<ReservationId, PackageVectors> open = new TreeMap<>();
        pending.forEach((id, one) -> open.put(id, pricer.ofPackage(market, spec, one.asked())));
        SortedMap<Long, Traded> traded = new TreeMap<>();
        for (Written each : written) {
            Traded one = traded(each.trade(), pricer.ofPackage(market, spec, each.trade().asked()));
            traded.merge(each.atMs() / MS_PER_SECOND, one, Traded::plus);
        }
        views.put(view, new BookReport.ViewTotals(market, total, open, traded, false));
    }

    private Traded traded(Asked trade, PackageVectors change) {
        return Traded.of(trade.coins(), change.poolChange().exposure(underlying), trade.price());
    }

    Asked ask(long incarnation, OptionPackage asked, Usdc charge, Usdc price, Usdc tick) {
        ReservationId id = new ReservationId(underlying, incarnation, ++issued);
        SortedMap<Long, PackageVectors> byView = new TreeMap<>();
        views.forEach(
                (view, totals) -> byView.put(view, pricer.ofPackage(totals.market(), spec, asked)));
        double coins = spec.coins(asked.grossLots()).doubleValue();
        Asked one = new Asked(id, asked, byView, charge, price, tick, coins, id.toString());
        pending.put(id, one);
        views.replaceAll(
                (view, totals) -> with(totals, totals.total(), totals.traded(), open(view)));
        return one;
    }

    /** @throws IllegalArgumentException when nothing of this name is pending */
    void write(ReservationId id, long nowMs) {
        Asked trade = remove(id);
        for (Leg leg : trade.asked().legs()) {
            positions.merge(leg.contract(), -leg.lots(), Long::sum);
        }
        positions.values().removeIf(lots -> lots == 0);
        cash = cash.plus(trade.price());
        account = account.booked(trade.quotedCharge(), nowMs, terms);
        sequence++;
        written.addLast(new Written(trade, nowMs));
        views.replaceAll(
                (view, totals) -> {
                    PackageVectors change = pricer.ofPackage(totals.market(), spec, trade.asked());
                    SortedMap<Long, Traded> traded = new TreeMap<>(totals.traded());
                    traded.merge(nowMs / MS_PER_SECOND, traded(trade, change), Traded::plus);
                    return with(
                            totals, totals.total().plus(change.poolChange()), traded, open(view));
                });
    }

    void letGo(ReservationId id) {
        remove(id);
        views.replaceAll(
                (view, totals) -> with(totals, totals.total(), totals.traded(), open(view)));
    }

    private Asked remove(ReservationId id) {
        Asked one = pending.remove(id);
        if (one == null) {
            throw new IllegalArgumentException("reservation=" + id + " is not pending");
        }
        return one;
    }

    private SortedMap<ReservationId, PackageVectors> open(long view) {
        SortedMap<ReservationId, PackageVectors> open = new TreeMap<>();
        PricingMarket market = totals(view).market();
        pending.forEach((id, one) -> open.put(id, pricer.ofPackage(market, spec, one.asked())));
        return open;
    }

    private static BookReport.ViewTotals with(
            BookReport.ViewTotals totals,
            BookVectors total,
            SortedMap<Long, Traded> traded,
            SortedMap<ReservationId, PackageVectors> open) {
        return new BookReport.ViewTotals(totals.market(), total, open, traded, totals.carried());
    }

    /** Pays what an expiry's options came to; its positions are gone. */
    void settle(Expiry expiry, BigDecimal deliveryUsdc) {
        BigDecimal due = BigDecimal.ZERO;
        for (Map.Entry<OptionContract, Long> each : positions.entrySet()) {
            OptionContract contract = each.getKey();
            if (contract.expiry().equals(expiry)) {
                due = due.add(payoff(contract, deliveryUsdc).multiply(spec.coins(each.getValue())));
            }
        }
        positions.keySet().removeIf(contract -> contract.expiry().equals(expiry));
        cash = cash.plus(Usdc.nearest(due.doubleValue()));
        sequence++;
    }

    static BigDecimal payoff(OptionContract contract, BigDecimal deliveryUsdc) {
        BigDecimal above = deliveryUsdc.subtract(contract.strike());
        return (contract.type() == OptionType.CALL ? above : above.negate()).max(BigDecimal.ZERO);
    }

    /** The delta of now, with what is pending and moves it the way this change does, coins. */
    double deltaAmid(long view, OptionPackage asked) {
        BookReport.ViewTotals totals = totals(view);
        double own = delta(pricer.ofPackage(totals.market(), spec, asked));
        double delta = totals.total().exposure(underlying).deltaCoins();
        for (PackageVectors one : totals.pending().values()) {
            double other = delta(one);
            delta += own * other > 0 ? other : 0;
        }
        return delta;
    }

    private double delta(PackageVectors change) {
        return change.poolChange().exposure(underlying).deltaCoins();
    }

    private BookReport.ViewTotals totals(long view) {
        BookReport.ViewTotals totals = views.get(view);
        if (totals == null) {
            throw new IllegalArgumentException("view=" + view + " is not that of the book");
        }
        return totals;
    }

    SortedMap<OptionContract, Long> positions() {
        return Collections.unmodifiableSortedMap(positions);
    }

    BookReport report(long incarnation) {
        return new BookReport(
                underlying, incarnation, sequence, issued, views, cash, account, Long.MIN_VALUE);
    }
}
