package io.dolim.deploy;

import io.dolim.book.Book;
import io.dolim.book.BookEvent;
import io.dolim.book.trade.Content;
import io.dolim.book.trade.Posting;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pekko.persistence.query.EventEnvelope;

/** What the books of an engine that has ended left in its journal. */
final class RecordedBooks {

    private final List<Underlying> underlyings;
    private final List<Written> written;

    private record Written(String persistenceId, long sequence, BookEvent event) {}

    private RecordedBooks(List<Underlying> underlyings, List<Written> written) {
        this.underlyings = underlyings;
        this.written = written;
    }

    static RecordedBooks read(Path dir, List<Underlying> underlyings) throws Exception {
        List<Written> written = new ArrayList<>();
        for (EventEnvelope one : StoppedJournal.read(dir, "*")) {
            if (one.event() instanceof BookEvent event) {
                written.add(new Written(one.persistenceId(), one.sequenceNr(), event));
            }
        }
        return new RecordedBooks(underlyings, written);
    }

    List<Underlying> underlyings() {
        return underlyings;
    }

    /** All trades in their order. */
    List<BookEvent.TradeExecuted> trades() {
        return of(BookEvent.TradeExecuted.class);
    }

    /** What the pool held after an event of a book, lots by contract. */
    SortedMap<OptionContract, Long> held(Underlying underlying, long throughSequence) {
        String id = Book.persistenceId(underlying);
        SortedMap<OptionContract, Long> held = new TreeMap<>();
        written.stream()
                .filter(one -> one.persistenceId.equals(id) && one.sequence <= throughSequence)
                .flatMap(one -> postings(one.event).stream())
                .filter(posting -> posting.ledger().equals(Posting.POOL) && !posting.isCash())
                .forEach(
                        posting ->
                                held.merge(
                                        OptionContract.parse(posting.asset()),
                                        posting.amount(),
                                        Long::sum));
        return held;
    }

    /** What is stored under a hash. */
    Content content(String kind, String hash) {
        return of(BookEvent.InputsRecorded.class).stream()
                .flatMap(inputs -> inputs.contents().stream())
                .filter(content -> content.hash().equals(hash) && content.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + kind + " of hash " + hash));
    }

    /** Of whatever kind. */
    Content content(String hash) {
        return of(BookEvent.InputsRecorded.class).stream()
                .flatMap(inputs -> inputs.contents().stream())
                .filter(content -> content.hash().equals(hash))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing of hash " + hash));
    }

    /** How a contract trades, by its listing. */
    ContractSpec spec(OptionContract contract) {
        return of(BookEvent.InstrumentListed.class).stream()
                .filter(listed -> listed.contract().equals(contract))
                .findFirst()
                .map(
                        listed ->
                                new ContractSpec(
                                        contract.underlying(),
                                        listed.coinsPerLot(),
                                        listed.tickUsdc(),
                                        listed.minLots(),
                                        listed.maxLots()))
                .orElseThrow();
    }

    private <E extends BookEvent> List<E> of(Class<E> kind) {
        return written.stream()
                .filter(one -> kind.isInstance(one.event))
                .map(one -> kind.cast(one.event))
                .toList();
    }

    private static List<Posting> postings(BookEvent event) {
        return switch (event) {
            case BookEvent.TradeExecuted trade -> trade.postings();
            case BookEvent.ExpirySettled settled -> settled.postings();
            case BookEvent.TradeAdjusted adjusted -> adjusted.postings();
            case BookEvent.InstrumentListed _,
                    BookEvent.InstrumentDelisted _,
                    BookEvent.InputsRecorded _,
                    BookEvent.SettlementSampled _,
                    BookEvent.DeliveryPriceSet _,
                    BookEvent.OrderPlaced _,
                    BookEvent.OrderAmended _,
                    BookEvent.OrderEnded _ ->
                    List.of();
        };
    }
}
