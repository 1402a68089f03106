package io.dolim.api.rpc;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.util.ByteString;
import org.apache.pekko.util.ByteStringBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The one queue between everything that has something to say to a session and its socket. Bounded in number and in bytes,
 * and each {@link Precedence} to its share of the bounds: answers to trades find room when nothing else does any more.
 * Responses are never dropped and updates that build on each other neither: there the queue overflows, and the session is
 * to be closed. Updates of {@link Delivery#LATEST} take the place of an unsent one of their channel, at its place in the
 * queue. Thread-safe; nothing waits in here.
 */
final class Outbox {

    /** What became of an offer. */
    enum Offer {
        QUEUED,
        CONFLATED,
        OVERFLOW,
        CLOSED
    }

    private static final class Entry {
        private ByteString frame;
        private final String latestOf;
        private final boolean response;

        Entry(ByteString frame, String latestOf, boolean response) {
            this.frame = frame;
            this.latestOf = latestOf;
            this.response = response;
        }
    }

    /** Bytes; an itemised quote with its token is about half of it. */
    private static final int ROOM_FOR_A_QUOTE = 4096;

    private final int maxResponses;
    private final int maxUpdates;
    private final int maxBytes;
    private final Budget budget;
    private final ArrayDeque<Entry> queue = new ArrayDeque<>();
    private final Map<String, Entry> latest = new HashMap<>();
    private @Nullable ByteString pong;
    private int responses;
    private int bytes;
    private boolean updatesEnded;
    private boolean closed;

    Outbox(int maxResponses, int maxUpdates, int maxBytes, Budget budget) {
        this.maxResponses = maxResponses;
        this.maxUpdates = maxUpdates;
        this.maxBytes = maxBytes;
        this.budget = budget;
    }

    /** Whether there is no room for another quote: what is left is for answers that matter more. */
    synchronized boolean isShort() {
        return responses >= Precedence.QUOTE.of(maxResponses)
                || bytes + ROOM_FOR_A_QUOTE > Precedence.QUOTE.of(maxBytes)
                || !budget.has(ROOM_FOR_A_QUOTE, Precedence.QUOTE);
    }

    /** Queues an answer, or a heartbeat, which is no less owed. */
    synchronized Offer respond(ByteString frame, Precedence precedence) {
        if (closed) {
            return Offer.CLOSED;
        }
        if (responses >= precedence.of(maxResponses) || !grows(frame.size(), precedence)) {
            return overflow();
        }
        responses++;
        return add(new Entry(frame, "", true));
    }

    /** Queues an update. */
    synchronized Offer update(Notification update) {
        if (closed || updatesEnded) {
            return Offer.CLOSED;
        }
        boolean conflates = update.delivery() == Delivery.LATEST;
        Entry unsent = conflates ? latest.get(update.channel()) : null;
        if (unsent != null) {
            if (!grows(update.frame().size() - unsent.frame.size(), Precedence.QUOTE)) {
                return overflow();
            }
            unsent.frame = update.frame();
            return Offer.CONFLATED;
        }
        if (queue.size() - responses >= maxUpdates
                || !grows(update.frame().size(), Precedence.QUOTE)) {
            return overflow();
        }
        Entry entry = new Entry(update.frame(), conflates ? update.channel() : "", false);
        if (conflates) {
            latest.put(update.channel(), entry);
        }
        return add(entry);
    }

    /** Answers a ping; of several unsent answers only the last is kept, as RFC 6455 section 5.5.3 allows. */
    synchronized void pong(ByteString frame) {
        pong = frame;
    }

    /** Takes what is queued, up to about {@code atMost} bytes but at least one frame; empty if nothing is queued. */
    synchronized ByteString take(int atMost) {
        ByteStringBuilder taken = ByteString.createBuilder();
        ByteString answer = pong;
        if (answer != null) {
            taken.append(answer);
            pong = null;
        }
        while (!queue.isEmpty() && taken.length() < atMost) {
            Entry entry = queue.removeFirst();
            grows(-entry.frame.size(), Precedence.TRADE);
            responses -= entry.response ? 1 : 0;
            if (!entry.latestOf.isEmpty()) {
                latest.remove(entry.latestOf);
            }
            taken.append(entry.frame);
        }
        return taken.result();
    }

    /** Takes no more updates; what is queued stays. */
    synchronized void endUpdates() {
        updatesEnded = true;
    }

    /** Whether nothing waits to be taken. */
    synchronized boolean isEmpty() {
        return queue.isEmpty() && pong == null;
    }

    /** Forgets everything and takes nothing more. */
    synchronized void close() {
        closed = true;
        queue.clear();
        latest.clear();
        pong = null;
        responses = 0;
        grows(-bytes, Precedence.TRADE);
    }

    private boolean grows(int by, Precedence precedence) {
        boolean fits = by <= precedence.of(maxBytes) - bytes && budget.take(by, precedence);
        bytes += fits ? by : 0;
        return fits;
    }

    private Offer add(Entry entry) {
        queue.addLast(entry);
        return Offer.QUEUED;
    }

    private Offer overflow() {
        close();
        return Offer.OVERFLOW;
    }
}
