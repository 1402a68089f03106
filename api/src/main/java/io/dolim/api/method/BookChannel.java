package io.dolim.api.method;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dolim.api.rpc.Channel;
import io.dolim.api.rpc.Delivery;
import io.dolim.api.rpc.Notification;
import io.dolim.api.rpc.json.JsonText;
import io.dolim.book.PricingView;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.quote.DisplayedQuotes;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The book of one instrument as a chain: a subscriber first gets a snapshot, then each change with
 * the id of the one before, without a gap. A reader who cannot take every change is closed by his
 * session; nothing is skipped.
 */
final class BookChannel implements Channel {

    private final ChannelName name;
    private final Set<Subscriber> subscribers = new LinkedHashSet<>();
    private Optional<State> last = Optional.empty();
    private long sequence;

    /** The book that all subscribers have. */
    private record State(
            long changeId,
            long timeMs,
            SortedMap<BigDecimal, BigDecimal> bids,
            SortedMap<BigDecimal, BigDecimal> asks) {}

    /** One entry of a side. */
    private record Entry(String action, BigDecimal price, BigDecimal amount) {}

    BookChannel(ChannelName name) {
        this.name = name;
    }

    synchronized int listeners() {
        return subscribers.size();
    }

    @Override
    public synchronized Runnable open(Subscriber subscriber) {
        subscribers.add(subscriber);
        last.ifPresent(state -> subscriber.push(snapshot(state)));
        return () -> close(subscriber);
    }

    private synchronized void close(Subscriber subscriber) {
        subscribers.remove(subscriber);
        if (subscribers.isEmpty()) {
            last = Optional.empty();
        }
    }

    /** Tells subscribers how the book differs from what they have; nothing when it doesn't. */
    synchronized void update(PricingView view, DisplayedQuotes.Levels levels) {
        State next =
                new State(
                        view.number(),
                        view.market().timeMs(),
                        side(view.quoter().spec(), levels.bids()),
                        side(view.quoter().spec(), levels.asks()));
        Optional<State> before = last;
        if (before.isEmpty()) {
            last = Optional.of(next);
            sequence++;
            Notification greeting = snapshot(next);
            subscribers.forEach(subscriber -> subscriber.push(greeting));
            return;
        }
        if (before.get().changeId == next.changeId
                || (before.get().bids.equals(next.bids) && before.get().asks.equals(next.asks))) {
            return;
        }
        last = Optional.of(next);
        sequence++;
        Notification change = change(before.get(), next);
        subscribers.forEach(subscriber -> subscriber.push(change));
    }

    private static SortedMap<BigDecimal, BigDecimal> side(
            ContractSpec spec, List<DisplayedQuotes.Level> levels) {
        SortedMap<BigDecimal, BigDecimal> amounts = new TreeMap<>();
        for (DisplayedQuotes.Level level : levels) {
            amounts.merge(
                    level.usdc().stripTrailingZeros(),
                    spec.coins(level.lots()).stripTrailingZeros(),
                    BigDecimal::add);
        }
        return amounts;
    }

    private Notification snapshot(State state) {
        return notification(
                json -> {
                    head(json, "snapshot", state);
                    entries(json, "bids", differences(new TreeMap<>(), state.bids));
                    entries(json, "asks", differences(new TreeMap<>(), state.asks));
                });
    }

    private Notification change(State before, State now) {
        return notification(
                json -> {
                    head(json, "change", now);
                    json.writeNumberField("prev_change_id", before.changeId);
                    entries(json, "bids", differences(before.bids, now.bids));
                    entries(json, "asks", differences(before.asks, now.asks));
                });
    }

    private Notification notification(JsonText.Writable members) {
        return Notification.of(
                name.text(),
                Delivery.EVERY,
                sequence,
                JsonText.bytes(
                        json -> {
                            json.writeStartObject();
                            members.write(json);
                            json.writeEndObject();
                        }));
    }

    private void head(JsonGenerator json, String type, State state) throws IOException {
        json.writeStringField("type", type);
        json.writeStringField("instrument_name", name.contract().name());
        json.writeNumberField("timestamp", state.timeMs);
        json.writeNumberField("change_id", state.changeId);
    }

    private static List<Entry> differences(
            SortedMap<BigDecimal, BigDecimal> before, SortedMap<BigDecimal, BigDecimal> now) {
        List<Entry> entries = new ArrayList<>();
        before.forEach(
                (price, amount) -> {
                    if (!now.containsKey(price)) {
                        entries.add(new Entry("delete", price, BigDecimal.ZERO));
                    }
                });
        now.forEach(
                (price, amount) -> {
                    BigDecimal old = before.get(price);
                    if (old == null) {
                        entries.add(new Entry("new", price, amount));
                    } else if (old.compareTo(amount) != 0) {
                        entries.add(new Entry("change", price, amount));
                    }
                });
        return entries;
    }

    private static void entries(JsonGenerator json, String side, List<Entry> entries)
            throws IOException {
        json.writeArrayFieldStart(side);
        for (Entry entry : entries) {
            json.writeStartArray();
            json.writeString(entry.action);
            json.writeNumber(entry.price);
            json.writeNumber(entry.amount);
            json.writeEndArray();
        }
        json.writeEndArray();
    }
}
