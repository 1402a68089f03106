package io.dolim.capacity.vector;

import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;

/**
 * Prices instruments over one scenario set. Pure and safe on any thread: the same market gives the
 * same bits on every machine.
 */
public interface VectorPricer {

    /** The scenarios all vectors run over. */
    ScenarioSet scenarios();

    /**
     * Vectors of one lot held by the pool.
     *
     * @throws IllegalArgumentException when the market gives a value that is NaN or out of range
     */
    InstrumentVectors of(PricingMarket market, ContractSpec spec, OptionContract contract);

    /** An empty book over the same scenarios. */
    default BookVectors none() {
        return BookVectors.none(scenarios());
    }

    /** What a package of the taker's does to the pool: each leg with its sign turned. */
    default PackageVectors ofPackage(PricingMarket market, ContractSpec spec, OptionPackage asked) {
        BookVectors change = none();
        double timeValueUsdc = 0;
        for (Leg leg : asked.legs()) {
            InstrumentVectors one = of(market, spec, leg.contract());
            change = change.plus(one, -leg.lots());
            timeValueUsdc += Math.abs((double) leg.lots()) * one.timeValueUsdc();
        }
        return new PackageVectors(change, timeValueUsdc);
    }
}
