package io.dolim.book.history;

import io.dolim.book.trade.TradeId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** A place in a journal: what the pool is asked for at. {@link Stretch} follows a log to it. */
public sealed interface Place {

    /** The event of this order number is the last. */
    record OfOrder(long order) implements Place {
        @Override
        public String toString() {
            return Long.toString(order);
        }
    }

    /** Events written until this moment, by the writers' wall clock. */
    record OfTime(long epochMs) implements Place {
        @Override
        public String toString() {
            return Instant.ofEpochMilli(epochMs).toString();
        }
    }

    /** A trade is the last event. */
    record OfTrade(TradeId trade) implements Place {
        @Override
        public String toString() {
            return trade.toString();
        }
    }

    /** Of each writer the events until its number in a cut. */
    record OfCut(SortedMap<String, Long> cut) implements Place {
        /** Copies the cut. */
        public OfCut {
            cut = Collections.unmodifiableSortedMap(new TreeMap<>(cut));
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            cut.forEach(
                    (writer, sequence) ->
                            text.append(text.isEmpty() ? "" : ",")
                                    .append(writer)
                                    .append('=')
                                    .append(sequence));
            return text.toString();
        }
    }

    /**
     * Reads {@code 4711} (an order number), {@code 2026-11-23T10:00:00Z}, {@code BTC-17} (a trade) or
     * {@code book-BTC=12,capacity=3} (a cut).
     *
     * @throws IllegalArgumentException when it is none of them
     */
    static Place parse(String text) {
        try {
            if (text.matches("[0-9]{1,18}")) {
                return new OfOrder(Long.parseLong(text));
            }
            if (text.contains("=")) {
                return new OfCut(cut(text));
            }
            if (text.contains(":")) {
                return new OfTime(Instant.parse(text).toEpochMilli());
            }
            return new OfTrade(TradeId.parse(text));
        } catch (DateTimeParseException | IllegalArgumentException no) {
            throw new IllegalArgumentException(
                    "place=" + text + " is no ORDER, TIME, TRADE or CUT", no);
        }
    }

    private static SortedMap<String, Long> cut(String text) {
        SortedMap<String, Long> cut = new TreeMap<>();
        for (String one : text.split(",", -1)) {
            int equals = one.indexOf('=');
            if (equals < 1 || !one.substring(equals + 1).matches("[0-9]{1,18}")) {
                throw new IllegalArgumentException(one + " must read like book-BTC=12");
            }
            String writer = one.substring(0, equals);
            if (cut.containsKey(writer)) {
                throw new IllegalArgumentException(writer + " stands there twice");
            }
            cut.put(writer, Long.parseLong(one.substring(equals + 1)));
        }
        return cut;
    }
}
