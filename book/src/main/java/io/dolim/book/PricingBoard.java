package io.dolim.book;

import io.dolim.quoting.instrument.Underlying;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Where pricing views hang: the latest of each underlying, and those of the last seconds by number.
 * Markets publish, one each; everybody reads, on any thread, without asking an actor.
 */
public final class PricingBoard implements PublishedViews {

    /** Most views kept for an underlying, whatever their age. */
    public static final int MAX_VIEWS = 4_096;

    private final long keepNs;
    private final ConcurrentSkipListMap<Underlying, Ring> rings = new ConcurrentSkipListMap<>();
    private final CopyOnWriteArrayList<Consumer<PricingView>> listeners =
            new CopyOnWriteArrayList<>();

    /** Views of one underlying; written by its Market alone. */
    private static final class Ring {

        private final ConcurrentSkipListMap<Long, PricingView> byNumber =
                new ConcurrentSkipListMap<>();

        private void add(PricingView view, long keepNs) {
            byNumber.put(view.number(), view);
            while (view.number() - byNumber.firstKey() >= MAX_VIEWS || isOld(view, keepNs)) {
                byNumber.pollFirstEntry();
            }
        }

        private boolean isOld(PricingView newest, long keepNs) {
            return newest.publishedAtNs() - byNumber.firstEntry().getValue().publishedAtNs()
                    > keepNs;
        }
    }

    /** @param keepMs how long views are kept; more than a quote lives */
    public PricingBoard(long keepMs) {
        this.keepNs = Math.multiplyExact(keepMs, 1_000_000L);
    }

    /**
     * Hangs up a view and calls every listener on this thread.
     *
     * @throws IllegalArgumentException when its number is not above the last
     */
    void publish(PricingView view) {
        Ring ring = rings.computeIfAbsent(view.underlying(), _ -> new Ring());
        Optional<PricingView> last = latest(view.underlying());
        if (last.isPresent() && last.get().number() >= view.number()) {
            throw new IllegalArgumentException(
                    "view=" + view.number() + " is not after " + last.get().number());
        }
        ring.add(view, keepNs);
        listeners.forEach(listener -> listener.accept(view));
    }

    /** The latest view; empty until a market was fitted. */
    public Optional<PricingView> latest(Underlying underlying) {
        return Optional.ofNullable(rings.get(underlying))
                .map(ring -> ring.byNumber.lastEntry())
                .map(java.util.Map.Entry::getValue);
    }

    /** The latest view of every underlying that has one. */
    public SortedMap<Underlying, PricingView> latest() {
        NavigableMap<Underlying, PricingView> all = new TreeMap<>();
        for (Underlying underlying : rings.keySet()) {
            latest(underlying).ifPresent(view -> all.put(underlying, view));
        }
        return Collections.unmodifiableSortedMap(all);
    }

    @Override
    public Optional<PricingView> newest(Underlying underlying) {
        return latest(underlying);
    }

    @Override
    public Optional<Published> find(Underlying underlying, long pricingView) {
        return Optional.ofNullable(rings.get(underlying))
                .map(ring -> ring.byNumber.get(pricingView));
    }

    /**
     * Calls a listener with each view from now on, on the publishing Market's thread: it must not
     * block and not throw.
     *
     * @return ends the subscription
     */
    public AutoCloseable subscribe(Consumer<PricingView> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
