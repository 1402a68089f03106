package io.dolim.capacity;

import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.PackageVectors;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Prices a change of the inventory and decides whether the pool takes it. Pure: one view, one
 * inventory, one list of reservations.
 */
final class Admission {

    private final MarketView view;
    private final Evaluator evaluator;
    private final CapacityParameters parameters;
    private final Limits limits;
    private final Mode mode;
    private final JournalRoom room;
    private final SortedMap<Underlying, Protection> protections;

    /** @param protections by underlying; one that has none is not protected: a view made again later */
    Admission(
            MarketView view,
            CapacityParameters parameters,
            Limits limits,
            Mode mode,
            JournalRoom room,
            SortedMap<Underlying, Protection> protections) {
        this.view = view;
        this.parameters = parameters;
        this.limits = limits;
        this.mode = mode;
        this.room = room;
        this.protections = Collections.unmodifiableSortedMap(new TreeMap<>(protections));
        this.evaluator = new Evaluator(view, parameters, limits);
    }

    /**
     * What is asked.
     *
     * @param coins what the legs come to, whichever way
     * @param chargeAccount what a discount may draw on
     */
    record Asked(
            Underlying underlying,
            PackageVectors change,
            Usdc price,
            double coins,
            Usdc chargeAccount) {

        Traded traded() {
            return Traded.of(coins, change.poolChange().exposure(underlying), price);
        }
    }

    sealed interface Verdict {}

    /**
     * Taken.
     *
     * @param rawUsdc the potential's difference
     * @param chargeUsdc the same after its clips
     * @param reducing whether it reduces risk
     * @param countsAll whether the dearer charge was that with all reservations done, and not only
     *     with those that add
     * @param before the potential with the reservations that add
     * @param after the same with the change
     */
    record Taken(
            double rawUsdc,
            double chargeUsdc,
            boolean reducing,
            boolean countsAll,
            Potential.Point before,
            Potential.Point after)
            implements Verdict {}

    /** Not taken, by a named rule and the numbers behind it. */
    record NotTaken(String rule, SortedMap<String, Double> numbers) implements Verdict {
        NotTaken {
            numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
        }

        static NotTaken of(String rule, String first, double one, String second, double two) {
            SortedMap<String, Double> numbers = new TreeMap<>();
            numbers.put(first, one);
            numbers.put(second, two);
            return new NotTaken(rule, numbers);
        }
    }

    /**
     * An inventory with its reservations, on which packages are judged: what does not depend on the
     * package is reckoned once, when it is first needed.
     */
    final class Basis {

        private final Inventory inventory;
        private final List<Reservation> reservations;
        private final BookVectors counted;
        private volatile Potential.@Nullable Point point;
        private volatile Evaluator.@Nullable Basis books;
        private volatile @Nullable Evaluation before;
        private volatile @Nullable Tail now;

        private Basis(Inventory inventory, List<Reservation> reservations) {
            this.inventory = inventory;
            this.reservations = List.copyOf(reservations);
            this.counted =
                    with(inventory, reservations.stream().filter(Reservation::adds).toList());
        }

        /** The potential with the reservations that add. */
        Potential.Point point(Potential potential) {
            Potential.Point known = point;
            if (known == null) {
                known = potential.at(counted);
                point = known;
            }
            return known;
        }

        Evaluator.Basis books() {
            Evaluator.Basis known = books;
            if (known == null) {
                known = evaluator.basis(inventory, pending(reservations));
                books = known;
            }
            return known;
        }

        Evaluation before() {
            Evaluation known = before;
            if (known == null) {
                known = evaluator.of(books(), List.of());
                before = known;
            }
            return known;
        }

        /** What the inventory may lose, without reservations. */
        Tail now() {
            Tail known = now;
            if (known == null) {
                known = tail(inventory, inventory.total());
                now = known;
            }
            return known;
        }
    }

    private Tail tail(Inventory inventory, BookVectors held) {
        return tail(inventory, held, inventory.hedges());
    }

    private Tail tail(Inventory inventory, BookVectors held, Hedges hedges) {
        Collateral cash = Collateral.of(view.pricer().scenarios(), inventory.cashAtRiskUsdc());
        return Tail.of(
                view.pricer().scenarios(), cash.into(hedges.into(held.values())), parameters);
    }

