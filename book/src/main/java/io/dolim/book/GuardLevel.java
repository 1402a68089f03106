package io.dolim.book;

import io.dolim.quoting.market.GuardStatus;
import java.util.List;

/** What the guard lets an underlying's market do, as it is written down. A stored format. */
public enum GuardLevel {
    /** Quote. */
    OPEN,
    /** Quote wider. */
    WIDENED,
    /** Quote nothing. */
    STOPPED;

    static GuardLevel of(GuardStatus status) {
        return switch (status) {
            case GuardStatus.Open _ -> OPEN;
            case GuardStatus.Widened _ -> WIDENED;
            case GuardStatus.Stopped _ -> STOPPED;
        };
    }

    /** The rules that a status names, with their numbers; none when it is open. */
    static List<String> rules(GuardStatus status) {
        return switch (status) {
            case GuardStatus.Open _ -> List.of();
            case GuardStatus.Widened wide -> List.of(wide.reason());
            case GuardStatus.Stopped stopped -> stopped.reasons();
        };
    }
}
