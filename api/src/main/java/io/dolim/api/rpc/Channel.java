package io.dolim.api.rpc;

/**
 * A stream of updates that sessions can listen to. {@link Topic} is one that fans out; one that tailors updates to its
 * caller is made by {@link Channels} for that caller.
 */
@FunctionalInterface
public interface Channel {

    /**
     * Starts sending to a subscriber, from the first state on if the channel has one. Called on the connection's thread, after
     * the answer to the subscription has been queued.
     *
     * @return ends it; called once
     */
    Runnable open(Subscriber subscriber);

    /** Where updates go. Safe from any thread, never waits; after the end it does nothing. */
    @FunctionalInterface
    interface Subscriber {
        /** Queues an update. */
        void push(Notification update);
    }
}
