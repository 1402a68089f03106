package io.dolim.book.prints;

import io.dolim.book.history.Resolution;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The prints of one instrument and who holds it. Used by {@link Prints} alone, under its lock. */
final class InstrumentPrints {

    private static final long DAY_MS = 86_400_000L;
    private static final long MINUTE_MS = 60_000L;
    private static final double PERCENT = 100.0;

    private final BigDecimal coinsPerLot;
    private final ArrayDeque<Print> prints = new ArrayDeque<>();
    private final SortedMap<String, Long> held = new TreeMap<>();
    private Optional<BigDecimal> last = Optional.empty();
    private boolean rising = true;
    private @Nullable DayFigures day;
    private long dayMinute;

    InstrumentPrints(BigDecimal coinsPerLot) {
        this.coinsPerLot = coinsPerLot;
    }

    BigDecimal coins(long lots) {
        return coinsPerLot.multiply(BigDecimal.valueOf(lots));
    }

    /** How the next price stands to the last one. */
    Print.Tick tick(BigDecimal price) {
        int step = price.compareTo(last.orElse(price));
        if (step != 0) {
            return step > 0 ? Print.Tick.PLUS : Print.Tick.MINUS;
        }
        return rising ? Print.Tick.ZERO_PLUS : Print.Tick.ZERO_MINUS;
    }

    void add(Print print) {
        prints.addLast(print);
        day = null;
        if (print.isAlone()) {
            rising =
                    switch (print.tick()) {
                        case PLUS, ZERO_PLUS -> true;
                        case MINUS, ZERO_MINUS -> false;
                    };
            last = Optional.of(print.priceUsdc());
        }
    }

    /** Forgets the oldest. */
    void forget() {
        prints.pollFirst();
        day = null;
    }

    /** A ledger has got so many lots; negative: has given. */
    void move(String ledger, long lots) {
        held.merge(ledger, lots, Math::addExact);
        held.remove(ledger, 0L);
        day = null;
    }

    boolean isHeld() {
        return !held.isEmpty();
    }

    ArrayDeque<Print> prints() {
        return prints;
    }

    /** @param nowMs to the minute: what is older than 24 hours goes with a delay of one */
    DayFigures day(long nowMs) {
        long minute = Math.floorDiv(nowMs, MINUTE_MS);
        DayFigures known = day;
        if (known == null || minute != dayMinute) {
            known = counted(nowMs - DAY_MS);
            day = known;
            dayMinute = minute;
        }
        return known;
    }

    private DayFigures counted(long afterMs) {
        BigDecimal volume = BigDecimal.ZERO;
        BigDecimal paid = BigDecimal.ZERO;
        Optional<BigDecimal> low = Optional.empty();
        Optional<BigDecimal> high = Optional.empty();
        Optional<BigDecimal> first = Optional.empty();
        for (Iterator<Print> newest = prints.descendingIterator(); newest.hasNext(); ) {
            Print print = newest.next();
            if (print.epochMs() <= afterMs) {
                break;
            }
            volume = volume.add(print.coins());
            paid = paid.add(print.coins().multiply(print.priceUsdc()));
            if (print.isAlone()) {
                first = Optional.of(print.priceUsdc());
                low = Optional.of(low.orElse(print.priceUsdc()).min(print.priceUsdc()));
                high = Optional.of(high.orElse(print.priceUsdc()).max(print.priceUsdc()));
            }
        }
        Optional<Double> change =
                first.filter(price -> price.signum() > 0)
                        .map(
                                price ->
                                        PERCENT
                                                * (last.orElse(price).doubleValue()
                                                                / price.doubleValue()
                                                        - 1.0));
        return new DayFigures(last, low, high, change, volume, paid, openCoins());
    }

    /** What is held long, by takers and the pool. */
    BigDecimal openCoins() {
        long lots = 0;
        for (long mine : held.values()) {
            lots = Math.addExact(lots, Math.max(0, mine));
        }
        return coins(lots);
    }

    /** Candles that begin from one moment to another, both included; those without trades are flat. */
    List<Candle> candles(Resolution resolution, long fromMs, long untilMs) {
        NavigableMap<Long, Candle> traded = new TreeMap<>();
        Optional<BigDecimal> before = Optional.empty();
        for (Print print : prints) {
            long begin = resolution.begin(print.epochMs());
            if (print.isAlone() && begin < fromMs) {
                before = Optional.of(print.priceUsdc());
            } else if (print.isAlone() && begin <= untilMs) {
                BigDecimal paid = print.coins().multiply(print.priceUsdc());
                traded.merge(
                        begin,
                        Candle.first(begin, print.priceUsdc(), print.coins(), paid),
                        (all, _) -> all.with(print.priceUsdc(), print.coins(), paid));
            }
        }
        if (before.isEmpty() && traded.isEmpty()) {
            return List.of();
        }
        return filled(traded, before, resolution, fromMs, untilMs);
    }

    private static List<Candle> filled(
            NavigableMap<Long, Candle> traded,
            Optional<BigDecimal> before,
            Resolution resolution,
            long fromMs,
            long untilMs) {
        long step = resolution.length().toMillis();
        long begin = before.isPresent() ? resolution.begin(fromMs + step - 1) : traded.firstKey();
        List<Candle> candles = new ArrayList<>();
        Optional<BigDecimal> close = before;
        for (; begin <= untilMs; begin += step) {
            Candle candle = traded.get(begin);
            if (candle == null) {
                candle = Candle.flat(begin, close.orElseThrow());
            }
            candles.add(candle);
            close = Optional.of(candle.close());
        }
        return candles;
    }
}
