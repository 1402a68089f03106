package io.dolim.capacity;

import io.dolim.capacity.vector.VectorPricer;
import java.util.Optional;

/** The scenario set in force, and the one that is being prepared in its place. */
final class SetsInPlay {

    private VectorPricer inForce;
    private Optional<VectorPricer> coming = Optional.empty();

    SetsInPlay(VectorPricer inForce) {
        this.inForce = inForce;
    }

    /** The one that the journal says is in force; before anything is prepared. */
    void begin(VectorPricer pricer) {
        inForce = pricer;
    }

    void come(VectorPricer pricer) {
        coming = Optional.of(pricer);
    }

    void stay() {
        coming = Optional.empty();
    }

    void turn() {
        inForce = next();
        coming = Optional.empty();
    }

    boolean isChanging() {
        return coming.isPresent();
    }

    /** What the open view is priced with. */
    VectorPricer inForce() {
        return inForce;
    }

    /** What the next view is prepared with. */
    VectorPricer next() {
        return coming.orElse(inForce);
    }

    /** A report over other scenarios than its view's can't be summed. */
    boolean isForeign(BookReport report, long open, Optional<Long> prepared) {
        return !over(inForce, report, open)
                || prepared.filter(number -> !over(next(), report, number)).isPresent();
    }

    private static boolean over(VectorPricer pricer, BookReport report, long view) {
        BookReport.ViewTotals totals = report.byView().get(view);
        return totals == null
                || totals.total().scenarios().version().equals(pricer.scenarios().version());
    }
}
