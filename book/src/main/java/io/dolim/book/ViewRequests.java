package io.dolim.book;

import io.dolim.capacity.Capacity;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Asks Capacity for a view at once: when a surface was fitted, and once when the index has moved too
 * far since the market that was frozen last. Used by a Market alone, on its thread.
 */
final class ViewRequests {

    private final ActorRef<Capacity.Command> capacity;
    private final double moveBound;
    private double frozenIndex;

    /** @param moveBound largest move of the index since the frozen one, as a share */
    ViewRequests(ActorRef<Capacity.Command> capacity, double moveBound) {
        this.capacity = capacity;
        this.moveBound = moveBound;
    }

    /** A market was frozen at this index, USDC per coin. */
    void frozen(double indexUsdc) {
        frozenIndex = indexUsdc;
    }

    /** The index is here now. */
    void index(double indexUsdc) {
        if (frozenIndex > 0.0 && Math.abs(indexUsdc / frozenIndex - 1.0) > moveBound) {
            now();
        }
    }

    /** Asks whatever the index does; until the next market is frozen, moves are not asked about. */
    void now() {
        frozenIndex = 0.0;
        capacity.tell(Capacity.OpenView.NOW);
    }
}
