package io.dolim.capacity;

import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.PackageVectors;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.money.Usdc;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The last report of each configured book, and the reservations that no report has ended yet. */
final class Books {

    private static final long MS_PER_SECOND = 1000;

    private final SortedSet<Underlying> configured;
    private final SortedMap<Underlying, BookReport> reports = new TreeMap<>();
    private final SortedMap<ReservationId, Reservation> reservations = new TreeMap<>();

    Books(Set<Underlying> configured) {
        this.configured = new TreeSet<>(configured);
    }

    /** Takes a report unless it is foreign or older than the last; says whether it was taken. */
    boolean take(BookReport report, long oldestLiveView) {
        if (!configured.contains(report.underlying()) || outdated(report)) {
            return false;
        }
        if (!reports.containsKey(report.underlying())) {
            adoptPending(report);
        }
        reports.put(report.underlying(), report);
        for (Reservation reservation : reservationsOf(report.underlying())) {
            endOrRevalue(reservation, report, oldestLiveView);
        }
        return true;
    }

    boolean complete() {
        return reports.keySet().equals(configured);
    }

    boolean hasReported(Underlying underlying) {
        return reports.containsKey(underlying);
    }

    /** Whose first report has not come. */
    List<Underlying> silent() {
        return configured.stream().filter(one -> !hasReported(one)).toList();
    }

    /** Whether a reservation is of a book's incarnation that has not reported yet. */
    boolean notYetKnown(ReservationId id) {
        BookReport report = reports.get(id.underlying());
        return report == null || id.bookIncarnation() > report.bookIncarnation();
    }

    /** Whether a reservation is granted already, or ended, or of a book that is no more. */
    boolean ended(ReservationId id) {
        BookReport report = reports.get(id.underlying());
        return reservations.containsKey(id)
                || report == null
                || id.bookIncarnation() < report.bookIncarnation()
                || id.number() <= report.highestIssued();
    }

    void add(Reservation reservation) {
        reservations.put(reservation.id(), reservation);
    }

    boolean remove(ReservationId id) {
        return reservations.remove(id) != null;
    }

    List<Reservation> reservations() {
        return List.copyOf(reservations.values());
    }

    List<Reservation> reservationsOf(Underlying underlying) {
        return reservations.values().stream()
                .filter(reservation -> reservation.id().underlying().equals(underlying))
                .toList();
    }

    /** Whether every book has totals, and every reservation vectors, under a view. */
    boolean ready(long viewNumber) {
        return complete()
                && totalsOf(viewNumber)
                && reservations.values().stream()
                        .allMatch(reservation -> reservation.byView().containsKey(viewNumber));
    }

    boolean totalsOf(long viewNumber) {
        return reports.values().stream()
                .allMatch(report -> report.byView().containsKey(viewNumber));
    }

    /** Whose totals under a view are missing. */
    SortedSet<Underlying> missing(long viewNumber) {
        SortedSet<Underlying> missing = new TreeSet<>(configured);
        for (BookReport report : reports.values()) {
            if (report.byView().containsKey(viewNumber)) {
                missing.remove(report.underlying());
            }
        }
        return missing;
    }

    /** Totals under a view over a market that was carried over. */
    SortedMap<Underlying, BookReport.ViewTotals> carried(long viewNumber) {
        SortedMap<Underlying, BookReport.ViewTotals> carried = new TreeMap<>();
        for (BookReport report : reports.values()) {
            BookReport.ViewTotals totals = report.byView().get(viewNumber);
            if (totals != null && totals.carried()) {
                carried.put(report.underlying(), totals);
            }
        }
        return carried;
    }

    SortedMap<Underlying, PricingMarket> markets(long viewNumber) {
        SortedMap<Underlying, PricingMarket> markets = new TreeMap<>();
        for (BookReport report : reports.values()) {
            BookReport.ViewTotals totals = report.byView().get(viewNumber);
            if (totals != null) {
                markets.put(report.underlying(), totals.market());
            }
        }
        return markets;
    }

    /** What the pool holds under a view; empty while a book's totals are missing. */
    Optional<Inventory> inventory(long viewNumber, Usdc capital) {
        if (!complete() || !totalsOf(viewNumber)) {
            return Optional.empty();
        }
        SortedMap<Underlying, BookVectors> books = new TreeMap<>();
        Optional<BookVectors> total = Optional.empty();
        for (BookReport report : reports.values()) {
            BookReport.ViewTotals totals = report.byView().get(viewNumber);
            if (totals == null) {
                return Optional.empty();
            }
            BookVectors one = totals.total();
            books.put(report.underlying(), one);
            total = Optional.of(total.orElseGet(() -> BookVectors.none(one.scenarios())).plus(one));
        }
        return total.map(sum -> new Inventory(books, sum, cash(capital), sequences()));
    }

