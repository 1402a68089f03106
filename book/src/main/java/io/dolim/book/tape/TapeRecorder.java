package io.dolim.book.tape;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.GuardDecision;
import io.dolim.quoting.market.HoldReason;
import io.dolim.quoting.surface.VolSurface;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Gathers what a market hears into batches of a second of the feed's clock. A batch that is full ends
 * early and the next one has the same second; a second in which nothing happened has none. Used by a
 * Market alone, on its thread.
 */
public final class TapeRecorder {

    private static final long SECOND_MS = 1_000;

    private final Underlying underlying;
    private final int mostRows;
    private final Consumer<TapedBatch> to;
    private final List<TapedBatch.IndexPrice> index = new ArrayList<>();
    private final SortedMap<FutureName, Double> futures = new TreeMap<>();
    private final SortedMap<HeldName, HeldSum> held = new TreeMap<>();
    private SortedMap<Expiry, Double> atmVols = new TreeMap<>();
    private long second = Long.MIN_VALUE;

    private record FutureName(String source, long expiryMs, Optional<Expiry> expiry)
            implements Comparable<FutureName> {
        private static final Comparator<FutureName> ORDER =
                Comparator.comparing(FutureName::source).thenComparingLong(FutureName::expiryMs);

        @Override
        public int compareTo(FutureName other) {
            return ORDER.compare(this, other);
        }
    }

    private record HeldName(String source, HoldReason rule, TapedBatch.Kind kind)
            implements Comparable<HeldName> {
        private static final Comparator<HeldName> ORDER =
                Comparator.comparing(HeldName::source)
                        .thenComparing(HeldName::rule)
                        .thenComparing(HeldName::kind);

        @Override
        public int compareTo(HeldName other) {
            return ORDER.compare(this, other);
        }
    }

    private record HeldSum(long count, OptionalDouble lastUsdc) {}

    /**
     * @param mostRows that a batch may have before it ends early
     * @param to takes each batch; must not block
     */
    public TapeRecorder(Underlying underlying, int mostRows, Consumer<TapedBatch> to) {
        this.underlying = underlying;
        this.mostRows = mostRows;
        this.to = to;
    }

    /** The guard has judged an event at this moment of the feed's clock. */
    public void heard(GuardDecision decision, long nowMs) {
        until(nowMs);
        switch (decision) {
            case GuardDecision.IndexAccepted tick ->
                    index.add(
                            new TapedBatch.IndexPrice(
                                    tick.event().source().name(),
                                    tick.event().timeMs(),
                                    tick.event().priceUsdc(),
                                    tick.consensusUsdc()));
            case GuardDecision.ChainAccepted chain ->
                    chain.dropped()
                            .forEach(
                                    (rule, rows) ->
                                            hold(
                                                    chain.event(),
                                                    rule,
                                                    TapedBatch.Kind.ROWS,
                                                    rows,
                                                    OptionalDouble.empty()));
            case GuardDecision.Accepted accepted -> accepted(accepted.event());
            case GuardDecision.Held refused -> refused(refused);
        }
        if (index.size() + futures.size() + held.size() >= mostRows) {
            end();
        }
    }

    private void accepted(FeedEvent event) {
        if (event instanceof FeedEvent.FutureTick future) {
            long expiryMs = future.expiry().map(Expiry::epochMs).orElse(0L);
            futures.put(
                    new FutureName(future.source().name(), expiryMs, future.expiry()),
                    future.priceUsdc());
        }
    }

    private void refused(GuardDecision.Held refused) {
        switch (refused.event()) {
            case FeedEvent.IndexTick tick ->
                    hold(
                            tick,
                            refused.reason(),
                            TapedBatch.Kind.INDEX,
                            1,
                            OptionalDouble.of(tick.priceUsdc()));
            case FeedEvent.FutureTick tick ->
                    hold(
                            tick,
                            refused.reason(),
                            TapedBatch.Kind.FUTURE,
                            1,
                            OptionalDouble.of(tick.priceUsdc()));
            case FeedEvent.ChainQuotes chain ->
                    hold(
                            chain,
                            refused.reason(),
                            TapedBatch.Kind.CHAIN,
                            1,
                            OptionalDouble.of(chain.forwardUsdc()));
            case FeedEvent.InstrumentsListed _,
                    FeedEvent.Halted _,
                    FeedEvent.Resumed _,
                    FeedEvent.ChainEnd _ ->
                    hold(
                            refused.event(),
                            refused.reason(),
                            TapedBatch.Kind.OTHER,
                            1,
                            OptionalDouble.empty());
        }
    }

    private void hold(
            FeedEvent event,
            HoldReason rule,
            TapedBatch.Kind kind,
            long count,
            OptionalDouble lastUsdc) {
        held.merge(
                new HeldName(event.source().name(), rule, kind),
                new HeldSum(count, lastUsdc),
                (before, now) -> new HeldSum(before.count + now.count, now.lastUsdc));
    }

    /** A surface was fitted. */
    public void fitted(VolSurface surface, long nowMs) {
        until(nowMs);
        SortedMap<Expiry, Double> vols = new TreeMap<>();
        surface.slices()
                .forEach(
                        slice ->
                                vols.put(
                                        Expiry.ofEpochMs(slice.expiryMs()),
                                        surface.volAtLogMoneyness(slice.expiryMs(), 0)));
        atmVols = vols;
    }

    /** The feed's clock has come so far: seconds that are over are told. */
    public void until(long nowMs) {
        long now = nowMs - Math.floorMod(nowMs, SECOND_MS);
        if (now > second) {
            end();
            second = now;
        }
    }

    private void end() {
        if (index.isEmpty() && futures.isEmpty() && held.isEmpty() && atmVols.isEmpty()) {
            return;
        }
        List<TapedBatch.FuturePrice> prices = new ArrayList<>();
        futures.forEach(
                (name, price) ->
                        prices.add(new TapedBatch.FuturePrice(name.source, name.expiry, price)));
        List<TapedBatch.Withheld> refused = new ArrayList<>();
        held.forEach(
                (name, sum) ->
                        refused.add(
                                new TapedBatch.Withheld(
                                        name.source,
                                        name.rule,
                                        name.kind,
                                        sum.count,
                                        sum.lastUsdc)));
        to.accept(new TapedBatch(underlying, second, 0, index, prices, atmVols, refused));
        index.clear();
        futures.clear();
        held.clear();
        atmVols = new TreeMap<>();
    }
}
