package io.dolim.book.history;

import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.market.PricingMarket;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Sums of what Books hold, the last few remembered: from one trade to the next a few lots are
 * different, and sums of vectors are exact, so that what is added to an earlier sum gives the bits of
 * adding up anew. Not safe for threads.
 */
final class HeldVectors {

    /** Some views of a handful of underlyings, with and without trades that were taken out. */
    private static final int MOST = 24;

    private final Deque<Sum> recent = new ArrayDeque<>();

    private record Sum(
            VectorPricer pricer,
            PricingMarket market,
            SortedMap<OptionContract, Long> lots,
            BookVectors vectors) {

        Sum {
            lots = Collections.unmodifiableSortedMap(new TreeMap<>(lots));
        }
    }

    /** What lots of options of one underlying come to on a frozen market. */
    BookVectors of(
            VectorPricer pricer,
            PricingMarket market,
            ContractSpec spec,
            SortedMap<OptionContract, Long> lots) {
        Sum from = taken(pricer, market);
        BookVectors sum = from.vectors();
        TreeSet<OptionContract> all = new TreeSet<>(lots.keySet());
        all.addAll(from.lots().keySet());
        for (OptionContract contract : all) {
            long more = lots.getOrDefault(contract, 0L) - from.lots().getOrDefault(contract, 0L);
            if (more != 0) {
                sum = sum.plus(pricer.of(market, spec, contract), more);
            }
        }
        recent.addFirst(new Sum(pricer, market, lots, sum));
        if (recent.size() > MOST) {
            recent.removeLast();
        }
        return sum;
    }

    /** The last sum on this market, which the next one replaces; nothing held when there is none. */
    private Sum taken(VectorPricer pricer, PricingMarket market) {
        Iterator<Sum> known = recent.iterator();
        while (known.hasNext()) {
            Sum one = known.next();
            if (one.pricer().equals(pricer) && one.market().equals(market)) {
                known.remove();
                return one;
            }
        }
        return new Sum(pricer, market, new TreeMap<>(Map.of()), pricer.none());
    }
}
