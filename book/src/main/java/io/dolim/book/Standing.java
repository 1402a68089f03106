package io.dolim.book;

import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.Trade;
import io.dolim.capacity.ReservationId;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.OptionPackage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an Account knows that is not in its journal: the Books' latest totals and its holds. Lost with
 * the incarnation, and made again from the Books' reports.
 */
record Standing(
        SortedMap<Underlying, AccountReport> reports,
        SortedMap<ReservationId, Account.Hold> holds) {

    static final Standing NOTHING = new Standing(new TreeMap<>(), new TreeMap<>());

    Standing {
        reports = Collections.unmodifiableSortedMap(new TreeMap<>(reports));
        holds = Collections.unmodifiableSortedMap(new TreeMap<>(holds));
    }

    boolean ready(Set<Underlying> books) {
        return reports.keySet().containsAll(books);
    }

    Standing with(Account.Hold hold) {
        SortedMap<ReservationId, Account.Hold> later = new TreeMap<>(holds);
        later.put(hold.id(), hold);
        return new Standing(reports, later);
    }

    Standing without(ReservationId id) {
        SortedMap<ReservationId, Account.Hold> later = new TreeMap<>(holds);
        later.remove(id);
        return new Standing(reports, later);
    }

    /**
     * Without the holds of a Book's incarnations before the one that speaks, once its totals are here:
     * only then is known what they wrote. A restarted Book may ask before its totals come, since it
     * learns for which start of the account to tell them.
     */
    Standing heard(ReservationId from) {
        AccountReport told = reports.get(from.underlying());
        if (told == null || told.bookIncarnation() < from.bookIncarnation()) {
            return this;
        }
        SortedMap<ReservationId, Account.Hold> left = new TreeMap<>(holds);
        left.keySet()
                .removeIf(
                        id ->
                                id.underlying().equals(from.underlying())
                                        && id.bookIncarnation() < from.bookIncarnation());
        return left.size() == holds.size() ? this : new Standing(reports, left);
    }

    boolean holdsFor(Underlying underlying) {
        return holds.keySet().stream().anyMatch(id -> id.underlying().equals(underlying));
    }

    /** With a Book's totals, unless newer ones are here; ends the holds that they say have ended. */
    Standing with(AccountReport report) {
        AccountReport known = reports.get(report.underlying());
        if (known != null && isOlder(report, known)) {
            return this;
        }
        SortedMap<Underlying, AccountReport> later = new TreeMap<>(reports);
        later.put(report.underlying(), report);
        SortedMap<ReservationId, Account.Hold> left = new TreeMap<>(holds);
        left.keySet().removeIf(id -> hasEnded(id, report));
        return new Standing(later, left);
    }

    private static boolean isOlder(AccountReport report, AccountReport known) {
        return report.bookIncarnation() < known.bookIncarnation()
                || (report.bookIncarnation() == known.bookIncarnation()
                        && (report.sequence() < known.sequence()
                                || report.highestIssued() < known.highestIssued()));
    }

    private static boolean hasEnded(ReservationId id, AccountReport report) {
        if (!id.underlying().equals(report.underlying())) {
            return false;
        }
        return id.bookIncarnation() < report.bookIncarnation()
                || (id.bookIncarnation() == report.bookIncarnation()
                        && id.number() <= report.highestIssued()
                        && !report.pending().contains(id.number()));
    }

    Optional<Trade> trade(ClientOrderId orderId) {
        return reports.values().stream()
                .flatMap(r -> r.recentTrades().stream())
                .filter(t -> t.orderId().equals(orderId))
                .findFirst();
    }

    Optional<Account.Hold> hold(ClientOrderId orderId) {
        return holds.values().stream().filter(h -> h.orderId().equals(orderId)).findFirst();
    }

    boolean anyEvicted() {
        return reports.values().stream().anyMatch(AccountReport::evicted);
    }

    /** Settled cash of all Books. */
    Usdc booksCash() {
        Usdc sum = Usdc.ZERO;
        for (AccountReport report : reports.values()) {
            sum = sum.plus(report.cash());
        }
        return sum;
    }

    /** What the pending holds may cost in cash at most: receipts that may not come don't count. */
    Usdc heldCash() {
        Usdc sum = Usdc.ZERO;
        for (Account.Hold hold : holds.values()) {
            sum = hold.price().signum() > 0 ? sum.plus(hold.price()) : sum;
        }
        return sum;
    }

    SortedMap<OptionContract, Long> positions() {
        SortedMap<OptionContract, Long> all = new TreeMap<>();
        reports.values().forEach(r -> all.putAll(r.positions()));
        return all;
    }

    /** What the worst pay-offs may cost after a package, or without one. */
    CoverRule.Cover cover(Optional<Account.Hold> asked) {
        List<CoverRule.Line> sure = new ArrayList<>();
        for (AccountReport report : reports.values()) {
            report.positions().forEach((c, lots) -> sure.add(line(c, lots, report.coinsPerLot())));
        }
        asked.ifPresent(hold -> sure.addAll(lines(hold.legs(), hold.coinsPerLot())));
        return CoverRule.of(
                sure, holds.values().stream().map(h -> lines(h.legs(), h.coinsPerLot())).toList());
    }

    private static List<CoverRule.Line> lines(OptionPackage legs, BigDecimal coinsPerLot) {
        return legs.legs().stream()
                .map(leg -> line(leg.contract(), leg.lots(), coinsPerLot))
                .toList();
    }

    private static CoverRule.Line line(OptionContract contract, long lots, BigDecimal coinsPerLot) {
        return new CoverRule.Line(contract, coinsPerLot.multiply(BigDecimal.valueOf(lots)));
    }
}
