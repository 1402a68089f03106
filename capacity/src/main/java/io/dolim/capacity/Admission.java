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
     */
    record Taken(double rawUsdc, double chargeUsdc, boolean reducing, boolean countsAll)
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
     * Decides. The charge is the dearer of two: with the reservations that add done, and with all of
     * them done. The first is safe when one that reduces is let go; without the second, several that
     * reduce, in flight together, would each be paid for the same step. In the limits all count at
     * their worst.
     */
    Verdict judge(Inventory inventory, List<Reservation> reservations, Asked asked) {
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
                    inventory.equityUsdc());
        }
        BookVectors counted = counted(inventory, reservations);
        BookVectors change = asked.change().poolChange();
        Potential potential = view.potential().get();
        Potential.Answer before = potential.of(counted);
        Potential.Answer after = potential.of(counted.plus(change));
        if (!(before instanceof Potential.Valued from && after instanceof Potential.Valued to)) {
            return NotTaken.of(
                    "no_capacity", "capital", view.capital(), "least_wealth_share", 1e-6);
        }
        double raw = to.phi() - from.phi();
        double all =
                reservations.stream().allMatch(Reservation::adds)
                        ? raw
                        : difference(potential, with(inventory, reservations), change);
        boolean countsAll = all > raw;
        raw = Math.max(raw, all);
        if (Double.isNaN(raw)) {
            return NotTaken.of("charge_unknown", "phi_before", from.phi(), "phi_after", to.phi());
        }
        return admitted(inventory, counted, reservations, asked, raw, countsAll);
    }

    /** What a change does to the potential; NaN, which is refused, where either side is barred. */
    private static double difference(Potential potential, BookVectors held, BookVectors change) {
        return potential.of(held) instanceof Potential.Valued from
                        && potential.of(held.plus(change)) instanceof Potential.Valued to
                ? to.phi() - from.phi()
                : Double.NaN;
    }

    /** The whole book with the reservations that add. */
    BookVectors counted(Inventory inventory, List<Reservation> reservations) {
        return with(inventory, reservations.stream().filter(Reservation::adds).toList());
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

    private Verdict admitted(
            Inventory inventory,
            BookVectors counted,
            List<Reservation> reservations,
            Asked asked,
            double raw,
            boolean countsAll) {
        List<Evaluator.Change> pending = pending(reservations);
        Evaluator.Change trade =
                new Evaluator.Change(
                        asked.underlying(), asked.change().poolChange(), asked.price());
        double cash = cashAfter(inventory, pending, asked.price());
        if (asked.price().signum() < 0 && !(cash >= 0)) {
            return NotTaken.of("pool_cash", "cash_after", cash, "price", asked.price().toDouble());
        }
        Evaluation after = evaluator.of(inventory, pending, List.of(trade));
        boolean reducing =
                raw <= 0
                        && noFurther(evaluator.of(inventory, pending, List.of()), after)
                        && lessRisk(inventory, inventory.total(), trade.vectors())
                        && lessRisk(inventory, counted, trade.vectors());
        Taken taken = new Taken(raw, clipped(raw, asked), reducing, countsAll);
        return reducing ? taken : adding(asked, reservations, after, taken);
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
        for (String limit : after.used().keySet()) {
            if (!after.holds(limit)) {
                return NotTaken.of(
                        "limit " + limit,
                        "used",
                        after.used(limit),
                        "allowed",
                        after.allowed().getOrDefault(limit, Double.NaN));
            }
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

    /** No limit that is breached afterwards has gone further. */
    private static boolean noFurther(Evaluation before, Evaluation after) {
        for (String limit : after.used().keySet()) {
            if (!after.holds(limit) && !(after.used(limit) <= before.used(limit))) {
                return false;
            }
        }
        return true;
    }

    /** Neither worst loss nor expected shortfall rises, beside the cash of now. */
    private boolean lessRisk(Inventory inventory, BookVectors held, BookVectors change) {
        Collateral cash = Collateral.of(view.pricer().scenarios(), inventory.cashAtRiskUsdc());
        double[] before = cash.into(held.values());
        double[] after = cash.into(held.plus(change).values());
        return evaluator.worstDamped(after) <= evaluator.worstDamped(before)
                && Evaluator.worstUndamped(after) <= Evaluator.worstUndamped(before)
                && shortfall(after) <= shortfall(before);
    }

    private double shortfall(double[] profit) {
        return TailMeasure.of(view.pricer().scenarios(), profit, parameters.tailLevel())
                .expectedShortfall();
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
        double cash = inventory.cash().toDouble() + price.toDouble();
        for (Evaluator.Change change : pending) {
            cash += Math.min(0, change.price().toDouble());
        }
        return cash;
    }
}