    /** What packages are judged on. */
    Basis basis(Inventory inventory, List<Reservation> reservations) {
        return new Basis(inventory, reservations);
    }

    /**
     * Decides. The charge is the dearer of two: with the reservations that add done, and with all of
     * them done. The first is safe when one that reduces is let go; without the second, several that
     * reduce, in flight together, would each be paid for the same step. In the limits all count at
     * their worst.
     */
    Verdict judge(Basis basis, Asked asked) {
        if (!room.takesOrdinary()) {
            return new NotTaken(JournalRoom.RULE, room.numbers());
        }
        CarriedMarket own = view.carried().get(asked.underlying());
        if (own != null && own.ageMs() > parameters.viewLife().toMillis()) {
            return stopped(own, parameters.viewLife());
        }
        if (view.potential().isEmpty()) {
            return NotTaken.of(
                    "capital_exhausted",
                    "capital",
                    view.capital(),
                    "equity",
                    basis.inventory.equityUsdc());
        }
        BookVectors change = asked.change().poolChange();
        Potential potential = view.potential().get();
        Potential.Point before = basis.point(potential);
        Potential.Point after = potential.at(basis.counted.plus(change), before);
        if (!(before.answer() instanceof Potential.Valued from
                && after.answer() instanceof Potential.Valued to)) {
            return NotTaken.of(
                    "no_capacity", "capital", view.capital(), "least_wealth_share", 1e-6);
        }
        double raw = to.phi() - from.phi();
        double all =
                basis.reservations.stream().allMatch(Reservation::adds)
                        ? raw
                        : difference(potential, with(basis.inventory, basis.reservations), change);
        boolean countsAll = all > raw;
        raw = Math.max(raw, all);
        if (Double.isNaN(raw)) {
            return NotTaken.of("charge_unknown", "phi_before", from.phi(), "phi_after", to.phi());
        }
        return admitted(basis, asked, new Charge(raw, countsAll, before, after));
    }

    /** The potential's difference with how it came about. */
    private record Charge(
            double raw, boolean countsAll, Potential.Point before, Potential.Point after) {}

    /** What a change does to the potential; NaN, which is refused, where either side is barred. */
    private static double difference(Potential potential, BookVectors held, BookVectors change) {
        return potential.of(held) instanceof Potential.Valued from
                        && potential.of(held.plus(change)) instanceof Potential.Valued to
                ? to.phi() - from.phi()
                : Double.NaN;
    }

    private BookVectors with(Inventory inventory, List<Reservation> done) {
        BookVectors book = inventory.total();
        for (Reservation reservation : done) {
            book = book.plus(reservation.under(view.number()).poolChange());
        }
        return book;
    }

    Evaluator evaluator() {
        return evaluator;
    }

    List<Evaluator.Change> pending(List<Reservation> reservations) {
        return reservations.stream()
                .map(
                        r ->
                                new Evaluator.Change(
                                        r.id().underlying(),
                                        r.under(view.number()).poolChange(),
                                        r.price()))
                .toList();
    }

    private Verdict admitted(Basis basis, Asked asked, Charge charge) {
        Evaluator.Change trade =
                new Evaluator.Change(
                        asked.underlying(), asked.change().poolChange(), asked.price());
        double cash = cashAfter(basis.inventory, basis.books().pending(), asked.price());
        if (asked.price().signum() < 0 && !(cash >= 0)) {
            return NotTaken.of("pool_cash", "cash_after", cash, "price", asked.price().toDouble());
        }
        Evaluation after = evaluator.of(basis.books(), List.of(trade));
        boolean reducing =
                charge.raw() <= 0
                        && after.noFurtherThan(basis.before())
                        && lessRisk(basis, asked.underlying(), trade.vectors());
        Taken taken =
                new Taken(
                        charge.raw(),
                        clipped(charge.raw(), asked),
                        reducing,
                        charge.countsAll(),
                        charge.before(),
                        charge.after());
        return reducing ? taken : adding(asked, basis.reservations, after, taken);
    }

