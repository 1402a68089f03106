package io.dolim.book.history;

import io.dolim.book.Book;
import io.dolim.book.BookEvent;
import io.dolim.book.BookSheet;
import io.dolim.book.PoolState;
import io.dolim.book.Replay;
import io.dolim.book.trade.BrokenInvariant;
import io.dolim.book.trade.Content;
import io.dolim.book.trade.Posting;
import io.dolim.book.trade.TradeId;
import io.dolim.capacity.Capacity;
import io.dolim.capacity.CapacityEvent;
import io.dolim.capacity.CapitalReplay;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The pool as a journal tells it, event by event in the order of the log: every writer's state, the
 * recorded inputs, and a little way back what each Book held. Not safe for threads.
 */
public final class Past {

    /** How far behind the last event a cut may lie, events of one Book. */
    static final int REACH = 20_000;

    /** Recorded inputs that are remembered: more than Books remember of each other ({@code RecordedContents}). */
    private static final int CONTENTS = 16_384;

    private final Replay replay = new Replay();
    private final SequencedMap<String, Content> contents = new LinkedHashMap<>();
    private final SortedMap<Underlying, Deque<Step>> steps = new TreeMap<>();
    private CapitalReplay capital = CapitalReplay.EMPTY;
    private Optional<Written> last = Optional.empty();
    private Optional<Written> lastTrade = Optional.empty();

    /** What an event changed of a Book. */
    private record Step(
            long sequence, List<Posting> postings, Optional<BookEvent.TradeExecuted> trade) {}

    /** What a Book's pool held. */
    public record Held(SortedMap<OptionContract, Long> lots, Usdc cash) {}

    /**
     * Takes the next event of the log. Writers that change no money (the Markets') are passed over.
     *
     * @throws BrokenInvariant when a sequence has a gap or an invariant is broken
     */
    public void apply(Written written) {
        if (written.event() instanceof CapacityEvent event) {
            if (written.sequence() != capital.sequence() + 1) {
                throw new BrokenInvariant(
                        Capacity.PERSISTENCE_ID + " has a gap before " + written.sequence());
            }
            capital = capital.apply(event);
        } else if (Replay.isOurs(written.persistenceId())) {
            replay.apply(written.persistenceId(), written.sequence(), written.event());
            if (written.event() instanceof BookEvent event) {
                note(written, event);
            }
        } else {
            return;
        }
        last = Optional.of(written);
    }

    private void note(Written written, BookEvent event) {
        switch (event) {
            case BookEvent.InputsRecorded inputs -> inputs.contents().forEach(this::keep);
            case BookEvent.TradeExecuted trade -> {
                step(written, trade.postings(), Optional.of(trade));
                lastTrade = Optional.of(written);
            }
            case BookEvent.ExpirySettled settled ->
                    step(written, settled.postings(), Optional.empty());
            case BookEvent.TradeAdjusted adjusted ->
                    step(written, adjusted.postings(), Optional.empty());
            case BookEvent.InstrumentListed _,
                    BookEvent.InstrumentDelisted _,
                    BookEvent.SettlementSampled _,
                    BookEvent.DeliveryPriceSet _ -> {}
        }
    }

    private void keep(Content content) {
        contents.remove(content.hash());
        contents.put(content.hash(), content);
        if (contents.size() > CONTENTS) {
            contents.pollFirstEntry();
        }
    }

    private void step(
            Written written, List<Posting> postings, Optional<BookEvent.TradeExecuted> trade) {
        Deque<Step> own =
                steps.computeIfAbsent(underlying(written.persistenceId()), _ -> new ArrayDeque<>());
        own.addLast(new Step(written.sequence(), postings, trade));
        if (own.size() > REACH) {
            own.removeFirst();
        }
    }

    private static Underlying underlying(String bookId) {
        return new Underlying(bookId.substring(bookId.indexOf('-') + 1));
    }

    /** The last event that was taken. */
    public Optional<Written> last() {
        return last;
    }

    /** The last trade that was taken. */
    public Optional<BookEvent.TradeExecuted> lastTrade() {
        return lastTrade
                .map(Written::event)
                .filter(BookEvent.TradeExecuted.class::isInstance)
                .map(BookEvent.TradeExecuted.class::cast);
    }

    /** Every writer's state. */
    public Replay replay() {
        return replay;
    }

    /** Capacity's own state. */
    public CapitalReplay capital() {
        return capital;
    }

    /** What is recorded under a hash. @throws IllegalArgumentException when it is not, or long ago */
    public Content content(String hash) {
        Content found = contents.get(hash);
        if (found == null) {
            throw new IllegalArgumentException(
                    "input=" + hash + " is not recorded before its trade");
        }
        return found;
    }

    /** The hash of the whole pool's state, as {@code get_pool_summary} tells it. */
    public PoolState state() {
        SortedMap<String, PoolState.Entity> entities = new TreeMap<>(replay.state().entities());
        if (capital.sequence() > 0) {
            entities.put(
                    Capacity.PERSISTENCE_ID,
                    new PoolState.Entity(capital.sequence(), capital.hash()));
        }
        return new PoolState(entities);
    }

    /**
     * What a Book's pool held after an event, without some of the trades.
     *
     * @param without trades that are taken out
     * @throws IllegalArgumentException when the event is further back than is remembered
     */
    public Held held(Underlying underlying, long sequence, java.util.Set<TradeId> without) {
        Optional<BookSheet> now = replay.book(underlying);
        SortedMap<OptionContract, Long> lots =
                new TreeMap<>(now.map(BookSheet::positions).orElseGet(TreeMap::new));
        Usdc cash = now.map(BookSheet::cash).orElse(Usdc.ZERO);
        Deque<Step> own = steps.getOrDefault(underlying, new ArrayDeque<>());
        if (own.size() == REACH && own.getFirst().sequence() > sequence) {
            throw new IllegalArgumentException(
                    Book.persistenceId(underlying) + " event=" + sequence + " is too far back");
        }
        for (Step step : own) {
            boolean later = step.sequence() > sequence;
            if (later || step.trade().filter(t -> without.contains(t.trade().id())).isPresent()) {
                cash = undone(lots, cash, step.postings());
            }
        }
        lots.values().removeIf(amount -> amount == 0);
        return new Held(lots, cash);
    }

    private static Usdc undone(Map<OptionContract, Long> lots, Usdc cash, List<Posting> postings) {
        Usdc left = cash;
        for (Posting posting : postings) {
            if (posting.ledger().equals(Posting.POOL)) {
                if (posting.isCash()) {
                    left = left.minus(new Usdc(posting.amount()));
                } else {
                    lots.merge(
                            OptionContract.parse(posting.asset()),
                            -posting.amount(),
                            Math::addExact);
                }
            }
        }
        return left;
    }
}
