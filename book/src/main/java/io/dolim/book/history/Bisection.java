package io.dolim.book.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.book.BookEvent;
import io.dolim.book.tape.Taped;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds the first event after which a condition holds. Looks at every state and not at halves of the
 * journal: a condition may hold, end, and hold again.
 */
public final class Bisection {

    private final Condition condition;
    private final Past past = new Past();
    private final StateTree state = new StateTree();
    private final SortedSet<String> roots;
    private Optional<NavigableSet<String>> unseen = Optional.empty();

    /** @param condition what is looked for */
    public Bisection(Condition condition) {
        this.condition = condition;
        this.roots = condition.roots();
    }

    /** Takes the next event; the state's tree when the condition holds after it for the first time. */
    public Optional<ObjectNode> next(Written written) {
        past.apply(written);
        boolean inputsOnly = written.event() instanceof BookEvent.InputsRecorded;
        if (inputsOnly && !roots.contains("books") && !roots.contains("at")) {
            return Optional.empty();
        }
        // what values the pool is not computed again for each second of a tape that does not move
        // it
        if (written.event() instanceof Taped && !roots.contains("tape") && !roots.contains("at")) {
            return Optional.empty();
        }
        ObjectNode tree = state.of(past, roots);
        NavigableSet<String> missing = new TreeSet<>(condition.missing(tree));
        unseen.ifPresent(missing::retainAll);
        unseen = Optional.of(missing);
        return condition.holds(tree) ? Optional.of(state.of(past)) : Optional.empty();
    }

    /** Paths that no state had. */
    public NavigableSet<String> unknown() {
        return unseen.orElseGet(TreeSet::new);
    }

    /** The pool after the last event that was taken. */
    public Past past() {
        return past;
    }
}
