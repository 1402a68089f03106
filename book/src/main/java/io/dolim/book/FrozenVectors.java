package io.dolim.book;

import io.dolim.capacity.Capacity;
import io.dolim.capacity.vector.InstrumentVectors;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.market.MarketSnapshot;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** Prices over Capacity's scenarios what a Book holds, on a market frozen for a view. */
final class FrozenVectors {

    private FrozenVectors() {}

    /** @throws IllegalArgumentException when the market gives a contract no vectors */
    static Book.Revalue of(
            Capacity.Prepare prepare,
            MarketSnapshot frozen,
            ContractSpec spec,
            SortedSet<OptionContract> held) {
        SortedMap<OptionContract, InstrumentVectors> vectors = new TreeMap<>();
        for (OptionContract contract : held) {
            if (contract.expiry().epochMs() > frozen.timeMs()) {
                vectors.put(contract, prepare.pricer().of(frozen, spec, contract));
            }
        }
        return new Book.Revalue(prepare.viewNumber(), frozen, prepare.pricer(), vectors);
    }
}
