package io.dolim.capacity;

import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The view that decides, until the next is ready.
 *
 * @param cache vectors of contracts under it
 * @param strain u, read once at the opening
 * @param paidIn capital that its K contains
 */
record OpenedView(MarketView view, VectorCache cache, double strain, Usdc paidIn) {

    /**
     * Opens what was prepared, when every book has its totals.
     *
     * @param before the view that carried markets were taken from
     */
    static OpenedView of(
            ViewPreparation.Asked prepared,
            Optional<MarketView> before,
            Books books,
            HedgeReports reports,
            Desk.Rules rules,
            VectorPricer pricer,
            CapacityParameters parameters) {
        long number = prepared.number();
        Inventory options = books.inventory(number, rules.state().capital()).orElseThrow();
        FrozenHedges frozen =
                new FrozenHedges(reports.at(prepared.since(), parameters.hedges().reportLife()), 0);
        Hedges hedges =
                Hedges.of(
                        frozen,
                        books.markets(number),
                        pricer.scenarios(),
                        parameters.hedges(),
                        Math.max(options.cash().plus(frozen.cash()).toDouble(), 0));
        Inventory hedged = options.with(hedges);
        SortedMap<Underlying, CarriedMarket> carried = carried(prepared, before, books, hedges);
        double cash = hedged.cash().toDouble();
        double haircut = parameters.usdcHaircut().of(pricer.scenarios());
        double counted =
                hedged.equityUsdc()
                        - haircut * Math.max(cash, 0)
                        - CarriedMarket.haircutUsdc(carried);
        double addOn = parameters.hedges().addOnUsdc(hedges.equityUsdc(), counted);
        Inventory inventory = options.with(hedges.withAddOn(addOn));
        MarketView view =
                MarketView.open(
                        number,
                        prepared.since(),
                        books.markets(number),
                        carried,
                        pricer,
                        counted - addOn,
                        inventory,
                        parameters.potential());
        Evaluation evaluation =
                new Evaluator(view, parameters, rules.limits()).of(inventory, List.of(), List.of());
        double floor = rules.limits().value(Limits.RAC_FLOOR) * view.capital();
        return new OpenedView(
                view,
                new VectorCache(pricer),
                strain(evaluation.worstDamped(), evaluation.rac() - floor),
                rules.state().capital());
    }

    private static SortedMap<Underlying, CarriedMarket> carried(
            ViewPreparation.Asked prepared,
            Optional<MarketView> before,
            Books books,
            Hedges hedges) {
        SortedMap<Underlying, CarriedMarket> carried = new TreeMap<>();
        books.carried(prepared.number())
                .forEach(
                        (underlying, totals) ->
                                carried.put(
                                        underlying,
                                        CarriedMarket.of(
                                                before.orElseThrow().frozenAt(underlying),
                                                prepared.since(),
                                                totals.market(),
                                                Evaluator.worstDamped(
                                                        totals.total().scenarios(),
                                                        hedges.into(
                                                                underlying,
                                                                totals.total().values())))));
        return carried;
    }

    /** u = L / (L + RAC - floor) between 0 and 1; 1 when nothing is left above the floor. */
    static double strain(double worstDamped, double aboveFloor) {
        double whole = worstDamped + aboveFloor;
        if (!(whole > 0)) {
            return 1;
        }
        return Math.min(Math.max(worstDamped / whole, 0), 1);
    }

    double floor(Desk.Rules rules) {
        return rules.limits().value(Limits.RAC_FLOOR) * view.capital();
    }

    /** What may leave the pool, USDC: RAC above its floor, equity above the worst loss, cash at hand. */
    double free(
            Inventory inventory,
            Admission admission,
            List<Reservation> reservations,
            Desk.Rules rules) {
        Evaluation now =
                admission.evaluator().of(inventory, admission.pending(reservations), List.of());
        double aboveFloor = now.rac() - floor(rules);
        double aboveWorst =
                now.equity() - CarriedMarket.haircutUsdc(view.carried()) - now.worstUndamped();
        return Math.min(Math.min(aboveFloor, aboveWorst), inventory.freeCash().toDouble());
    }

    /** The pool's figures on an inventory. */
    Measures measures(Inventory inventory, Desk.Rules rules, CapacityParameters parameters) {
        return Measures.of(view, inventory, parameters, rules.limits(), strain);
    }

    /** What equity is for; empty until the journal says how it is parted. */
    Optional<Allocation> allocation(Inventory inventory, CapitalState state) {
        Usdc equity =
                inventory
                        .cash()
                        .plus(Usdc.nearest(inventory.total().markUsdc()))
                        .plus(Usdc.nearest(inventory.hedges().markUsdc()));
        Usdc unused = state.capital().minus(paidIn);
        return state.allocation()
                .map(
                        allotted ->
                                Allocation.of(
                                        allotted.terms(),
                                        equity,
                                        state.capital(),
                                        unused.signum() > 0 ? unused : Usdc.ZERO,
                                        inventory.hedges().posted()));
    }

    boolean isStale(Moment now, CapacityParameters parameters) {
        return now.msSince(view.openedAt()) > parameters.viewLife().toMillis();
    }
}
