package io.dolim.book;

import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.quote.CapitalCharge;
import io.dolim.quoting.quote.DisplayedQuotes;
import io.dolim.quoting.quote.Quoter;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Computes displayed quotes beside the Market, which asks for one batch at a time. Owns nothing.
 */
final class DisplayDesk {

    private DisplayDesk() {}

    /**
     * One batch.
     *
     * @param done called on the desk's thread
     */
    record Compute(
            Quoter quoter,
            MarketSnapshot market,
            CapitalCharge charge,
            SortedSet<OptionContract> listed,
            List<Long> sizes,
            Consumer<DisplayedQuotes> done) {}

    static Behavior<Compute> create() {
        return Behaviors.receiveMessage(
                asked -> {
                    asked.done()
                            .accept(
                                    DisplayedQuotes.of(
                                            asked.quoter(),
                                            asked.market(),
                                            asked.charge(),
                                            asked.listed(),
                                            asked.sizes()));
                    return Behaviors.same();
                });
    }
}
