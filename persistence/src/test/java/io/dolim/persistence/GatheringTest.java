package io.dolim.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waits without an end are given a day, so that a test that takes none has shown that it took none. */
@Timeout(60)
class GatheringTest {

    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);

    private final BlockingQueue<Request> queue = new ArrayBlockingQueue<>(16);
    private final Gathering gathering = new Gathering(queue, 4, DAY_NS);

    private static Request request(int number) {
        return new Request.Highest("entity-" + number, new CompletableFuture<>());
    }

    private List<String> after(long commitNs, int... taken) throws InterruptedException {
        var waiting = new ArrayList<Request>();
        for (int number : taken) {
            waiting.add(request(number));
        }
        gathering.more(waiting, commitNs);
        return waiting.stream().map(one -> ((Request.Highest) one).persistenceId()).toList();
    }

    @Test
    void nobodyIsWaitedForBehindALoneWriter() throws InterruptedException {
        assertEquals(List.of("entity-1"), after(DAY_NS, 1));
        assertEquals(List.of("entity-1"), after(DAY_NS, 1));
    }

    @Test
    void asManyAsLastTimeAreWaitedFor() throws InterruptedException {
        after(0, 1, 2, 3);
        var others =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    queue.add(request(2));
                                    queue.add(request(3));
                                });
        assertEquals(List.of("entity-1", "entity-2", "entity-3"), after(DAY_NS, 1));
        others.join();
    }

    @Test
    void aCrowdThatThinsOutIsWaitedForOnce() throws InterruptedException {
        after(0, 1, 2, 3);
        assertEquals(List.of("entity-1", "entity-2"), after(2, 1, 2));
        assertEquals(List.of("entity-1", "entity-2"), after(DAY_NS, 1, 2));
    }

    @Test
    void noMoreAreTakenThanABatchHolds() throws InterruptedException {
        after(0, 1, 2, 3);
        for (int number = 2; number < 9; number++) {
            queue.add(request(number));
        }
        assertEquals(List.of("entity-1", "entity-2", "entity-3", "entity-4"), after(DAY_NS, 1));
    }

    @Test
    void theLimitHoldsHoweverLongACommitTakes() throws InterruptedException {
        var hasty = new Gathering(queue, 4, 0);
        var waiting = new ArrayList<>(List.of(request(1), request(2)));
        hasty.more(waiting, DAY_NS);
        waiting.removeLast();
        hasty.more(waiting, DAY_NS);
        assertEquals(1, waiting.size());
    }
}
