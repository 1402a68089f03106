package io.dolim.book.prints;

import io.dolim.book.BookEvent;
import io.dolim.book.history.DecodedInputs;
import io.dolim.book.trade.Content;
import io.dolim.book.trade.Posting;
import io.dolim.capacity.journal.StoredEvent;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.MarketSnapshot;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes prints of the Books' events. Each Book's events come in their order, those of different Books
 * interleaved as they may be: a trade waits until the market that marked it, which another Book may have
 * recorded before it, is there. Not safe for threads.
 */
final class PrintReader {

    /** Recorded inputs that are remembered: more than Books remember of each other ({@code RecordedContents}). */
    private static final int CONTENTS = 16_384;

    private final Prints prints;
    private final int mostWaiting;
    private final SequencedMap<String, Content> contents = new LinkedHashMap<>();
    private final DecodedInputs decoded = new DecodedInputs(this::content);
    private final SortedMap<Underlying, Stream> streams = new TreeMap<>();

    /** One Book's events: how far they have come, and which wait. */
    private static final class Stream {
        private final Underlying underlying;
        private final ArrayDeque<StoredEvent> waiting = new ArrayDeque<>();
        private long sequence;

        Stream(Underlying underlying) {
            this.underlying = underlying;
        }
    }

    PrintReader(Prints prints, int mostWaiting) {
        this.prints = prints;
        this.mostWaiting = mostWaiting;
    }

    /** The next event that is wanted of a Book. */
    long next(Underlying underlying) {
        Stream stream = streams.get(underlying);
        return stream == null ? 1 : stream.sequence + 1;
    }

    /** Takes the next event of a Book; one that came before is passed over. */
    void take(Underlying underlying, long sequence, Object event) {
        Stream stream = streams.computeIfAbsent(underlying, Stream::new);
        if (sequence <= stream.sequence) {
            return;
        }
        stream.sequence = sequence;
        if (event instanceof BookEvent.InputsRecorded inputs) {
            inputs.contents().forEach(this::keep);
        } else if (event instanceof StoredEvent stored) {
            stream.waiting.addLast(stored);
        }
        streams.values().forEach(this::work);
    }

    private void keep(Content content) {
        if (content.kind().startsWith("market.") || content.kind().startsWith("surface.")) {
            contents.remove(content.hash());
            contents.put(content.hash(), content);
            if (contents.size() > CONTENTS) {
                contents.pollFirstEntry();
            }
        }
    }

    private Content content(String hash) {
        Content found = contents.get(hash);
        if (found == null) {
            throw new IllegalArgumentException("input=" + hash + " is not recorded");
        }
        return found;
    }

    private void work(Stream stream) {
        while (!stream.waiting.isEmpty() && !waits(stream)) {
            print(stream.underlying, stream.waiting.removeFirst());
        }
    }

    /** What is not recorded within a bound will not be: the trade goes without. */
    private boolean waits(Stream stream) {
        return stream.waiting.getFirst() instanceof BookEvent.TradeExecuted trade
                && stream.waiting.size() <= mostWaiting
                && market(trade).isEmpty();
    }

    private Optional<MarketSnapshot> market(BookEvent.TradeExecuted trade) {
        try {
            return Optional.of(decoded.market(trade.marketHash()));
        } catch (IllegalArgumentException notRecorded) {
            return Optional.empty();
        }
    }

    private void print(Underlying underlying, StoredEvent event) {
        switch (event) {
            case BookEvent.InstrumentListed listed ->
                    prints.list(listed.contract(), listed.coinsPerLot(), listed.epochMs());
            case BookEvent.TradeExecuted trade -> {
                move(trade.postings());
                prints.add(new PrintedLegs(prints, trade, market(trade)).all());
            }
            case BookEvent.DeliveryPriceSet set ->
                    prints.deliver(
                            new Delivery(
                                    underlying,
                                    set.expiry(),
                                    set.priceUsdc(),
                                    set.rule(),
                                    set.epochMs()));
            case BookEvent.ExpirySettled expired -> settle(expired);
            default -> {}
        }
    }

    private void move(Iterable<Posting> postings) {
        for (Posting posting : postings) {
            if (!posting.isCash()) {
                prints.move(
                        OptionContract.parse(posting.asset()), posting.ledger(), posting.amount());
            }
        }
    }

    private void settle(BookEvent.ExpirySettled expired) {
        SortedSet<OptionContract> contracts = new TreeSet<>();
        for (Posting posting : expired.postings()) {
            if (!posting.isCash()) {
                contracts.add(OptionContract.parse(posting.asset()));
            }
        }
        contracts.forEach(
                contract -> prints.settle(contract, expired.priceUsdc(), expired.epochMs()));
        move(expired.postings());
    }
}
