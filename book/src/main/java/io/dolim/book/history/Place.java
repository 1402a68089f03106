package io.dolim.book.history;

import io.dolim.book.BookEvent;
import io.dolim.book.trade.TradeId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** A place in a journal: what the pool is asked for at. */
public sealed interface Place {

    /** Whether an event lies behind this place. The events of a trade's place end with the trade. */
    boolean isBefore(Written written);

    /** Whether this place lies behind an event. */
    boolean isAfter(Written written);

    /** Whether nothing that follows an event belongs to this place. */
    default boolean endsWith(Written written) {
        return false;
    }

    /** The event of this order number is the last. */
    record OfOrder(long order) implements Place {
        @Override
        public boolean isBefore(Written written) {
            return written.order() > order;
        }

        @Override
        public boolean isAfter(Written written) {
            return written.order() < order;
        }
    }

    /** Events written until this moment, by the writers' wall clock. */
    record OfTime(long epochMs) implements Place {
        @Override
        public boolean isBefore(Written written) {
            return written.epochMs() > epochMs;
        }

        @Override
        public boolean isAfter(Written written) {
            return written.epochMs() < epochMs;
        }
    }

    /** A trade is the last event. */
    record OfTrade(TradeId trade, Reached reached) implements Place {

        /** Whether it has gone by. */
        static final class Reached {
            private boolean yes;
        }

        @Override
        public boolean isBefore(Written written) {
            return reached.yes;
        }

        @Override
        public boolean isAfter(Written written) {
            return !endsWith(written) && !reached.yes;
        }

        @Override
        public boolean endsWith(Written written) {
            boolean ends =
                    written.event() instanceof BookEvent.TradeExecuted executed
                            && executed.trade().id().equals(trade);
            reached.yes |= ends;
            return ends;
        }
    }

    /** Of each writer the events until its number in a cut. */
    record OfCut(SortedMap<String, Long> cut) implements Place {
        /** Copies the cut. */
        public OfCut {
            cut = Collections.unmodifiableSortedMap(new TreeMap<>(cut));
        }

        @Override
        public boolean isBefore(Written written) {
            return written.sequence() > cut.getOrDefault(written.persistenceId(), 0L);
        }

        @Override
        public boolean isAfter(Written written) {
            return false;
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
                SortedMap<String, Long> cut = new TreeMap<>();
                Arrays.stream(text.split(",", -1))
                        .map(one -> one.split("=", 2))
                        .forEach(pair -> cut.put(pair[0], Long.parseLong(pair[1])));
                return new OfCut(cut);
            }
            if (text.contains(":")) {
                return new OfTime(Instant.parse(text).toEpochMilli());
            }
            return new OfTrade(TradeId.parse(text), new OfTrade.Reached());
        } catch (DateTimeParseException | IllegalArgumentException | IndexOutOfBoundsException no) {
            throw new IllegalArgumentException(
                    "place=" + text + " is no ORDER, TIME, TRADE or CUT", no);
        }
    }
}
