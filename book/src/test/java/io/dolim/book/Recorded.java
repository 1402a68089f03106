package io.dolim.book;

import com.typesafe.config.ConfigFactory;
import io.dolim.capacity.CapacityParameters;
import io.dolim.capacity.CapacityView;
import io.dolim.capacity.FrozenHedges;
import io.dolim.capacity.Mode;
import io.dolim.capacity.RecordedPool;
import io.dolim.capacity.ViewInputs;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.money.Usdc;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Input of the tests: what a Book records of a market and a pool, by the code that records it. */
public final class Recorded {

    private Recorded() {}

    /** The inputs of a quote under the default configuration. */
    public static PricingInputs of(MarketSnapshot market, CapacityView pool, ContractSpec spec) {
        return new RecordedInputs(market, Optional.of(pool), terms(spec)).get();
    }

    /**
     * The same of a pool that holds nothing, under the default configuration.
     *
     * @param cashUsdc of the pool, whole
     * @param capitalUsdc what of it counts
     */
    public static PricingInputs ofEmptyPool(
            MarketSnapshot market, ContractSpec spec, long cashUsdc, double capitalUsdc) {
        return ofHedges(market, spec, cashUsdc, capitalUsdc, 0, FrozenHedges.NONE);
    }

    /**
     * The same of one that holds hedges alone.
     *
     * @param deltaCoins of those that stand
     */
    public static PricingInputs ofHedges(
            MarketSnapshot market,
            ContractSpec spec,
            long cashUsdc,
            double capitalUsdc,
            double deltaCoins,
            FrozenHedges hedges) {
        Underlying underlying = market.underlying();
        CapacityParameters parameters = terms(spec).capacity();
        TreeMap<Underlying, PricingMarket> markets = new TreeMap<>(Map.of(underlying, market));
        VectorPricer pricer = parameters.pricer(new TreeSet<>(markets.keySet()));
        ViewInputs inputs =
                new ViewInputs(
                        7,
                        pricer.scenarios().version(),
                        capitalUsdc,
                        new TreeMap<>(Map.of(underlying, deltaCoins)),
                        2,
                        0.25,
                        (double) cashUsdc,
                        hedges);
        CapacityView pool =
                new RecordedPool(
                                parameters,
                                new TreeMap<>(Map.of(underlying, spec)),
                                parameters.limits())
                        .view(
                                pricer,
                                new RecordedPool.Frozen(inputs, markets, 0.0),
                                new RecordedPool.Held(
                                        new TreeMap<>(Map.of(underlying, pricer.none())),
                                        Usdc.ofWhole(cashUsdc),
                                        new TreeMap<>(Map.of(underlying, 3L)),
                                        Usdc.ZERO),
                                Mode.OPEN);
        return of(market, pool, spec);
    }

    /** The default configuration. */
    public static PricingTerms terms(ContractSpec spec) {
        return PricingTerms.of(ConfigFactory.defaultReferenceUnresolved().resolve(), spec);
    }
}
