package io.dolim.book.history;

import io.dolim.book.tape.TapedBatch;
import java.util.Collections;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A market's tape at a place of a journal.
 *
 * @param timeMs begin of the last batch's second, milliseconds since 1970
 * @param indexUsdc the last accepted consensus
 * @param beforeUsdc the consensus before the last batch that has one
 * @param move how far the last two batches with a price of the index moved it, as a share of what it was
 *     before them: a moment that several sources tell may lie in two seconds, with the median half way
 *     between, and seconds without any may lie between them
 * @param sources what each source said last of those in the last batch, USDC per coin
 * @param held events that the guard held in the last batch
 * @param dropped batches that were lost before the last one
 */
public record TapeSight(
        long timeMs,
        OptionalDouble indexUsdc,
        OptionalDouble beforeUsdc,
        double move,
        SortedMap<String, Double> sources,
        long held,
        long dropped) {

    /** Before the first batch. */
    static final TapeSight NONE =
            new TapeSight(
                    0, OptionalDouble.empty(), OptionalDouble.empty(), 0, new TreeMap<>(), 0, 0);

    /** Copies the sources. */
    public TapeSight {
        sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
    }

    /** The tape after one more batch. */
    TapeSight then(TapedBatch batch) {
        SortedMap<String, Double> said = new TreeMap<>();
        batch.index().forEach(tick -> said.put(tick.source(), tick.priceUsdc()));
        long refused = batch.held().stream().mapToLong(TapedBatch.Withheld::count).sum();
        if (batch.index().isEmpty()) {
            return new TapeSight(
                    batch.epochMs(), indexUsdc, beforeUsdc, move, said, refused, batch.dropped());
        }
        double now = batch.index().getLast().consensusUsdc();
        OptionalDouble from = beforeUsdc.isPresent() ? beforeUsdc : indexUsdc;
        double moved = from.isPresent() ? now / from.getAsDouble() - 1 : 0;
        return new TapeSight(
                batch.epochMs(),
                OptionalDouble.of(now),
                indexUsdc,
                moved,
                said,
                refused,
                batch.dropped());
    }
}
