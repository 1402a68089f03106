package io.dolim.book;

/**
 * How a guard stands by its journal. A guard is open until it is written that it is not.
 *
 * @param sinceMs the feed's clock at its last written turn; 0 when it never turned
 * @param turns how often it has turned, those between two written turns included
 */
public record GuardStanding(GuardLevel level, long sinceMs, long turns) {

    /** Open, and never anything else. */
    public static final GuardStanding NEVER_TURNED = new GuardStanding(GuardLevel.OPEN, 0, 0);

    GuardStanding after(LatchEvent.GuardTurned turn) {
        return new GuardStanding(turn.after(), turn.epochMs(), Math.addExact(turns, turn.turns()));
    }
}
