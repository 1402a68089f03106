package io.dolim.book;

import io.dolim.quoting.market.GuardDecision;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** The half hour before 08:00 UTC of each day, in which the index is averaged for settlement. */
final class SettlementWindow {

    private static final long LENGTH_MS = 1_800_000L;
    private static final long DAY_MS = 86_400_000L;
    private static final long END_OF_DAY_MS = 8 * 3_600_000L;
    private static final int DECIMALS = 6;

    private SettlementWindow() {}

    /** An accepted index as a sample for the Book; empty outside the window. Both ends count. */
    static Optional<Book.IndexSample> sample(GuardDecision.IndexAccepted index) {
        long timeMs = index.event().timeMs();
        if (Math.floorMod(END_OF_DAY_MS - timeMs, DAY_MS) > LENGTH_MS) {
            return Optional.empty();
        }
        BigDecimal price =
                new BigDecimal(index.consensusUsdc()).setScale(DECIMALS, RoundingMode.HALF_EVEN);
        return Optional.of(new Book.IndexSample(timeMs, price));
    }
}
