package io.dolim.deploy;

import io.dolim.book.AccountEvent;
import io.dolim.book.BookEvent;
import io.dolim.book.history.Written;
import io.dolim.book.trade.Posting;
import io.dolim.capacity.journal.StoredEvent;
import java.io.PrintWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What clients were told against what a stopped journal says: the same trades, each once, numbered
 * without a gap, postings that balance, and for each client the positions and cash of his own books.
 */
final class ClientsAgainstJournal {

    private final List<Bookkeeper> clients;
    private final BigDecimal start;
    private final SortedMap<String, Long> sequences = new TreeMap<>();
    private final SortedMap<String, Long> numbers = new TreeMap<>();
    private final SortedMap<String, BigDecimal> ledgers = new TreeMap<>();
    private final SortedMap<String, BigDecimal> trades = new TreeMap<>();

    /** @param start what each client's account began with */
    ClientsAgainstJournal(List<Bookkeeper> clients, BigDecimal start) {
        this.clients = List.copyOf(clients);
        this.start = start;
    }

    /** @throws Violation when they differ */
    void require(StateJournal journal) throws Exception {
        PrintWriter nobody = new PrintWriter(Writer.nullWriter());
        try (Progress silent = new Progress(false, nobody, System::nanoTime, "reading")) {
            journal.read(silent, this::take);
        }
        Violation.unlessEqual(told(), trades, "X1, X2: told and written");
        long ids =
                trades.keySet().stream()
                        .map(id -> id.substring(0, id.lastIndexOf(' ')))
                        .distinct()
                        .count();
        Violation.unlessEqual((long) trades.size(), ids, "X1: an id trades once");
        for (Bookkeeper client : clients) {
            SortedMap<String, BigDecimal> own = client.positions();
            own.put(Posting.USDC, start.subtract(client.paid()).stripTrailingZeros());
            Violation.unlessEqual(own, ledger(client.key()), "P1: the ledger of " + client.key());
        }
    }

    private void take(Written written) {
        Violation.unlessEqual(
                sequences.merge(written.persistenceId(), 1L, Long::sum),
                written.sequence(),
                "X4: gapless in " + written.persistenceId());
        post(postings(written.event()));
        if (written.event() instanceof BookEvent.TradeExecuted executed) {
            var trade = executed.trade();
            Violation.unlessEqual(
                    numbers.merge(trade.id().underlying().code(), 1L, Long::sum),
                    trade.id().number(),
                    "X4: trade ids are gapless");
            String id = trade.account() + " " + trade.orderId() + " " + trade.id();
            boolean first = trades.put(id, trade.price().toDecimal().stripTrailingZeros()) == null;
            Violation.unless(first, () -> "X1: " + id + " is written twice");
        }
    }

    private SortedMap<String, BigDecimal> told() {
        SortedMap<String, BigDecimal> told = new TreeMap<>();
        for (Bookkeeper client : clients) {
            client.trades()
                    .forEach(
                            (id, trade) ->
                                    told.put(
                                            client.key()
                                                    + " "
                                                    + id
                                                    + " "
                                                    + trade.path("trade_id").asText(),
                                            trade.path("price")
                                                    .decimalValue()
                                                    .stripTrailingZeros()));
        }
        return told;
    }

    private static List<Posting> postings(StoredEvent event) {
        return switch (event) {
            case BookEvent.TradeExecuted trade -> trade.postings();
            case AccountEvent money -> money.postings();
            case BookEvent.ExpirySettled settled -> settled.postings();
            case BookEvent.TradeAdjusted adjusted -> adjusted.postings();
            default -> List.of();
        };
    }

    private void post(List<Posting> postings) {
        SortedMap<String, Long> sums = new TreeMap<>();
        for (Posting posting : postings) {
            sums.merge(posting.asset(), posting.amount(), Math::addExact);
            ledgers.merge(
                    posting.ledger() + " " + posting.asset(), amount(posting), BigDecimal::add);
        }
        sums.forEach((asset, sum) -> Violation.unlessEqual(0L, sum, "P1: " + postings));
    }

    private static BigDecimal amount(Posting posting) {
        return posting.isCash()
                ? BigDecimal.valueOf(posting.amount(), 6)
                : lot(posting.asset()).multiply(BigDecimal.valueOf(posting.amount()));
    }

    private SortedMap<String, BigDecimal> ledger(String account) {
        String prefix = "taker:" + account + " ";
        SortedMap<String, BigDecimal> own = new TreeMap<>();
        ledgers.forEach(
                (name, sum) -> {
                    if (name.startsWith(prefix) && sum.signum() != 0) {
                        own.put(name.substring(prefix.length()), sum.stripTrailingZeros());
                    }
                });
        return own;
    }

    /** Coins in a lot of an instrument or a coin, as in {@code pool.conf}. */
    static BigDecimal lot(String name) {
        return name.startsWith("BTC") ? new BigDecimal("0.01") : new BigDecimal("0.1");
    }
}
