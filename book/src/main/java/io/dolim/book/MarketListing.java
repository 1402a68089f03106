package io.dolim.book;

import io.dolim.quoting.instrument.OptionContract;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Has the Book list what the feed and the rule list: one order at a time, the next when the Book has
 * answered. What it did not write is ordered again. Used by a Market alone, on its thread.
 */
final class MarketListing {

    /** Contracts of one order. */
    static final int MAX_ORDER = 200;

    private static final String BY = "market";

    private final MarketRules rules;
    private final ActorRef<Book.Command> book;
    private final ActorRef<Book.Ordered> replyTo;
    private final SortedSet<OptionContract> written = new TreeSet<>();
    private List<OptionContract> ordered = List.of();

    MarketListing(MarketRules rules, ActorRef<Book.Command> book, ActorRef<Book.Ordered> replyTo) {
        this.rules = rules;
        this.book = book;
        this.replyTo = replyTo;
    }

    /**
     * The state with what the rule lists now beside what is listed, without what has expired; what is
     * not yet written is ordered. Before there is an index only the feed lists.
     */
    MarketState listed(MarketState state, long nowMs) {
        SortedSet<OptionContract> byRule = new TreeSet<>();
        if (rules.listing().isPresent() && state.indexUsdc().isPresent()) {
            byRule.addAll(rules.listing().get().contracts(state.indexUsdc().getAsDouble(), nowMs));
        }
        MarketState listed = state.withListed(byRule, nowMs);
        order(listed.listed());
        return listed;
    }

    /** Orders what is listed and not yet written. */
    private void order(SortedSet<OptionContract> listed) {
        written.retainAll(listed);
        List<OptionContract> missing = new ArrayList<>();
        for (OptionContract contract : listed) {
            if (!written.contains(contract) && missing.size() < MAX_ORDER) {
                missing.add(contract);
            }
        }
        if (ordered.isEmpty() && !missing.isEmpty()) {
            ordered = missing;
            book.tell(new Book.ListContracts(BY, rules.contract(), missing, replyTo));
        }
    }

    /** The next order at once when this one is written; else with the next beat. */
    void onOrdered(Book.Ordered outcome, SortedSet<OptionContract> listed) {
        boolean isWritten = outcome instanceof Book.Done;
        if (isWritten) {
            written.addAll(ordered);
        }
        ordered = List.of();
        if (isWritten) {
            order(listed);
        }
    }
}
