package io.dolim.api.feed;

import com.typesafe.config.Config;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.GuardRules;
import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads {@code dolim.feed} of the configuration. */
public final class FeedConfig {

    private static final Set<String> GUARD_KEYS =
            Set.of(
                    "quorum",
                    "stale",
                    "ahead",
                    "frozen",
                    "outlier-band",
                    "widen-band",
                    "halt-band",
                    "latch-band",
                    "band-window",
                    "widen-factor",
                    "good-ticks",
                    "basis-band",
                    "forward-band",
                    "chain-stale",
                    "min-price",
                    "max-price",
                    "min-vol",
                    "max-vol",
                    "max-expiries",
                    "max-quotes");

    private FeedConfig() {}

    /**
     * The live feed.
     *
     * @param section {@code dolim.feed.deribit}
     * @param seed of the pauses between attempts to connect
     */
    public static DeribitFeed.Settings deribit(Config section, long seed) {
        return new DeribitFeed.Settings(
                URI.create(section.getString("endpoint")),
                section.getStringList("underlyings").stream()
                        .map(Underlying::new)
                        .collect(Collectors.toCollection(TreeSet::new)),
                section.getDuration("connect-within").toMillis(),
                section.getDuration("silence").toMillis(),
                section.getDuration("poll").toMillis(),
                Math.toIntExact(section.getDuration("heartbeat").toSeconds()),
                Math.toIntExact(section.getBytes("max-frame")),
                section.getDuration("backoff-min").toMillis(),
                section.getDuration("backoff-max").toMillis(),
                seed);
    }

    /**
     * A feed's own limits, with those the configuration replaces.
     *
     * @param section {@code dolim.feed.guard}
     * @throws IllegalArgumentException when it holds a key that is no limit: a misspelt one would
     *     leave the door open in silence
     */
    public static GuardRules guard(Config section, GuardRules own) {
        for (String key : section.root().keySet()) {
            if (!GUARD_KEYS.contains(key)) {
                throw new IllegalArgumentException("guard." + key + " is not a limit");
            }
        }
        return new GuardRules(
                own.sources(),
                whole(section, "quorum", own.quorum()),
                millis(section, "stale", own.staleMs()),
                millis(section, "ahead", own.aheadMs()),
                millis(section, "frozen", own.frozenMs()),
                number(section, "outlier-band", own.outlierBand()),
                number(section, "widen-band", own.widenBand()),
                number(section, "halt-band", own.haltBand()),
                number(section, "latch-band", own.latchBand()),
                millis(section, "band-window", own.bandWindowMs()),
                number(section, "widen-factor", own.widenFactor()),
                whole(section, "good-ticks", own.goodTicks()),
                number(section, "basis-band", own.basisBand()),
                number(section, "forward-band", own.forwardBand()),
                millis(section, "chain-stale", own.chainStaleMs()),
                number(section, "min-price", own.minPriceUsdc()),
                number(section, "max-price", own.maxPriceUsdc()),
                number(section, "min-vol", own.minVol()),
                number(section, "max-vol", own.maxVol()),
                whole(section, "max-expiries", own.maxExpiries()),
                whole(section, "max-quotes", own.maxQuotes()));
    }

    private static int whole(Config section, String key, int own) {
        return section.hasPath(key) ? section.getInt(key) : own;
    }

    private static long millis(Config section, String key, long own) {
        return section.hasPath(key) ? section.getDuration(key).toMillis() : own;
    }

    private static double number(Config section, String key, double own) {
        return section.hasPath(key) ? section.getDouble(key) : own;
    }
}
