package io.dolim.book;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Questions to the index that are not answered yet, oldest first. Belongs to one writer.
 *
 * @param <A> who asked
 */
final class Lookups<A> {

    private record Asked<A>(String tag, A asker, long sinceNs) {}

    private final int most;
    private final Deque<Asked<A>> asked = new ArrayDeque<>();

    Lookups(int most) {
        this.most = most;
    }

    /** False when there is no room. */
    boolean ask(String tag, A asker, long nowNs) {
        return asked.size() < most && asked.add(new Asked<>(tag, asker, nowNs));
    }

    /** The oldest asker of a tag; each question has one answer. */
    Optional<A> answered(String tag) {
        Optional<Asked<A>> first = asked.stream().filter(a -> a.tag().equals(tag)).findFirst();
        first.ifPresent(asked::remove);
        return first.map(Asked::asker);
    }

    /** Takes out those that were asked before a moment. */
    List<A> olderThan(long ns) {
        List<A> old = new ArrayList<>();
        while (!asked.isEmpty() && asked.peekFirst().sinceNs() - ns < 0) {
            old.add(asked.removeFirst().asker());
        }
        return old;
    }

    /** Who has been let go needs no answer. */
    void forget(Predicate<A> whom) {
        asked.removeIf(a -> whom.test(a.asker()));
    }
}