    private static NotTaken stopped(CarriedMarket market, Duration most) {
        return NotTaken.of(
                "market_stopped",
                "age_ms",
                (double) market.ageMs(),
                "limit_ms",
                (double) most.toMillis());
    }

    private Verdict adding(
            Asked asked, List<Reservation> reservations, Evaluation after, Taken taken) {
        double floor = limits.value(Limits.RAC_FLOOR) * view.capital();
        if (mode != Mode.OPEN) {
            return NotTaken.of(
                    mode == Mode.HALTED ? "halted" : "reduce_only",
                    "charge",
                    taken.rawUsdc(),
                    "rac",
                    after.rac());
        }
        if (!room.takesRisk()) {
            return new NotTaken(JournalRoom.RULE, room.numbers());
        }
        CarriedMarket own = view.carried().get(asked.underlying());
        if (own != null) {
            return stopped(own, Duration.ZERO);
        }
        for (CarriedMarket other : view.carried().values()) {
            if (other.ageMs() > parameters.longestStop().toMillis()) {
                return stopped(other, parameters.longestStop());
            }
        }
        Optional<NotTaken> unprotected = unprotected(asked, reservations);
        if (unprotected.isPresent()) {
            return unprotected.get();
        }
        if (!(after.rac() >= floor)) {
            return NotTaken.of("rac_below_floor", "rac", after.rac(), "rac_floor", floor);
        }
        double left = after.equity() - CarriedMarket.haircutUsdc(view.carried());
        if (!(after.worstUndamped() <= left)) {
            return NotTaken.of(
                    "worst_loss_above_equity", "worst_loss", after.worstUndamped(), "equity", left);
        }
        Optional<Limited> broken = after.broken();
        if (broken.isPresent()) {
            Limited limit = broken.get();
            return NotTaken.of(
                    "limit " + limit.name(), "used", limit.used(), "allowed", limit.allowed());
        }
        return taken;
    }

    private Optional<NotTaken> unprotected(Asked asked, List<Reservation> reservations) {
        Protection protection = protections.get(asked.underlying());
        if (protection == null) {
            return Optional.empty();
        }
        List<Traded> pending =
                reservations.stream()
                        .filter(each -> each.id().underlying().equals(asked.underlying()))
                        .map(each -> each.traded(view.number()))
                        .toList();
        return protection.refusal(pending, asked.traded());
    }

    /**
     * Neither worst loss nor expected shortfall rises, beside the cash of now; without the
     * reservations and with those that add. Where the trade takes off what a hedge was for, also if
     * that is so once the hedger has followed: how far it lags, the unhedged delta's limit bounds.
     */
    private boolean lessRisk(Basis basis, Underlying underlying, BookVectors change) {
        Hedges hedges = basis.inventory.hedges();
        return lessRisk(basis, change, hedges)
                || hedges.following(underlying, change.exposure(underlying).deltaCoins())
                        .filter(followed -> lessRisk(basis, change, followed))
                        .isPresent();
    }

    private boolean lessRisk(Basis basis, BookVectors change, Hedges after) {
        Inventory inventory = basis.inventory;
        BookVectors total = inventory.total();
        return !tail(inventory, total.plus(change), after).exceeds(basis.now())
                && (basis.reservations.stream().noneMatch(Reservation::adds)
                        || !tail(inventory, basis.counted.plus(change), after)
                                .exceeds(tail(inventory, basis.counted)));
    }

    /** A discount is at most half of time value and at most the charge account; none while halted. */
    private double clipped(double raw, Asked asked) {
        if (raw >= 0) {
            return raw;
        }
        if (mode == Mode.HALTED) {
            return 0;
        }
        double most =
                Math.min(
                        0.5 * asked.change().timeValueUsdc(),
                        Math.max(asked.chargeAccount().toDouble(), 0));
        return Math.max(raw, -most);
    }

    private static double cashAfter(
            Inventory inventory, List<Evaluator.Change> pending, Usdc price) {
        double cash = inventory.freeCash().toDouble() + price.toDouble();
        for (Evaluator.Change change : pending) {
            cash += Math.min(0, change.price().toDouble());
        }
        return cash;
    }
}
