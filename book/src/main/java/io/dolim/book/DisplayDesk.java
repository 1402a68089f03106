package io.dolim.book;

import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.quote.CapitalCharge;
import io.dolim.quoting.quote.DisplayedQuotes;
import io.dolim.quoting.quote.Quoter;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
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
     * @param monotonicNs read before and after
     * @param done called on the desk's thread, once
     */
    record Compute(
            Quoter quoter,
            MarketSnapshot market,
            CapitalCharge charge,
            SortedSet<OptionContract> listed,
            List<Long> sizes,
            LongSupplier monotonicNs,
            Consumer<Batch> done) {}

    /** What came of it. */
    sealed interface Batch {
        /** Time it took, nanoseconds. */
        long tookNs();

        /** What is told of it. */
        MarketNote note(Underlying underlying);
    }

    /** All contracts, quoted or refused. */
    record Made(DisplayedQuotes quotes, long tookNs) implements Batch {
        @Override
        public MarketNote note(Underlying underlying) {
            return new MarketNote.BatchDisplayed(underlying, quotes.rows().size(), tookNs);
        }
    }

    /** The figures made no batch. */
    record Failed(String why, long tookNs) implements Batch {
        @Override
        public MarketNote note(Underlying underlying) {
            return new MarketNote.Unpriceable(underlying, "batch", why);
        }
    }

    static Behavior<Compute> create() {
        return Behaviors.receiveMessage(
                asked -> {
                    long startNs = asked.monotonicNs().getAsLong();
                    asked.done().accept(computed(asked, startNs));
                    return Behaviors.same();
                });
    }

    private static Batch computed(Compute asked, long startNs) {
        try {
            DisplayedQuotes quotes =
                    DisplayedQuotes.of(
                            asked.quoter(),
                            asked.market(),
                            asked.charge(),
                            asked.listed(),
                            asked.sizes());
            return new Made(quotes, asked.monotonicNs().getAsLong() - startNs);
        } catch (IllegalArgumentException | ArithmeticException noPrice) {
            return new Failed(noPrice.toString(), asked.monotonicNs().getAsLong() - startNs);
        }
    }
}
