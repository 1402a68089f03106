package io.dolim.api.feed;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.FeedSource;
import io.dolim.quoting.market.OptionQuote;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Puts option chains together from the two ways Deribit tells them: volatilities pushed, and a
 * summary with forwards, bids and asks that is asked for. Confined to the feed's thread.
 *
 * <p>Only listed options are kept; a row that was not told anew for {@code rowStaleMs} is left out,
 * and an expiry whose rows all are is not sent, so that the guard sees its age.
 */
final class DeribitChains {

    private final FeedSource source;
    private final long rowStaleMs;
    private final SortedSet<Underlying> underlyings;
    private final TreeSet<OptionContract> listed = new TreeSet<>();
    private final TreeMap<OptionContract, DeribitMessage.Summary> summaries = new TreeMap<>();
    private final TreeMap<OptionContract, DeribitMessage.MarkVol> vols = new TreeMap<>();

    DeribitChains(FeedSource source, SortedSet<Underlying> underlyings, long rowStaleMs) {
        this.source = source;
        this.underlyings = new TreeSet<>(underlyings);
        this.rowStaleMs = rowStaleMs;
    }

    /** Takes what is listed; tells what is new by underlying. */
    List<FeedEvent> list(SortedSet<OptionContract> contracts, long nowMs) {
        TreeMap<Underlying, TreeSet<OptionContract>> added = new TreeMap<>();
        for (OptionContract contract : contracts) {
            if (underlyings.contains(contract.underlying())
                    && contract.expiry().epochMs() > nowMs
                    && listed.add(contract)) {
                added.computeIfAbsent(contract.underlying(), _ -> new TreeSet<>()).add(contract);
            }
        }
        List<FeedEvent> events = new ArrayList<>();
        added.forEach(
                (underlying, news) ->
                        events.add(
                                new FeedEvent.InstrumentsListed(underlying, source, nowMs, news)));
        return events;
    }

    void take(DeribitMessage.MarkVols message) {
        for (DeribitMessage.MarkVol row : message.rows()) {
            if (listed.contains(row.contract())) {
                vols.put(row.contract(), row);
            }
        }
    }

    void take(DeribitMessage.Summaries message) {
        for (DeribitMessage.Summary row : message.rows()) {
            if (listed.contains(row.contract())) {
                summaries.put(row.contract(), row);
            }
        }
    }

    /** The chains as they stand, without what is expired or too old. */
    List<FeedEvent> chains(long nowMs) {
        forgetExpired(nowMs);
        TreeMap<Underlying, TreeMap<Expiry, List<DeribitMessage.Summary>>> fresh = new TreeMap<>();
        for (DeribitMessage.Summary row : summaries.values()) {
            if (nowMs - row.timeMs() <= rowStaleMs) {
                fresh.computeIfAbsent(row.contract().underlying(), _ -> new TreeMap<>())
                        .computeIfAbsent(row.contract().expiry(), _ -> new ArrayList<>())
                        .add(row);
            }
        }
        List<FeedEvent> events = new ArrayList<>();
        fresh.forEach(
                (underlying, expiries) ->
                        expiries.forEach(
                                (expiry, rows) -> events.add(chain(underlying, expiry, rows))));
        return events;
    }

    private FeedEvent.ChainQuotes chain(
            Underlying underlying, Expiry expiry, List<DeribitMessage.Summary> rows) {
        double forward =
                RecordedChain.median(
                        rows.stream().mapToDouble(DeribitMessage.Summary::forwardUsdc).toArray());
        long timeMs = 0;
        List<OptionQuote> quotes = new ArrayList<>();
        for (DeribitMessage.Summary row : rows) {
            Optional<DeribitMessage.MarkVol> pushed =
                    Optional.ofNullable(vols.get(row.contract()))
                            .filter(vol -> vol.timeMs() >= row.timeMs());
            timeMs = Math.max(timeMs, row.timeMs());
            quotes.add(
                    new OptionQuote(
                            row.contract().strike(),
                            row.contract().type(),
                            row.forwardUsdc(),
                            row.bidUsdc(),
                            row.askUsdc(),
                            java.util.OptionalDouble.empty(),
                            java.util.OptionalDouble.empty(),
                            pushed.map(DeribitMessage.MarkVol::vol).orElse(row.markVol())));
        }
        return new FeedEvent.ChainQuotes(underlying, source, timeMs, expiry, forward, quotes);
    }

    private void forgetExpired(long nowMs) {
        listed.removeIf(contract -> contract.expiry().epochMs() <= nowMs);
        summaries.keySet().retainAll(listed);
        vols.keySet().retainAll(listed);
    }

    SortedSet<OptionContract> listed() {
        return Collections.unmodifiableSortedSet(listed);
    }
}
