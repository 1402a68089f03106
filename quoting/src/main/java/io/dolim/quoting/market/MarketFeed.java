package io.dolim.quoting.market;

import java.util.function.Consumer;

/**
 * The port through which a market comes in. Adapters live outside the domain.
 *
 * <p>Threads: a feed calls its consumer from one thread at a time and in order, so that what one
 * call wrote the next one sees; the thread itself may change. The consumer must not block: it hands
 * the event on; only that of a stepping feed may, for as long as it works an event off. All methods
 * may be called from any thread.
 *
 * <p>Pace: most feeds follow a clock. A <em>stepping</em> feed follows its consumer: after each
 * {@link FeedEvent.ChainEnd} it is silent until {@link #consumed} names that chain, so that a run
 * over recorded chains takes as long as the engine takes and no longer.
 */
public interface MarketFeed extends AutoCloseable {

    /**
     * Begins to deliver. Called once.
     *
     * @throws IllegalStateException when it was started before, or is closed
     */
    void start(Consumer<FeedEvent> consumer);

    /**
     * The feed's clock: the wall clock for a live one, the simulated or recorded time for the
     * others. Never goes back. Ages of ticks are measured against it.
     *
     * @return milliseconds since 1970
     */
    long nowMs();

    /**
     * Everything up to the end of this chain was worked off. Feeds that do not step ignore it;
     * a number heard before, or not yet sent, changes nothing.
     */
    void consumed(int chainNumber);

    /** How far it has come. */
    Progress progress();

    /** Stops delivering; no event arrives after it has returned, unless called by the consumer. */
    @Override
    void close();

    /**
     * How far a feed has come.
     *
     * @param chain number of the last chain that was sent whole; 0 before the first
     * @param total how many there are; 0 when the feed has no end
     * @param done true when nothing will ever come again
     */
    record Progress(int chain, int total, boolean done) {}
}
