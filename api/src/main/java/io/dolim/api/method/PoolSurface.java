package io.dolim.api.method;

import io.dolim.book.Book;
import io.dolim.capacity.CapacityView;
import io.dolim.capacity.RiskGrid;
import io.dolim.capacity.RiskSurface;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The pool's profit and loss over the grid. Computed once for each view and cut of the Books, however
 * many ask; what a view has priced is not priced again when a trade moves the cut. Thread-safe.
 */
final class PoolSurface {

    private final RiskGrid grid;
    private final SortedMap<Underlying, ContractSpec> specs;
    private Optional<RiskSurface> surface = Optional.empty();
    private Optional<Priced> last = Optional.empty();

    PoolSurface(RiskGrid grid, SortedMap<Underlying, ContractSpec> specs) {
        this.grid = grid;
        this.specs = specs;
    }

    /**
     * The pool's cells by underlying.
     *
     * @param surface prices more over the same view
     */
    record Priced(
            RiskSurface surface,
            List<Book.Positions> held,
            SortedMap<Underlying, double[][]> cells) {

        SortedMap<Underlying, Long> sequences() {
            SortedMap<Underlying, Long> sequences = new TreeMap<>();
            held.forEach(book -> sequences.put(book.underlying(), book.sequence()));
            return sequences;
        }
    }

    RiskGrid grid() {
        return grid;
    }

    /** Prices what the Books hold. @throws IllegalArgumentException when it cannot be priced */
    synchronized Priced of(CapacityView view, List<Book.Positions> held) {
        RiskSurface over = over(view);
        if (last.filter(priced -> isOf(priced, over, held)).isEmpty()) {
            SortedMap<Underlying, double[][]> cells = new TreeMap<>();
            for (Book.Positions book : held) {
                cells.put(book.underlying(), over.of(spec(book.underlying()), book.lots()));
            }
            last = Optional.of(new Priced(over, held, cells));
        }
        return last.orElseThrow();
    }

    /** What the pool gains in each cell by taking the other side of a package, before its price. */
    double[][] candidate(
            Priced priced, Underlying underlying, SortedMap<OptionContract, Long> poolLots) {
        return priced.surface().of(spec(underlying), poolLots);
    }

    private RiskSurface over(CapacityView view) {
        RiskSurface over =
                surface.filter(known -> known.view().viewNumber() == view.viewNumber())
                        .orElseGet(() -> grid.on(view));
        surface = Optional.of(over);
        return over;
    }

    private static boolean isOf(Priced priced, RiskSurface over, List<Book.Positions> held) {
        return priced.surface() == over && priced.held().equals(held);
    }

    private ContractSpec spec(Underlying underlying) {
        return Optional.ofNullable(specs.get(underlying))
                .orElseThrow(() -> new IllegalArgumentException("no contracts on " + underlying));
    }

    /** Cell by cell. */
    static double[][] sum(Iterable<double[][]> all, int vols, int spots) {
        double[][] sum = new double[vols][spots];
        for (double[][] cells : all) {
            for (int vol = 0; vol < vols; vol++) {
                for (int spot = 0; spot < spots; spot++) {
                    sum[vol][spot] += cells[vol][spot];
                }
            }
        }
        return sum;
    }

    /** Those of some underlyings, in their order. */
    static List<double[][]> chosen(
            SortedMap<Underlying, double[][]> cells, List<Underlying> underlyings) {
        List<double[][]> chosen = new ArrayList<>();
        cells.forEach(
                (underlying, own) -> {
                    if (underlyings.contains(underlying)) {
                        chosen.add(own);
                    }
                });
        return chosen;
    }
}
