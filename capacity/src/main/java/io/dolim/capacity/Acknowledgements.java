package io.dolim.capacity;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Operators' orders that are durable and in force here, and whose answer waits until every Book and
 * Market acts on them. Belongs to one Capacity and is lost with its incarnation, as the asking is.
 */
final class Acknowledgements {

    /** Most orders that wait at once; the oldest is then answered as it stands. */
    static final int MOST = 64;

    private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
    private long last;

    private record Waiting(
            long rules,
            String line,
            ActorRef<Capacity.OperatorReply> replyTo,
            SortedSet<Capacity.Party> missing) {

        Waiting without(Capacity.Party party) {
            SortedSet<Capacity.Party> left = new TreeSet<>(missing);
            left.remove(party);
            return new Waiting(rules, line, replyTo, left);
        }

        void answer() {
            replyTo.tell(new Capacity.Done(line, List.copyOf(missing)));
        }
    }

    /** Waits for all of these, or answers at once when there are none; says under which number. */
    long await(
            long rules,
            String line,
            ActorRef<Capacity.OperatorReply> replyTo,
            SortedSet<Capacity.Party> parties) {
        last++;
        settle(last, new Waiting(rules, line, replyTo, new TreeSet<>(parties)));
        if (waiting.size() > MOST) {
            lapse(waiting.firstKey());
        }
        return last;
    }

    /** A party acts on these rules, and so on all before them. */
    void by(Capacity.Party party, long rules) {
        for (Map.Entry<Long, Waiting> each : List.copyOf(waiting.entrySet())) {
            if (each.getValue().rules() <= rules) {
                settle(each.getKey(), each.getValue().without(party));
            }
        }
    }

    /** Answers one with the names of those that have not acknowledged; nothing when it is answered. */
    void lapse(long number) {
        Waiting late = waiting.remove(number);
        if (late != null) {
            late.answer();
        }
    }

    private void settle(long number, Waiting now) {
        if (now.missing().isEmpty()) {
            waiting.remove(number);
            now.answer();
        } else {
            waiting.put(number, now);
        }
    }
}
