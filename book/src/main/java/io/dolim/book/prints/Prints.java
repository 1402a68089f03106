package io.dolim.book.prints;

import io.dolim.book.history.Resolution;
import io.dolim.book.trade.AccountId;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The trades tape: what the Books' events say was traded, held in memory within bounds. One {@link
 * PrintReader} writes it; it is read from any thread, and asks nobody. After a restart it is what it was.
 */
public final class Prints {

    private final PrintSettings settings;
    private final SortedMap<OptionContract, InstrumentPrints> instruments = new TreeMap<>();
    private final ArrayDeque<Print> all = new ArrayDeque<>();
    private final SortedMap<Underlying, ArrayDeque<Print>> ofUnderlying = new TreeMap<>();

    /** Who traded last stands last. */
    private final SequencedMap<AccountId, ArrayDeque<Print>> ofAccount = new LinkedHashMap<>();

    private final SortedMap<Underlying, ArrayDeque<Delivery>> deliveries = new TreeMap<>();
    private final SortedMap<Underlying, ArrayDeque<Settled>> settled = new TreeMap<>();
    private final List<Consumer<List<Print>>> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean whole;

    /** An empty tape. */
    public Prints(PrintSettings settings) {
        this.settings = settings;
    }

    /** Whether all that the journal held at the start is in it, and what comes is read. */
    public boolean isWhole() {
        return whole;
    }

    /**
     * Tells the prints of each trade from here on, in the order of each Book.
     *
     * @param listener called on the reader's thread; must not block
     */
    public void listen(Consumer<List<Print>> listener) {
        listeners.add(listener);
    }

    /** What trading makes of an instrument, at a moment of the feed's clock. */
    public synchronized DayFigures day(OptionContract contract, long nowMs) {
        InstrumentPrints known = instruments.get(contract);
        return known == null ? DayFigures.NONE : known.day(nowMs);
    }

    /** Whether an instrument is listed, or was until lately. */
    public synchronized boolean knows(OptionContract contract) {
        return instruments.containsKey(contract);
    }

    /** Prints as asked for. */
    public synchronized PrintPage find(PrintQuery query) {
        List<Print> found = new ArrayList<>();
        ArrayDeque<Print> among = among(query);
        Iterator<Print> prints =
                query.oldestFirst() ? among.iterator() : among.descendingIterator();
        while (prints.hasNext() && found.size() <= query.most()) {
            Print print = prints.next();
            if (query.wants(print)) {
                found.add(print);
            }
        }
        boolean more = found.size() > query.most();
        return new PrintPage(more ? found.subList(0, query.most()) : found, more);
    }

    private ArrayDeque<Print> among(PrintQuery query) {
        if (query.account().isPresent()) {
            return ofAccount.getOrDefault(query.account().get(), new ArrayDeque<>());
        }
        if (query.contract().isPresent()) {
            InstrumentPrints known = instruments.get(query.contract().get());
            return known == null ? new ArrayDeque<>() : known.prints();
        }
        if (query.underlyings().size() == 1) {
            return ofUnderlying.getOrDefault(
                    query.underlyings().iterator().next(), new ArrayDeque<>());
        }
        return all;
    }

    /**
     * Candles of an instrument's trades by themselves that begin from one moment to another, both
     * included; where nothing was traded, flat ones at the close before; none before its first trade.
     */
    public synchronized List<Candle> candles(
            OptionContract contract, Resolution resolution, long fromMs, long untilMs) {
        InstrumentPrints known = instruments.get(contract);
        return known == null ? List.of() : known.candles(resolution, fromMs, untilMs);
    }

    /** What expiries of an underlying were settled at, the newest first. */
    public synchronized List<Delivery> deliveries(Underlying underlying) {
        return newestFirst(deliveries.getOrDefault(underlying, new ArrayDeque<>()));
    }

    /** Instruments of an underlying that turned into cash, the newest first. */
    public synchronized List<Settled> settled(Underlying underlying) {
        return newestFirst(settled.getOrDefault(underlying, new ArrayDeque<>()));
    }

    private static <T> List<T> newestFirst(ArrayDeque<T> oldestFirst) {
        return new ArrayList<>(oldestFirst.reversed());
    }

    /** An instrument is listed; expired ones that nobody holds any more are forgotten in time. */
    synchronized void list(OptionContract contract, BigDecimal coinsPerLot, long nowMs) {
        instruments
                .entrySet()
                .removeIf(
                        known ->
                                known.getKey().expiry().epochMs()
                                                        + settings.keepExpired().toMillis()
                                                < nowMs
                                        && !known.getValue().isHeld());
        instruments.putIfAbsent(contract, new InstrumentPrints(coinsPerLot));
    }

    /** The instrument, which its Book has listed. */
    synchronized InstrumentPrints instrument(OptionContract contract) {
        InstrumentPrints known = instruments.get(contract);
        if (known == null) {
            throw new IllegalStateException(contract + " is traded and was never listed");
        }
        return known;
    }

    synchronized void move(OptionContract contract, String ledger, long lots) {
        instrument(contract).move(ledger, lots);
    }

    /** A trade's legs, which are told when the tape is whole. */
    void add(List<Print> legs) {
        legs.forEach(this::remember);
        if (whole) {
            listeners.forEach(listener -> listener.accept(legs));
        }
    }

    private synchronized void remember(Print print) {
        instrument(print.contract()).add(print);
        all.addLast(print);
        of(print.trade().underlying()).addLast(print);
        if (all.size() > settings.most()) {
            forget(all.removeFirst());
        }
        ArrayDeque<Print> mine = ofAccount.remove(print.account());
        ArrayDeque<Print> his = mine == null ? new ArrayDeque<>() : mine;
        his.addLast(print);
        keepNewest(his, settings.ofAccount());
        ofAccount.putLast(print.account(), his);
        if (ofAccount.size() > settings.accounts()) {
            ofAccount.pollFirstEntry();
        }
    }

    private ArrayDeque<Print> of(Underlying underlying) {
        return ofUnderlying.computeIfAbsent(underlying, _ -> new ArrayDeque<>());
    }

    private void forget(Print oldest) {
        of(oldest.trade().underlying()).removeFirst();
        InstrumentPrints known = instruments.get(oldest.contract());
        if (known != null) {
            known.forget();
        }
    }

    private static void keepNewest(Collection<?> many, int most) {
        Iterator<?> oldest = many.iterator();
        for (int extra = many.size() - most; extra > 0; extra--) {
            oldest.next();
            oldest.remove();
        }
    }

    synchronized void deliver(Delivery delivery) {
        ArrayDeque<Delivery> all =
                deliveries.computeIfAbsent(delivery.underlying(), _ -> new ArrayDeque<>());
        all.addLast(delivery);
        keepNewest(all, settings.deliveries());
    }

    /** An instrument begins to turn into cash; the events that go on with it are the same settlement. */
    synchronized void settle(OptionContract contract, BigDecimal indexUsdc, long epochMs) {
        ArrayDeque<Settled> all =
                settled.computeIfAbsent(contract.underlying(), _ -> new ArrayDeque<>());
        if (all.stream().noneMatch(one -> one.contract().equals(contract))) {
            BigDecimal coins = instrument(contract).openCoins();
            all.addLast(new Settled(contract, indexUsdc, coins, epochMs));
            keepNewest(all, settings.deliveries());
        }
    }

    /** Whether all that the journal held at the start is in it, and what comes is read. */
    void whole(boolean isSo) {
        whole = isSo;
    }
}
