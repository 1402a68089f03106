package io.dolim.api.venue;

import io.dolim.api.feed.Bounds;
import io.dolim.book.hedge.PerpetualSpec;
import io.dolim.quoting.instrument.Underlying;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a {@link DeribitVenue} trades, as whom, and its bounds.
 *
 * @param name of the venue, as the ledger tells it
 * @param endpoint as in {@code wss://www.deribit.com/ws/api/v2}
 * @param specs how the perpetuals trade, by underlying
 * @param account number of the account that trades
 * @param purse number of the account that cash comes from and goes to
 * @param connectMs a connection that is not open by then is given up
 * @param answerMs what is not answered by then is answered for
 * @param silenceMs a connection that says nothing for so long is cut
 * @param heartbeatSeconds asked of the venue; 10 at least
 * @param backoffMinMs first pause before connecting again
 * @param backoffMaxMs longest pause
 * @param mostInFlight requests sent and not answered
 * @param mostWaiting requests not sent yet; one more is refused
 * @param perSecond requests sent, after a burst of {@code burst}
 * @param page trades, and payments, of one ledger
 * @param logPages pages of the transaction log that are read back for one ledger
 * @param mostLabels sent labels that are remembered
 * @param maxFrame characters of the longest frame that is read
 * @param seed of the pauses' lot
 */
public record DeribitVenueSettings(
        String name,
        URI endpoint,
        Credentials credentials,
        SortedMap<Underlying, PerpetualSpec> specs,
        long account,
        long purse,
        long connectMs,
        long answerMs,
        long silenceMs,
        int heartbeatSeconds,
        long backoffMinMs,
        long backoffMaxMs,
        int mostInFlight,
        int mostWaiting,
        double perSecond,
        int burst,
        int page,
        int logPages,
        int mostLabels,
        int maxFrame,
        long seed) {

    /** A key of the venue's. The secret is never printed. */
    public record Credentials(String id, String secret) {
        @Override
        public String toString() {
            return "Credentials(" + id + ", hidden)";
        }
    }

    /** @throws IllegalArgumentException naming the figure and the rule */
    public DeribitVenueSettings {
        specs = Collections.unmodifiableSortedMap(new TreeMap<>(specs));
        Bounds.within("specs", specs.size(), 1, 50);
        Bounds.within("connectMs", connectMs, 1, 600_000);
        Bounds.within("answerMs", answerMs, 1, 600_000);
        Bounds.within("silenceMs", silenceMs, 1, 600_000);
        Bounds.within("heartbeatSeconds", heartbeatSeconds, 10, 3_600);
        Bounds.within("backoffMinMs", backoffMinMs, 1, 600_000);
        Bounds.within("backoffMaxMs", backoffMaxMs, backoffMinMs, 3_600_000);
        Bounds.within("mostInFlight", mostInFlight, 1, 60);
        Bounds.within("mostWaiting", mostWaiting, 1, 10_000);
        Bounds.within("perSecond", perSecond, 0.01, 10_000);
        Bounds.within("burst", burst, 1, 10_000);
        Bounds.within("page", page, 1, 1_000);
        Bounds.within("logPages", logPages, 1, 10_000);
        Bounds.within("mostLabels", mostLabels, 1, 10_000_000);
        Bounds.within("maxFrame", maxFrame, 1_024, 64 << 20);
    }

    /** Specs by their underlyings. */
    public static SortedMap<Underlying, PerpetualSpec> byUnderlying(List<PerpetualSpec> specs) {
        SortedMap<Underlying, PerpetualSpec> map = new TreeMap<>();
        specs.forEach(spec -> map.put(spec.underlying(), spec));
        return map;
    }

    VenueCalls.Bounds callBounds() {
        return new VenueCalls.Bounds(
                answerMs * 1_000_000L, mostInFlight, mostWaiting, perSecond, burst);
    }
}
