package io.dolim.book.hedge;

import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A Hedger in figures.
 *
 * @param sequence of its last event
 * @param entityHash hash of its journaled state; empty where none was asked for
 * @param jobs on the board
 * @param leases that stand
 * @param brought cash that hedging brought the pool since its first day
 * @param buffer what is left to be spent
 * @param stopped why no signal is raised
 * @param residual how the net delta stood last; empty before the first view
 */
public record HedgeSummary(
        Underlying underlying,
        PerpetualSpec spec,
        long sequence,
        String entityHash,
        PolicyTerms policy,
        SortedMap<String, VenueBook> venues,
        List<Job> jobs,
        List<Lease> leases,
        SortedMap<KeeperId, KeeperScore> keepers,
        Usdc brought,
        Usdc buffer,
        Optional<String> stopped,
        Optional<Residual> residual) {
    /** Copies the collections. */
    public HedgeSummary {
        venues = Collections.unmodifiableSortedMap(new TreeMap<>(venues));
        jobs = List.copyOf(jobs);
        leases = List.copyOf(leases);
        keepers = Collections.unmodifiableSortedMap(new TreeMap<>(keepers));
    }
}
