package io.dolim.book.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.FeedSource;
import io.dolim.quoting.market.GuardDecision;
import io.dolim.quoting.market.HoldReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TapeRecorderTest {

    private static final long START = TapedSamples.SECOND_MS;
    private static final FeedSource VENUE = FeedSource.real("venue");

    private final List<TapedBatch> taped = new ArrayList<>();
    private final TapeRecorder recorder = new TapeRecorder(TapedSamples.BTC, 4, taped::add);

    private static FeedEvent.IndexTick tick(long timeMs, double price) {
        return new FeedEvent.IndexTick(TapedSamples.BTC, VENUE, timeMs, price);
    }

    private void accepted(long nowMs, double price) {
        recorder.heard(new GuardDecision.IndexAccepted(tick(nowMs, price), price + 1, 2), nowMs);
    }

    private void held(long nowMs, double price) {
        recorder.heard(
                new GuardDecision.Held(tick(nowMs, price), HoldReason.OUTLIER, "far"), nowMs);
    }

    private static TapedBatch.IndexPrice price(long timeMs, double price) {
        return new TapedBatch.IndexPrice("venue", timeMs, price, price + 1);
    }

    private static TapedBatch batch(
            long epochMs, List<TapedBatch.IndexPrice> index, List<TapedBatch.Withheld> held) {
        return new TapedBatch(
                TapedSamples.BTC, epochMs, 0, index, List.of(), new TreeMap<>(), held);
    }

    @Test
    void aSecondIsTapedWhenItIsOverAndASecondOfSilenceIsNot() {
        accepted(START + 10, 100);
        accepted(START + 990, 101);
        assertEquals(List.of(), taped);
        recorder.until(START + 1_000);
        recorder.until(START + 2_000);
        accepted(START + 5_500, 102);
        recorder.until(START + 6_000);
        assertEquals(
                List.of(
                        batch(
                                START,
                                List.of(price(START + 10, 100), price(START + 990, 101)),
                                List.of()),
                        batch(START + 5_000, List.of(price(START + 5_500, 102)), List.of())),
                taped);
    }

    @Test
    void whatTheGuardHeldIsCountedByItsRuleWithTheLastPrice() {
        held(START, 150);
        held(START + 1, 151);
        recorder.heard(
                new GuardDecision.ChainAccepted(
                        chain(), chain(), new TreeMap<>(Map.of(HoldReason.CROSSED, 5))),
                START + 2);
        recorder.until(START + 1_000);
        assertEquals(
                List.of(
                        batch(
                                START,
                                List.of(),
                                List.of(
                                        new TapedBatch.Withheld(
                                                "venue",
                                                HoldReason.OUTLIER,
                                                TapedBatch.Kind.INDEX,
                                                2,
                                                OptionalDouble.of(151)),
                                        new TapedBatch.Withheld(
                                                "venue",
                                                HoldReason.CROSSED,
                                                TapedBatch.Kind.ROWS,
                                                5,
                                                OptionalDouble.empty())))),
                taped);
    }

    @Test
    void ofFuturesTheLastPriceOfTheSecondStays() {
        for (double price : new double[] {99, 98}) {
            recorder.heard(
                    new GuardDecision.Accepted(
                            new FeedEvent.FutureTick(
                                    TapedSamples.BTC, VENUE, START, Optional.empty(), price)),
                    START);
        }
        recorder.until(START + 1_000);
        assertEquals(
                List.of(new TapedBatch.FuturePrice("venue", Optional.empty(), 98)),
                taped.getFirst().futures());
    }

    @Test
    void aFullBatchEndsEarlyAndNothingIsLost() {
        for (int i = 0; i < 6; i++) {
            accepted(START + i, 100 + i);
        }
        recorder.until(START + 1_000);
        assertEquals(List.of(4, 2), taped.stream().map(one -> one.index().size()).toList());
        assertEquals(List.of(START, START), taped.stream().map(TapedBatch::epochMs).toList());
    }

    private static FeedEvent.ChainQuotes chain() {
        return new FeedEvent.ChainQuotes(
                TapedSamples.BTC,
                VENUE,
                START,
                TapedSamples.usual().atmVols().firstKey(),
                100,
                List.of());
    }
}
