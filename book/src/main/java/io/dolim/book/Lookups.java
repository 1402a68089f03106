package io.dolim.book;

import io.dolim.capacity.ReservationId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Questions to the index that are not answered yet, oldest first. Belongs to one Account. */
final class Lookups {

    private record Asked(String tag, Account.Command asker, long sinceNs) {}

    private final int most;
    private final Deque<Asked> asked = new ArrayDeque<>();

    Lookups(int most) {
        this.most = most;
    }

    /** False when there is no room. */
    boolean ask(String tag, Account.Command asker, long nowNs) {
        return asked.size() < most && asked.add(new Asked(tag, asker, nowNs));
    }

    /** The oldest asker of a tag; each question has one answer. */
    Optional<Account.Command> answered(String tag) {
        Optional<Asked> first = asked.stream().filter(a -> a.tag().equals(tag)).findFirst();
        first.ifPresent(asked::remove);
        return first.map(Asked::asker);
    }

    /** Takes out those that were asked before a moment. */
    List<Account.Command> olderThan(long ns) {
        List<Account.Command> old = new ArrayList<>();
        while (!asked.isEmpty() && asked.peekFirst().sinceNs() - ns < 0) {
            old.add(asked.removeFirst().asker());
        }
        return old;
    }

    /** A hold that its Book has let go needs no answer. */
    void forget(ReservationId id) {
        asked.removeIf(a -> a.asker() instanceof Account.Hold hold && hold.id().equals(id));
    }
}
