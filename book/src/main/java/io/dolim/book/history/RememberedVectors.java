package io.dolim.book.history;

import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.InstrumentVectors;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.market.PricingMarket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * A pricer that remembers the vectors of the last markets it was asked about: trades follow each
 * other on the same few. The answer is the same whether it was remembered or not. Not safe for
 * threads.
 */
final class RememberedVectors implements VectorPricer {

    /** Some views of a handful of underlyings. */
    private static final int MOST_MARKETS = 24;

    private final VectorPricer pricer;
    private final Deque<Priced> recent = new ArrayDeque<>();

    private record Priced(
            PricingMarket market,
            ContractSpec spec,
            Map<OptionContract, InstrumentVectors> vectors) {}

    RememberedVectors(VectorPricer pricer) {
        this.pricer = pricer;
    }

    @Override
    public ScenarioSet scenarios() {
        return pricer.scenarios();
    }

    @Override
    public InstrumentVectors of(PricingMarket market, ContractSpec spec, OptionContract contract) {
        return on(market, spec)
                .vectors()
                .computeIfAbsent(contract, one -> pricer.of(market, spec, one));
    }

    private Priced on(PricingMarket market, ContractSpec spec) {
        Iterator<Priced> known = recent.iterator();
        while (known.hasNext()) {
            Priced one = known.next();
            if (one.market().equals(market) && one.spec().equals(spec)) {
                if (!recent.getFirst().equals(one)) {
                    known.remove();
                    recent.addFirst(one);
                }
                return one;
            }
        }
        Priced fresh = new Priced(market, spec, new HashMap<>());
        recent.addFirst(fresh);
        if (recent.size() > MOST_MARKETS) {
            recent.removeLast();
        }
        return fresh;
    }
}
