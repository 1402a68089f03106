package io.dolim.capacity;

import java.util.List;
import java.util.Optional;

/**
 * The pool's figures at one inventory, with reservations counted at their worst.
 *
 * @param equity USDC at mark
 * @param capital K now, USDC
 * @param worstDamped L(P), USDC
 * @param worstUndamped worst loss of any scenario, USDC
 * @param hedgingBuffer USDC
 * @param limited what has a limit
 */
record Evaluation(
        double equity,
        double capital,
        double worstDamped,
        double worstUndamped,
        double hedgingBuffer,
        List<Limited> limited) {

    Evaluation {
        limited = List.copyOf(limited);
    }

    double rac() {
        return capital - worstDamped - hedgingBuffer;
    }

    /** The first limit by name that does not hold. */
    Optional<Limited> broken() {
        Limited first = null;
        for (Limited each : limited) {
            if (!each.holds() && (first == null || each.name().compareTo(first.name()) < 0)) {
                first = each;
            }
        }
        return Optional.ofNullable(first);
    }

    /** No limit that is broken here has gone further than before. */
    boolean noFurtherThan(Evaluation before) {
        for (Limited each : limited) {
            if (!each.holds() && !(each.used() <= before.used(each.name()))) {
                return false;
            }
        }
        return true;
    }

    /** What is used of a limit; 0 of one that nothing uses. */
    double used(String name) {
        return limited.stream()
                .filter(each -> each.name().equals(name))
                .mapToDouble(Limited::used)
                .findFirst()
                .orElse(0);
    }
}
