package io.dolim.book.history;

import io.dolim.book.Book;
import io.dolim.book.BookEvent;
import io.dolim.book.PoolState;
import io.dolim.book.Replay;
import io.dolim.book.tape.Taped;
import io.dolim.book.trade.BrokenInvariant;
import io.dolim.book.trade.Content;
import io.dolim.capacity.Capacity;
import io.dolim.capacity.CapacityEvent;
import io.dolim.capacity.CapitalReplay;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The pool as a journal tells it, event by event in the order of the log: every writer's state, the
 * recorded inputs, and a little way back what each Book held. Not safe for threads.
 */
public final class Past {

    /** How far behind the last event a cut may lie, events of one Book that moved something. */
    static final int REACH = 20_000;

    /** Recorded inputs that are remembered: more than Books remember of each other ({@code RecordedContents}). */
    private static final int CONTENTS = 16_384;

    private final Replay replay = new Replay();
    private final SequencedMap<String, Content> contents = new LinkedHashMap<>();
    private final DecodedInputs decoded = new DecodedInputs(this::content);
    private final SortedMap<Underlying, Ledger> ledgers = new TreeMap<>();
    private final SortedMap<Underlying, TapeSight> tapes = new TreeMap<>();
    private CapitalReplay capital = CapitalReplay.EMPTY;
    private Usdc capitalAtLastTrade = Usdc.ZERO;
    private long moves;
    private Optional<Written> last = Optional.empty();
    private Optional<Written> lastTrade = Optional.empty();

    /** Which trades count. */
    public enum Trades {
        /** All that are written. */
        ALL,
        /** All but those that were taken out. */
        NOT_TAKEN_OUT
    }

    /** What a Book's pool held. */
    public record Held(SortedMap<OptionContract, Long> lots, Usdc cash) {}

    /**
     * Takes the next event of the log. Writers that this release does not know are passed over.
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
            moves++;
        } else if (Replay.isOurs(written.persistenceId())) {
            replay.apply(written.persistenceId(), written.sequence(), written.event());
            if (written.event() instanceof BookEvent event) {
                note(written, event);
            }
        } else if (written.event() instanceof Taped taped) {
            TapeSight before = tapes.getOrDefault(taped.underlying(), TapeSight.NONE);
            tapes.put(taped.underlying(), before.then(taped.batch()));
        } else {
            return;
        }
        last = Optional.of(written);
    }

    private void note(Written written, BookEvent event) {
        Underlying underlying = underlying(written.persistenceId());
        if (event instanceof BookEvent.InputsRecorded inputs) {
            inputs.contents().forEach(this::keep);
            return;
        }
        Ledger ledger = ledgers.computeIfAbsent(underlying, _ -> new Ledger());
        if (ledger.note(written.sequence(), event, account -> replay.lots(underlying, account))) {
            moves++;
        }
        if (event instanceof BookEvent.TradeExecuted) {
            lastTrade = Optional.of(written);
            capitalAtLastTrade = capital.capital();
        }
    }

    private void keep(Content content) {
        contents.remove(content.hash());
        contents.put(content.hash(), content);
        if (contents.size() > CONTENTS) {
            contents.pollFirstEntry();
        }
    }

    private static Underlying underlying(String bookId) {
        return new Underlying(bookId.substring(bookId.indexOf('-') + 1));
    }

    /** What each market's tape shows, the last batch first of all. */
    public SortedMap<Underlying, TapeSight> tapes() {
        return Collections.unmodifiableSortedMap(tapes);
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

    /** Paid in less paid out when the last trade was written. */
    Usdc capitalAtLastTrade() {
        return capitalAtLastTrade;
    }

    /** How many events moved what the pool holds, its capital or its rules. */
    long moves() {
        return moves;
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

    /** The same, decoded once for all trades that share them. */
    DecodedInputs decoded() {
        return decoded;
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

    /** What a Book's pool holds after the last event. */
    public Held held(Underlying underlying) {
        return new Held(replay.positions(underlying), replay.poolCash(underlying));
    }

    /**
     * What a Book's pool held after an event.
     *
     * @throws IllegalArgumentException when the event is further back than is remembered
     */
    public Held held(Underlying underlying, long sequence, Trades trades) {
        Ledger ledger = ledgers.getOrDefault(underlying, new Ledger());
        if (ledger.forgotten() > sequence) {
            throw new IllegalArgumentException(
                    Book.persistenceId(underlying) + " event=" + sequence + " is too far back");
        }
        Held now = held(underlying);
        SortedMap<OptionContract, Long> lots = new TreeMap<>(now.lots());
        Usdc cash = now.cash().minus(ledger.since(sequence, lots));
        if (trades == Trades.NOT_TAKEN_OUT) {
            cash = cash.minus(ledger.takenOut().until(sequence, lots));
        }
        lots.values().removeIf(amount -> amount == 0);
        return new Held(lots, cash);
    }

    /**
     * Takes the last trade out of the pool of those that follow: its lots and cash, and in time its
     * share of the settlement and of adjustments.
     */
    void takeOut(BookEvent.TradeExecuted trade) {
        Underlying underlying = trade.trade().id().underlying();
        BigDecimal coinsPerLot =
                replay.spec(underlying)
                        .map(ContractSpec::coinsPerLot)
                        .orElseThrow(() -> new BrokenInvariant(underlying + " lists nothing"));
        ledgers.computeIfAbsent(underlying, _ -> new Ledger())
                .takenOut()
                .add(replay.sequence(underlying), trade, coinsPerLot);
    }
}
