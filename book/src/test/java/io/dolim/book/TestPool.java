package io.dolim.book;

import io.dolim.capacity.Allocation;
import io.dolim.capacity.CapacityView;
import io.dolim.capacity.Cause;
import io.dolim.capacity.Hedges;
import io.dolim.capacity.Measures;
import io.dolim.capacity.Mode;
import io.dolim.capacity.Moment;
import io.dolim.capacity.Shortfall;
import io.dolim.capacity.ViewInputs;
import io.dolim.capacity.scenario.Family;
import io.dolim.capacity.scenario.Move;
import io.dolim.capacity.scenario.Scenario;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.FullRepricing;
import io.dolim.capacity.vector.PackageVectors;
import io.dolim.capacity.vector.VectorParameters;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.OptionPackage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Input of the tests: an open pool that asks nothing for capacity. */
record TestPool(
        Moment openedAt,
        ContractSpec spec,
        SortedMap<Underlying, PricingMarket> markets,
        long rules,
        double unhedgedCoins)
        implements CapacityView {

    TestPool(
            Moment openedAt,
            ContractSpec spec,
            SortedMap<Underlying, PricingMarket> markets,
            long rules) {
        this(openedAt, spec, markets, rules, 0.0);
    }

    TestPool(Moment openedAt, ContractSpec spec, SortedMap<Underlying, PricingMarket> markets) {
        this(openedAt, spec, markets, 3);
    }

    static final VectorPricer PRICER =
            new FullRepricing(
                    ScenarioSet.of(
                            "test",
                            1.0,
                            List.of(
                                    scenario(Family.HISTORICAL, 0.05, 0.1),
                                    scenario(Family.HISTORICAL, -0.05, 0.1),
                                    scenario(Family.GRID, 0.2, 0.3),
                                    scenario(Family.GRID, -0.2, 0.3))),
                    VectorParameters.STANDARD);

    private static Scenario scenario(Family family, double logSpot, double volShock) {
        return new Scenario(
                family,
                1.0,
                1.0,
                new TreeMap<>(Map.of(new Underlying("BTC"), new Move(logSpot, volShock))));
    }

    @Override
    public Answer of(OptionPackage asked) {
        return new Charged(0.0, 1.0, false);
    }

    @Override
    public double strain() {
        return 0.0;
    }

    @Override
    public double unhedgedDeltaCoins(Underlying underlying) {
        return unhedgedCoins;
    }

    @Override
    public long viewNumber() {
        return 7;
    }

    @Override
    public long revision() {
        return 1;
    }

    @Override
    public VectorPricer pricer() {
        return PRICER;
    }

    @Override
    public ViewInputs inputs() {
        return new ViewInputs(
                7, "test", 1e7, new TreeMap<>(Map.of(new Underlying("BTC"), 1.5)), 2, 0.25, 9e6);
    }

    @Override
    public BookVectors inventory() {
        return PRICER.none();
    }

    @Override
    public PackageVectors vectorsOf(OptionPackage asked) {
        return PRICER.ofPackage(markets.values().iterator().next(), spec, asked);
    }

    @Override
    public Mode mode() {
        return Mode.OPEN;
    }

    @Override
    public List<Cause> causes() {
        return List.of();
    }

    @Override
    public Measures measures() {
        return new Measures(1e7, 1e7, 0, 0, 0, 0, 1e7, 1e6, Shortfall.NONE, 0);
    }

    @Override
    public Usdc cash() {
        return Usdc.ofWhole(9_000_000);
    }

    @Override
    public Hedges hedges() {
        return Hedges.NONE;
    }

    @Override
    public Optional<Allocation> allocation() {
        return Optional.empty();
    }

    @Override
    public Usdc chargeAccount() {
        return Usdc.of(new java.math.BigDecimal("12.5"));
    }

    @Override
    public SortedMap<Underlying, Long> bookSequences() {
        return new TreeMap<>(java.util.Map.of(new Underlying("BTC"), 41L));
    }
}
