package io.dolim.book;

import io.dolim.capacity.CapacityView;
import io.dolim.capacity.Moment;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.quote.DisplayedQuotes;
import io.dolim.quoting.quote.Quoter;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The displayed quotes of a Market: has one batch computed at a time, and rests between two so that
 * batches take no more than their share of a core. Used by a Market alone, on its thread.
 */
final class MarketDisplay {

    private final MarketRules rules;
    private final Quoter quoter;
    private final Supplier<Moment> clock;
    private final ActorRef<DisplayDesk.Compute> desk;

    private Optional<DisplayedQuotes> current = Optional.empty();
    private long rulesInForce = Long.MIN_VALUE;
    private long rulesOfBatch = Long.MIN_VALUE;
    private long rulesOfCurrent = Long.MIN_VALUE;
    private boolean busy;
    private Optional<Long> restUntilNs = Optional.empty();

    MarketDisplay(
            MarketRules rules,
            Quoter quoter,
            Supplier<Moment> clock,
            ActorRef<DisplayDesk.Compute> desk) {
        this.rules = rules;
        this.quoter = quoter;
        this.clock = clock;
        this.desk = desk;
    }

    /** The last batch; empty before the first, after one that failed and after an operator's order. */
    Optional<DisplayedQuotes> current() {
        return current;
    }

    /** An operator's order is in force: what was computed under older rules is not shown any more. */
    void outdated(long rules) {
        rulesInForce = rules;
        current = current.filter(_ -> rulesOfCurrent >= rules);
    }

    /** Whether a batch is under way. */
    boolean isBusy() {
        return busy;
    }

    /** Milliseconds until the next batch is due; 0 when it is. */
    long restMs(Moment now) {
        return restUntilNs
                .map(until -> Math.max(0, Math.ceilDiv(until - now.monotonicNs(), 1_000_000L)))
                .orElse(0L);
    }

    /** Has a batch computed; {@code done} is called on the desk's thread. */
    void compute(
            MarketSnapshot market,
            CapacityView pool,
            SortedSet<OptionContract> listed,
            Consumer<DisplayDesk.Batch> done) {
        busy = true;
        rulesOfBatch = pool.rules();
        desk.tell(
                new DisplayDesk.Compute(
                        quoter,
                        market,
                        pool,
                        listed,
                        rules.bookSizes(),
                        () -> clock.get().monotonicNs(),
                        done));
    }

    /** A batch is done: it is current, or nothing is. */
    void onBatch(DisplayDesk.Batch batch) {
        busy = false;
        long restNs = (long) (batch.tookNs() * (1.0 / rules.displayShare() - 1.0));
        restUntilNs =
                Optional.of(
                        clock.get().monotonicNs()
                                + Math.max(restNs, rules.displayEveryMs() * 1_000_000L));
        rulesOfCurrent = rulesOfBatch;
        current =
                switch (batch) {
                    case DisplayDesk.Made made ->
                            Optional.of(made.quotes()).filter(_ -> rulesOfBatch >= rulesInForce);
                    case DisplayDesk.Failed _ -> Optional.empty();
                };
    }
}
