package io.dolim.book.tape;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What waits for the journal: bounded, the oldest first, one batch under way. What finds no room, here
 * or there, is counted in the batch that is written next. Pure but for its memory; belongs to one
 * actor.
 */
final class TapeQueue {

    private final int most;
    private final long restNs;
    private final Deque<TapedBatch> waiting = new ArrayDeque<>();
    private Optional<TapedBatch> underWay = Optional.empty();
    private long lostBehind;
    private long lostBefore;
    private Optional<Long> restsFromNs = Optional.empty();
    private long writtenSoFar;
    private long droppedSoFar;

    /**
     * @param most batches that wait
     * @param restNs how long nothing is written after the journal had no room, nanoseconds
     */
    TapeQueue(int most, long restNs) {
        this.most = most;
        this.restNs = restNs;
    }

    /** Takes a batch in, or counts it. */
    void offer(TapedBatch batch, long nowNs) {
        if (waiting.size() >= most || rests(nowNs)) {
            drop(batch);
        } else {
            waiting.add(batch.behind(lostBehind));
            lostBehind = 0;
        }
    }

    /** Lets a batch go for which there is no room. */
    void drop(TapedBatch batch) {
        lostBehind += batch.dropped() + 1;
        droppedSoFar++;
    }

    private boolean rests(long nowNs) {
        if (restsFromNs.filter(since -> nowNs - since >= restNs).isPresent()) {
            restsFromNs = Optional.empty();
        }
        return restsFromNs.isPresent();
    }

    /** The batch to write now; empty while one is under way or none waits. */
    Optional<TapedBatch> next() {
        if (underWay.isPresent() || waiting.isEmpty()) {
            return Optional.empty();
        }
        underWay = Optional.of(waiting.remove().behind(lostBefore));
        lostBefore = 0;
        return underWay;
    }

    /** The batch under way is on disk. */
    void written() {
        underWay = Optional.empty();
        writtenSoFar++;
    }

    /** The journal has no room: nothing of the batch under way is written, what waits is let go. */
    void refused(long nowNs) {
        underWay.ifPresent(waiting::addFirst);
        underWay = Optional.empty();
        for (TapedBatch batch : waiting) {
            lostBefore += batch.dropped() + 1;
        }
        droppedSoFar += waiting.size();
        waiting.clear();
        restsFromNs = Optional.of(nowNs);
    }

    long writtenSoFar() {
        return writtenSoFar;
    }

    long droppedSoFar() {
        return droppedSoFar;
    }
}
