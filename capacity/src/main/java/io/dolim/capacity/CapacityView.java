package io.dolim.capacity;

import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.PackageVectors;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.CapitalCharge;
import io.dolim.quoting.quote.OptionPackage;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The pool at one moment, published: the frozen markets of a numbered view with the inventory of now.
 * A quote's charge is a pure function of it, on any thread, asking nobody.
 */
public interface CapacityView extends CapitalCharge {

    /** When the view's last market was in and it opened; its age decides whether it still prices. */
    Moment openedAt();

    /** The frozen market of each underlying. */
    SortedMap<Underlying, PricingMarket> markets();

    /** Prices vectors over the view's scenarios. */
    VectorPricer pricer();

    /** What prices capacity besides the markets, to be written down with a trade. */
    ViewInputs inputs();

    /** The pool's vectors over all books. */
    BookVectors inventory();

    /** What the pool does for one package; memoised by contract within the view. */
    PackageVectors vectorsOf(OptionPackage asked);

    /** Effective mode. */
    Mode mode();

    /** What keeps the pool, or one underlying, from taking everything; empty when nothing does. */
    List<Cause> causes();

    /** The causes in a line each. */
    default List<String> reasons() {
        return causes().stream().map(Cause::reason).toList();
    }

    /** Capacity's sequence number when it was published: mode and limits are those of then. */
    long rules();

    /** Capital and its use. */
    Measures measures();

    /** The pool's hedges as the view froze them. */
    Hedges hedges();

    /** Capital paid in and what trades and hedging brought, at the moment of publishing. */
    Usdc cash();

    /** What equity is for; empty of a view that was made again from a journal. */
    Optional<Allocation> allocation();

    /** What discounts may draw on, at the moment of publishing. */
    Usdc chargeAccount();

    /** The last event of each book that the inventory contains. */
    SortedMap<Underlying, Long> bookSequences();
}
