package io.dolim.book.history;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.book.BookEvent;
import io.dolim.book.tape.Taped;
import io.dolim.book.tape.TapedBatch;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Candles of an index from its tape, or of an instrument from its trades. A stretch without any stands
 * as one row that says so: nothing is carried forward. Not safe for threads.
 */
public final class Candles {

    private final Resolution resolution;
    private final long fromMs;
    private final long untilMs;
    private final Source source;
    private final NavigableMap<Long, Candle> candles = new TreeMap<>();

    /** What candles are made of. */
    private interface Source {
        void take(Written written, Candles into);
    }

    private record Candle(
            BigDecimal open,
            BigDecimal high,
            BigDecimal low,
            BigDecimal close,
            long ticks,
            BigDecimal volume,
            BigDecimal cost) {

        Candle with(BigDecimal price, BigDecimal coins, BigDecimal paid) {
            return new Candle(
                    open,
                    high.max(price),
                    low.min(price),
                    price,
                    ticks + 1,
                    volume.add(coins),
                    cost.add(paid));
        }
    }

    private Candles(Resolution resolution, long fromMs, long untilMs, Source source) {
        this.resolution = resolution;
        this.fromMs = fromMs;
        this.untilMs = untilMs;
        this.source = source;
    }

    /**
     * Of the index of an underlying: every accepted consensus, at the time its tick's source gives it.
     *
     * @param fromMs first moment that counts, milliseconds since 1970
     * @param untilMs first that does not
     */
    public static Candles ofIndex(
            Underlying underlying, Resolution resolution, long fromMs, long untilMs) {
        return new Candles(
                resolution, fromMs, untilMs, (written, into) -> index(underlying, written, into));
    }

    /**
     * Of an instrument: its trades by themselves, at what they cost for a coin, fee included. Packages
     * of several legs have no price of a leg and do not count.
     */
    public static Candles ofInstrument(
            OptionContract contract, Resolution resolution, long fromMs, long untilMs) {
        return new Candles(resolution, fromMs, untilMs, new OfTrades(contract));
    }

    private static void index(Underlying underlying, Written written, Candles into) {
        if (written.event() instanceof Taped taped && taped.underlying().equals(underlying)) {
            for (TapedBatch.IndexPrice tick : taped.batch().index()) {
                into.tick(
                        tick.epochMs(),
                        BigDecimal.valueOf(tick.consensusUsdc()),
                        BigDecimal.ZERO,
                        BigDecimal.ZERO);
            }
        }
    }

    /** Knows the size of a lot from the listing. */
    private static final class OfTrades implements Source {

        private final OptionContract contract;
        private BigDecimal coinsPerLot = BigDecimal.ONE;

        OfTrades(OptionContract contract) {
            this.contract = contract;
        }

        @Override
        public void take(Written written, Candles into) {
            switch (written.event()) {
                case BookEvent.InstrumentListed listed when listed.contract().equals(contract) ->
                        coinsPerLot = listed.coinsPerLot();
                case BookEvent.TradeExecuted trade when isAlone(trade) -> {
                    long lots = Math.absExact(trade.trade().legs().legs().getFirst().lots());
                    BigDecimal coins = coinsPerLot.multiply(BigDecimal.valueOf(lots));
                    BigDecimal paid = trade.trade().price().toDecimal().abs();
                    into.tick(
                            trade.trade().epochMs(),
                            paid.divide(coins, MathContext.DECIMAL64),
                            coins,
                            paid);
                }
                default -> {}
            }
        }

        private boolean isAlone(BookEvent.TradeExecuted trade) {
            return trade.trade().legs().legs().size() == 1
                    && trade.trade().legs().legs().getFirst().contract().equals(contract);
        }
    }

    /** Takes the next event of the log. */
    public void take(Written written) {
        source.take(written, this);
    }

    private void tick(long timeMs, BigDecimal price, BigDecimal coins, BigDecimal paid) {
        if (timeMs >= fromMs && timeMs < untilMs) {
            Candle first = new Candle(price, price, price, price, 1, coins, paid);
            candles.merge(
                    resolution.begin(timeMs), first, (all, _) -> all.with(price, coins, paid));
        }
    }

    /** The candles so far, oldest first, and a row for each stretch between two that has none. */
    public List<ObjectNode> rows() {
        List<ObjectNode> rows = new ArrayList<>();
        long next = candles.isEmpty() ? 0 : candles.firstKey();
        for (Map.Entry<Long, Candle> one : candles.entrySet()) {
            if (one.getKey() > next) {
                rows.add(row(next, one.getKey()).put("ticks", 0));
            }
            next = one.getKey() + resolution.length().toMillis();
            rows.add(candle(row(one.getKey(), next), one.getValue()));
        }
        return rows;
    }

    private static ObjectNode row(long begin, long end) {
        return JsonNodeFactory.instance.objectNode().put("time_ms", begin).put("until_ms", end);
    }

    private static ObjectNode candle(ObjectNode row, Candle candle) {
        row.put("ticks", candle.ticks)
                .put("open", candle.open)
                .put("high", candle.high)
                .put("low", candle.low)
                .put("close", candle.close);
        if (candle.volume.signum() != 0) {
            row.put("volume", candle.volume).put("cost", candle.cost);
        }
        return row;
    }
}
