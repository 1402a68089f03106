package io.dolim.deploy.bench;

import com.typesafe.config.Config;
import io.dolim.capacity.CapacityParameters;
import io.dolim.capacity.CapacityView;
import io.dolim.capacity.Mode;
import io.dolim.capacity.RecordedPool;
import io.dolim.capacity.ViewInputs;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.SortedMap;
import java.util.TreeMap;

/** The pool on the same frozen markets had it never traded: its capital in cash, no inventory, no strain. */
final class FlatPool {

    private final CapacityParameters parameters;
    private final RecordedPool recorded;
    private final SortedMap<Underlying, ContractSpec> specs;
    private final Usdc capital;

    /**
     * @param config all settings of the pool
     * @param capital paid in
     */
    FlatPool(Config config, SortedMap<Underlying, ContractSpec> specs, Usdc capital) {
        this.parameters = CapacityParameters.of(config.getConfig("dolim.capacity"));
        this.recorded = new RecordedPool(parameters, specs, parameters.limits());
        this.specs = new TreeMap<>(specs);
        this.capital = capital;
    }

    /** What this view would be. */
    CapacityView like(CapacityView view) {
        VectorPricer pricer = view.pricer();
        ViewInputs inputs = view.inputs();
        SortedMap<Underlying, Double> unhedged = new TreeMap<>();
        SortedMap<Underlying, BookVectors> books = new TreeMap<>();
        for (Underlying underlying : specs.keySet()) {
            unhedged.put(underlying, 0.0);
            books.put(underlying, pricer.none());
        }
        ViewInputs flat =
                new ViewInputs(
                        inputs.viewNumber(),
                        inputs.scenarioSet(),
                        recorded.capitalWith(pricer, 0, capital, 0),
                        unhedged,
                        inputs.riskAversion(),
                        inputs.rentAnnual(),
                        capital.toDouble());
        return recorded.view(
                pricer,
                new RecordedPool.Frozen(flat, view.markets(), 0),
                new RecordedPool.Held(books, capital, view.bookSequences(), view.chargeAccount()),
                Mode.OPEN);
    }
}
