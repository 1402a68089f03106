package io.dolim.api.rpc;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One channel that everybody sees alike. A topic of {@link Delivery#LATEST} greets a new subscriber with its last update.
 * Thread-safe; the number of subscribers is bounded by connections times subscriptions.
 */
public final class Topic implements Channel {

    private final String name;
    private final Delivery delivery;
    private final Set<Subscriber> subscribers = new LinkedHashSet<>();
    private @Nullable Notification last;
    private long sequence;

    public Topic(String name, Delivery delivery) {
        this.name = name;
        this.delivery = delivery;
    }

    /** Sends one JSON value, in UTF-8, to all. The lock keeps a newcomer from getting an old update after a new one. */
    public synchronized void publish(byte[] data) {
        sequence++;
        Notification update = Notification.of(name, delivery, sequence, data);
        if (delivery == Delivery.LATEST) {
            last = update;
        }
        subscribers.forEach(subscriber -> subscriber.push(update));
    }

    /** How many listen: nobody listening is a reason not to compute. */
    public synchronized int subscribers() {
        return subscribers.size();
    }

    @Override
    public synchronized Runnable open(Subscriber subscriber) {
        subscribers.add(subscriber);
        Notification greeting = last;
        if (greeting != null) {
            subscriber.push(greeting);
        }
        return () -> close(subscriber);
    }

    private synchronized void close(Subscriber subscriber) {
        subscribers.remove(subscriber);
        if (subscribers.isEmpty()) {
            // nobody listening, nobody computes: what was last said grows old
            last = null;
        }
    }
}
