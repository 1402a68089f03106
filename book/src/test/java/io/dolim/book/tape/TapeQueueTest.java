package io.dolim.book.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TapeQueueTest {

    private static final long REST_NS = 1_000;
    private final TapeQueue queue = new TapeQueue(2, REST_NS);

    private static TapedBatch batch(long second, long dropped) {
        return new TapedBatch(
                TapedSamples.BTC,
                second * 1_000,
                dropped,
                List.of(),
                List.of(),
                new TreeMap<>(),
                List.of());
    }

    private void offer(long second, long nowNs) {
        queue.offer(batch(second, 0), nowNs);
    }

    @Test
    void oneIsUnderWayAtATimeAndTheyKeepTheirOrder() {
        offer(1, 0);
        offer(2, 0);
        assertEquals(Optional.of(batch(1, 0)), queue.next());
        assertEquals(Optional.empty(), queue.next());
        queue.written();
        assertEquals(Optional.of(batch(2, 0)), queue.next());
        queue.written();
        assertEquals(Optional.empty(), queue.next());
    }

    @Test
    void whatFindsNoRoomIsCountedInTheBatchBehindIt() {
        offer(1, 0);
        assertEquals(Optional.of(batch(1, 0)), queue.next());
        for (long second = 2; second <= 6; second++) {
            offer(second, 0);
        }
        queue.written();
        assertEquals(Optional.of(batch(2, 0)), queue.next());
        offer(7, 0);
        queue.written();
        assertEquals(Optional.of(batch(3, 0)), queue.next());
        queue.written();
        assertEquals(Optional.of(batch(7, 3)), queue.next());
    }

    @Test
    void aJournalWithoutRoomIsLeftAloneForAWhileAndTheGapIsCounted() {
        offer(1, 0);
        queue.next();
        offer(2, 0);
        queue.refused(100);
        offer(3, 100 + REST_NS - 1);
        assertEquals(Optional.empty(), queue.next());
        offer(4, 100 + REST_NS);
        assertEquals(Optional.of(batch(4, 3)), queue.next());
        queue.refused(2_000);
        offer(5, 2_000 + REST_NS);
        assertEquals(Optional.of(batch(5, 4)), queue.next());
        queue.written();
        offer(6, 2_000 + REST_NS);
        assertEquals(Optional.of(batch(6, 0)), queue.next());
        assertEquals(1, queue.writtenSoFar());
        assertEquals(4, queue.droppedSoFar());
    }
}
