package io.dolim.capacity;

import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.InstrumentVectors;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.market.PricingMarket;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A pricer that remembers, by contract, the vectors of one view's markets. Any thread; the answer is
 * the same whether it was remembered or not.
 */
final class VectorCache implements VectorPricer {

    private static final int MOST_CONTRACTS = 8_192;

    private final VectorPricer pricer;
    private final ConcurrentHashMap<OptionContract, InstrumentVectors> known =
            new ConcurrentHashMap<>();

    VectorCache(VectorPricer pricer) {
        this.pricer = pricer;
    }

    @Override
    public ScenarioSet scenarios() {
        return pricer.scenarios();
    }

    @Override
    public InstrumentVectors of(PricingMarket market, ContractSpec spec, OptionContract contract) {
        InstrumentVectors remembered = known.get(contract);
        if (remembered != null) {
            return remembered;
        }
        InstrumentVectors priced = pricer.of(market, spec, contract);
        if (known.size() < MOST_CONTRACTS) {
            known.put(contract, priced);
        }
        return priced;
    }
}
