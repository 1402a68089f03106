package io.dolim.book;

import com.typesafe.config.ConfigFactory;
import io.dolim.capacity.CapacityView;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.market.MarketSnapshot;
import java.util.Optional;

/** Input of the tests: what a Book records of a market and a pool, by the code that records it. */
public final class Recorded {

    private Recorded() {}

    /** The inputs of a quote under the default configuration. */
    public static PricingInputs of(MarketSnapshot market, CapacityView pool, ContractSpec spec) {
        return new RecordedInputs(market, Optional.of(pool), terms(spec)).get();
    }

    /** The default configuration. */
    public static PricingTerms terms(ContractSpec spec) {
        return PricingTerms.of(ConfigFactory.defaultReferenceUnresolved().resolve(), spec);
    }
}
