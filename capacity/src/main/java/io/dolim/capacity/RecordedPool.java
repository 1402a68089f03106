package io.dolim.capacity;

import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.money.Usdc;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes a published view again from what a journal says of it, so that a quote's charge can be
 * computed long after. Pure; the same parts give the same bits as the view they were taken from.
 */
public final class RecordedPool {

    private final CapacityParameters parameters;
    private final SortedMap<Underlying, ContractSpec> specs;
    private final Limits limits;

    /**
     * A market view as it was written down.
     *
     * @param markets frozen, of every underlying
     * @param strain read at its opening
     */
    public record Frozen(
            ViewInputs inputs, SortedMap<Underlying, PricingMarket> markets, double strain) {
        /** Copies the markets. */
        public Frozen {
            markets = Collections.unmodifiableSortedMap(new TreeMap<>(markets));
        }
    }

    /**
     * What the pool held when it was asked.
     *
     * @param books vectors by underlying, under the frozen markets
     * @param cash capital paid in and what trades brought, without what hedging did
     * @param sequences the books' sequence numbers that it contains
     * @param chargeAccount what discounts may draw on
     */
    public record Held(
            SortedMap<Underlying, BookVectors> books,
            Usdc cash,
            SortedMap<Underlying, Long> sequences,
            Usdc chargeAccount) {
        /** Copies the maps. */
        public Held {
            books = Collections.unmodifiableSortedMap(new TreeMap<>(books));
            sequences = Collections.unmodifiableSortedMap(new TreeMap<>(sequences));
        }
    }

    /**
     * @param specs how the options of each underlying trade
     * @param limits in force
     */
    public RecordedPool(
            CapacityParameters parameters,
            SortedMap<Underlying, ContractSpec> specs,
            Limits limits) {
        this.parameters = parameters;
        this.specs = new TreeMap<>(specs);
        this.limits = limits;
    }

    /**
     * The view as it was published.
     *
     * @param pricer over the view's scenarios; may remember what it priced on the same markets
     * @throws IllegalArgumentException when the pricer's scenarios are not the view's
     */
    public CapacityView view(VectorPricer pricer, Frozen frozen, Held held, Mode mode) {
        ViewInputs inputs = frozen.inputs();
        if (!pricer.scenarios().version().equals(inputs.scenarioSet())) {
            throw new IllegalArgumentException(
                    "scenarios="
                            + pricer.scenarios().version()
                            + " must be the recorded "
                            + inputs.scenarioSet());
        }
        Hedges hedges =
                Hedges.of(
                        inputs.hedges(),
                        frozen.markets(),
                        pricer.scenarios(),
                        parameters.hedges(),
                        inputs.cashUsdc());
        MarketView view =
                MarketView.frozen(
                        inputs.viewNumber(),
                        new Moment(0, 0),
                        frozen.markets(),
                        new TreeMap<>(),
                        pricer,
                        inputs.capital(),
                        inputs.cashUsdc(),
                        inputs.unhedgedDeltaCoins(),
                        hedges,
                        new Potential.Terms(inputs.riskAversion(), inputs.rentAnnual()));
        Inventory inventory =
                new Inventory(held.books(), total(pricer, held), held.cash(), held.sequences())
                        .with(hedges);
        return new PublishedView(
                view,
                new VectorCache(pricer),
                specs,
                inventory,
                new Admission(view, parameters, limits, mode, JournalRoom.AMPLE, new TreeMap<>()),
                Measures.of(view, inventory, parameters, limits, frozen.strain()),
                new PublishedView.Standing(mode, List.of(), 0),
                Optional.empty(),
                held.chargeAccount(),
                0);
    }

    /** What K would be with other cash and another value of the inventory, USDC, over a view's scenarios. */
    public double capitalWith(
            VectorPricer pricer, double capital, Usdc moreCash, double moreMarkUsdc) {
        double haircut = parameters.usdcHaircut().of(pricer.scenarios());
        return capital + moreMarkUsdc + (1 - haircut) * moreCash.toDouble();
    }

    /** The strain that measures make; see {@link CapacityView#strain}. */
    public static double strain(Measures measures) {
        return OpenedView.strain(measures.worstDamped(), measures.rac() - measures.racFloor());
    }

    private static BookVectors total(VectorPricer pricer, Held held) {
        BookVectors total = pricer.none();
        for (BookVectors book : held.books().values()) {
            total = total.plus(book);
        }
        return total;
    }
}
