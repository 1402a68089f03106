package io.dolim.book.tape;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.HoldReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** Batches that tests write and read. */
public final class TapedSamples {

    public static final Underlying BTC = new Underlying("BTC");
    public static final long SECOND_MS = 1_790_000_000_000L;

    private TapedSamples() {}

    /** A second of the simulated market at its usual pace: five ticks, one perpetual, a fit of eight expiries. */
    public static TapedBatch usual() {
        List<TapedBatch.IndexPrice> index = new ArrayList<>();
        double price = 65_123.4829;
        for (int i = 0; i < 5; i++) {
            double seen = price * (1 + 3e-5 * (i - 2));
            index.add(
                    new TapedBatch.IndexPrice(
                            "simulated-" + (1 + i % 3),
                            SECOND_MS + 87 + 200L * i,
                            cents(seen),
                            cents(price)));
            price *= 1 + 1e-5 * (i % 2 == 0 ? 1 : -1);
        }
        SortedMap<Expiry, Double> vols = new TreeMap<>();
        int[] days = {1, 2, 5, 12, 33, 61, 92, 183};
        for (int i = 0; i < days.length; i++) {
            vols.put(
                    Expiry.ofEpochMs(SECOND_MS + days[i] * 86_400_000L),
                    Math.round((0.51234 + 0.00317 * i) * 1e5) / 1e5);
        }
        return new TapedBatch(
                BTC,
                SECOND_MS,
                0,
                index,
                List.of(new TapedBatch.FuturePrice("simulated", Optional.empty(), 65_120.1234)),
                vols,
                List.of());
    }

    /** One with everything in it. */
    public static TapedBatch busy() {
        TapedBatch usual = usual();
        return new TapedBatch(
                BTC,
                SECOND_MS,
                3,
                usual.index(),
                List.of(
                        new TapedBatch.FuturePrice("simulated", Optional.empty(), 65_120.1234),
                        new TapedBatch.FuturePrice(
                                "venue", Optional.of(Expiry.parse("25DEC26")), 66_000.5)),
                usual.atmVols(),
                List.of(
                        new TapedBatch.Withheld(
                                "simulated-3",
                                HoldReason.OUTLIER,
                                TapedBatch.Kind.INDEX,
                                2,
                                OptionalDouble.of(67_000.123456789)),
                        new TapedBatch.Withheld(
                                "simulated-3",
                                HoldReason.NOT_FINITE,
                                TapedBatch.Kind.FUTURE,
                                1,
                                OptionalDouble.of(Double.NaN)),
                        new TapedBatch.Withheld(
                                "venue",
                                HoldReason.CROSSED,
                                TapedBatch.Kind.ROWS,
                                17,
                                OptionalDouble.empty())));
    }

    private static double cents(double price) {
        return Math.round(price * 1e4) / 1e4;
    }
}
