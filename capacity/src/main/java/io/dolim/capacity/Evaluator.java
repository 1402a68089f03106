package io.dolim.capacity;

import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Measures an inventory with its reservations. A reservation counts scenario by scenario, and figure
 * by figure, only as far as it makes matters worse: safe for every subset and order of those that
 * will be written.
 */
final class Evaluator {

    private final MarketView view;
    private final CapacityParameters parameters;
    private final SortedMap<Underlying, BookFigures.Bounds> bounds = new TreeMap<>();

    Evaluator(MarketView view, CapacityParameters parameters, Limits limits) {
        this.view = view;
        this.parameters = parameters;
        for (Underlying underlying : view.markets().keySet()) {
            bounds.put(underlying, BookFigures.Bounds.of(view, parameters, limits, underlying));
        }
    }

    /** A change that is certain or pending: vectors of one book and the cash it brings. */
    record Change(Underlying underlying, BookVectors vectors, Usdc price) {

        /** Loss against the mark counts at once, a gain not before it is reported. */
        double lossAtMarkUsdc() {
            return Math.min(0, price.toDouble() + vectors.markUsdc());
        }

        /** The same of capital, in which cash counts less by its haircut. */
        double capitalLossAtMarkUsdc(double haircut) {
            return Math.min(0, (1 - haircut) * price.toDouble() + vectors.markUsdc());
        }
    }

    /** An inventory with what pends on it, on which trades are tried. */
    record Basis(
            Inventory inventory, List<Change> pending, SortedMap<Underlying, BookFigures> books) {}

    /** The basis of an inventory. */
    Basis basis(Inventory inventory, List<Change> pending) {
        SortedMap<Underlying, BookFigures> books = new TreeMap<>();
        inventory
                .books()
                .forEach(
                        (underlying, held) ->
                                books.put(
                                        underlying,
                                        figures(underlying, held, pending, inventory.hedges())));
        return new Basis(inventory, pending, books);
    }

    private BookFigures figures(
            Underlying underlying, BookVectors held, List<Change> pending, Hedges hedges) {
        List<BookVectors> maybe =
                pending.stream()
                        .filter(change -> change.underlying().equals(underlying))
                        .map(Change::vectors)
                        .toList();
        return new BookFigures(
                Objects.requireNonNull(bounds.get(underlying)), underlying, held, maybe, hedges);
    }

    /** The figures of an inventory after certain changes, with pending ones at their worst. */
    Evaluation of(Inventory inventory, List<Change> pending, List<Change> certain) {
        return of(basis(inventory, pending), certain);
    }

    /** The same; a book that no certain change is on is as it was. */
    Evaluation of(Basis basis, List<Change> certain) {
        Inventory inventory = basis.inventory();
        List<Change> pending = basis.pending();
        ScenarioSet scenarios = view.pricer().scenarios();
        double[] pool = new double[scenarios.size()];
        List<Limited> limited = new ArrayList<>();
        double buffer = 0;
        for (var each : basis.books().entrySet()) {
            BookFigures book = after(each.getKey(), each.getValue(), basis, certain);
            book.addTo(pool);
            buffer += book.buffer();
            limited.addAll(book.limited());
        }
        double cash = inventory.cash().toDouble();
        double[] _ = Collateral.of(scenarios, cashAtRisk(inventory, pending, certain)).into(pool);
        double haircut = parameters.usdcHaircut().of(scenarios);
        return new Evaluation(
                inventory.equityUsdc() + lossAtMark(pending) + lossAtMark(certain),
                inventory.equityUsdc()
                        + capitalLossAtMark(pending, haircut)
                        + capitalLossAtMark(certain, haircut)
                        - haircut * Math.max(cash, 0)
                        - CarriedMarket.haircutUsdc(view.carried())
                        - inventory.hedges().frozen().addOnUsdc(),
                worstDamped(pool),
                worstUndamped(pool),
                buffer,
                limited);
    }

    private BookFigures after(
            Underlying underlying, BookFigures before, Basis basis, List<Change> certain) {
        List<Change> own =
                certain.stream().filter(change -> change.underlying().equals(underlying)).toList();
        if (own.isEmpty()) {
            return before;
        }
        BookVectors after =
                basis.inventory().books().getOrDefault(underlying, view.pricer().none());
        for (Change change : own) {
            after = after.plus(change.vectors());
        }
        return figures(underlying, after, basis.pending(), basis.inventory().hedges());
    }

    /** Cash with what certain changes bring or take, and what pending ones bring. */
    private static double cashAtRisk(
            Inventory inventory, List<Change> pending, List<Change> certain) {
        double cash = inventory.cash().toDouble();
        for (Change change : certain) {
            cash += change.price().toDouble();
        }
        for (Change change : pending) {
            cash += Math.max(0, change.price().toDouble());
        }
        return Math.max(cash, 0);
    }

    /** L: the worst damped loss on the grid, at least 0. */
    double worstDamped(double[] profit) {
        return worstDamped(view.pricer().scenarios(), profit);
    }

    static double worstDamped(ScenarioSet scenarios, double[] profit) {
        double worst = 0;
        for (int s = scenarios.gridStart(); s < profit.length; s++) {
            worst = Math.max(worst, -(scenarios.damping(s) * profit[s]));
        }
        return worst;
    }

    /** The worst loss of any scenario before damping, at least 0. */
    static double worstUndamped(double[] profit) {
        double worst = 0;
        for (double each : profit) {
            worst = Math.max(worst, -each);
        }
        return worst;
    }

    private static double lossAtMark(List<Change> changes) {
        double loss = 0;
        for (Change change : changes) {
            loss += change.lossAtMarkUsdc();
        }
        return loss;
    }

    private static double capitalLossAtMark(List<Change> changes, double haircut) {
        double loss = 0;
        for (Change change : changes) {
            loss += change.capitalLossAtMarkUsdc(haircut);
        }
        return loss;
    }
}