    /** What a book has traded since a time, by its last report; a second that began before it counts whole. */
    Traded traded(Underlying underlying, long viewNumber, long fromMs) {
        BookReport report = reports.get(underlying);
        BookReport.ViewTotals totals = report == null ? null : report.byView().get(viewNumber);
        Traded sum = Traded.NONE;
        if (totals != null) {
            long first = Math.floorDiv(fromMs, MS_PER_SECOND);
            for (Traded second : totals.traded().tailMap(first).values()) {
                sum = sum.plus(second);
            }
        }
        return sum;
    }

    /** Of what a book traded before this time some may be missing. */
    long tradesUnknownBefore(Underlying underlying) {
        BookReport report = reports.get(underlying);
        return report == null ? Long.MAX_VALUE : report.tradesUnknownBeforeMs();
    }

    /** Capital and what the books' trades brought. */
    Usdc cash(Usdc capital) {
        Usdc cash = capital;
        for (BookReport report : reports.values()) {
            cash = cash.plus(report.poolCash());
        }
        return cash;
    }

    /** The sequence numbers that figures stand on, by persistence id. */
    SortedMap<String, Long> cut(long ofCapacity) {
        SortedMap<String, Long> cut = new TreeMap<>();
        cut.put(Capacity.PERSISTENCE_ID, ofCapacity);
        sequences().forEach((underlying, sequence) -> cut.put("book-" + underlying, sequence));
        return cut;
    }

    SortedMap<Underlying, Long> sequences() {
        SortedMap<Underlying, Long> sequences = new TreeMap<>();
        reports.forEach((underlying, report) -> sequences.put(underlying, report.sequence()));
        return sequences;
    }

    /** Charges less discounts of all books, less discounts that are granted and not yet reported. */
    Usdc chargeAccount(Moment now, ChargeAccount.Terms terms) {
        Usdc sum = Usdc.ZERO;
        for (BookReport report : reports.values()) {
            sum = sum.plus(report.chargeAccount().at(now.epochMs(), terms));
        }
        for (Reservation reservation : reservations.values()) {
            if (reservation.charge().signum() < 0) {
                sum = sum.plus(reservation.charge());
            }
        }
        return sum.signum() < 0 ? Usdc.ZERO : sum;
    }

    /**
     * What a book had pending when this Capacity began may still be written: its first report's
     * pendings count until a later one ends them.
     */
    private void adoptPending(BookReport report) {
        report.byView()
                .forEach(
                        (view, totals) ->
                                totals.pending()
                                        .forEach(
                                                (id, change) ->
                                                        reservations.putIfAbsent(
                                                                id, adopted(id, view, change))));
    }

    private static Reservation adopted(ReservationId id, long view, PackageVectors change) {
        SortedMap<Long, PackageVectors> byView = new TreeMap<>();
        byView.put(view, change);
        Usdc atMark = Usdc.nearest(-change.poolChange().markUsdc());
        // its quantity is in no window before the report that tells its trade
        return new Reservation(id, byView, atMark, Usdc.ZERO, 0, true, "adopted");
    }

    private void endOrRevalue(Reservation reservation, BookReport report, long oldestLiveView) {
        ReservationId id = reservation.id();
        boolean answered =
                id.bookIncarnation() != report.bookIncarnation()
                        || id.number() <= report.highestIssued();
        Reservation revalued = reservation;
        boolean alive = !answered;
        for (var each : report.byView().entrySet()) {
            PackageVectors change = each.getValue().pending().get(id);
            if (change != null) {
                alive = true;
                revalued = revalued.revalued(each.getKey(), change, oldestLiveView);
            }
        }
        if (alive) {
            reservations.put(id, revalued);
        } else {
            reservations.remove(id);
        }
    }

    private boolean outdated(BookReport report) {
        BookReport last = reports.get(report.underlying());
        if (last == null || report.bookIncarnation() > last.bookIncarnation()) {
            return false;
        }
        return report.bookIncarnation() < last.bookIncarnation()
                || report.sequence() < last.sequence()
                || report.highestIssued() < last.highestIssued();
    }
}
