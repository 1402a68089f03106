package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigFactory;
import io.dolim.book.BookEvent;
import io.dolim.capacity.CapacityParameters;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.quote.Leg;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The price of capacity, by the journal alone: after 1, 10 and 100 one-sided trades of one lot the
 * line {@code capital_charge} is what an independent solver makes of the journaled inputs. Purchases
 * raise the potential, so no clip binds; that a clip did not is asserted.
 */
@Tag("slow")
class ChargeReplayTest {

    private static final BigDecimal LOT = new BigDecimal("0.01");
    private static final BigDecimal WITHIN = new BigDecimal("0.00001");
    private static final int TRADES = 101;

    /** The first, and those after 1, 10 and 100. */
    private static final List<Integer> JUDGED = List.of(1, 2, 11, 101);

    /** How a JVM ends that was asked to. */
    private static final int CLEAN = 143;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<Underlying> UNDERLYINGS =
            List.of(new Underlying("BTC"), new Underlying("ETH"), new Underlying("SOL"));

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void theJournalAloneGivesTheChargeAgainAndTheOppositeIsCheaper() throws Exception {
        trade();
        RecordedBooks books = RecordedBooks.read(dir, UNDERLYINGS);
        List<BookEvent.TradeExecuted> trades = books.trades();
        assertEquals(TRADES, trades.size());
        VectorPricer pricer =
                CapacityParameters.of(
                                ConfigFactory.defaultReferenceUnresolved()
                                        .resolve()
                                        .getConfig("dolim.capacity"))
                        .pricer(new TreeSet<>(UNDERLYINGS));
        for (int number : JUDGED) {
            judge(books, pricer, trades.get(number - 1), number);
        }
        requireCalibrated();
    }

    /** All that was bought is dear inventory that nobody takes away again. */
    private void requireCalibrated() throws Exception {
        Ran ran =
                Ran.of(
                        "calibrate",
                        "--after",
                        "PT0.5S",
                        "--format",
                        "json",
                        "--dir",
                        dir.toString());
        assertEquals(0, ran.code(), ran.err());
        JsonNode report = ran.json();
        assertEquals(TRADES, report.path("trades").asInt(), report.toString());
        assertEquals(0, report.path("unpriced").asInt(), report.toString());
        assertEquals(10, report.path("deciles").size(), report.toString());
        JsonNode dearest = report.path("deciles").get(9);
        JsonNode cheapest = report.path("deciles").get(0);
        assertTrue(
                dearest.path("most_bp").asDouble() > cheapest.path("most_bp").asDouble(),
                report.toString());
        JsonNode inventory = report.path("inventory").get(0);
        assertEquals(1.01, inventory.path("coins").asDouble(), 1e-9, report.toString());
        assertTrue(inventory.path("half_life_days").isNull(), report.toString());
        Ran wrong = Ran.of("calibrate", "--after", "PT0S", "--dir", dir.toString());
        assertEquals(2, wrong.code());
        assertEquals(
                "dolim: --after=PT0S must be above 0 and at most 365 days", wrong.err().strip());
    }

    /** Buys one lot again and again; before each judged trade the opposite has its price too. */
    private void trade() throws Exception {
        CalmMarket.beginsTomorrowAt(dir, LocalTime.NOON);
        String[] flags = CalmMarket.flags(dir, Taker.KEY + ":" + Taker.SECRET);
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            String instrument = Adversary.call(taker);
            for (int i = 1; i <= TRADES; i++) {
                if (JUDGED.contains(i) && i > 1) {
                    awaitInventory(taker, instrument);
                    requireOppositeCheaper(taker, instrument);
                }
                taker.trade(instrument, "buy", LOT, "buy-" + i);
            }
            assertEquals(CLEAN, engine.stop(), engine.output());
        }
    }

    /** The second market view from now contains all that has been answered. */
    private static void awaitInventory(Taker taker, String instrument) throws Exception {
        long next = viewNumber(taker, instrument) + 2;
        long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        while (viewNumber(taker, instrument) < next) {
            assertTrue(System.nanoTime() < deadlineNs, "no second view");
        }
    }

    private static long viewNumber(Taker taker, String instrument) throws Exception {
        String view =
                taker.call("public/get_quote", Taker.flat(instrument, "buy", LOT))
                        .path("view")
                        .path("capacity")
                        .asText();
        return Long.parseLong(view.substring(0, view.indexOf('.')));
    }

    private static void requireOppositeCheaper(Taker taker, String instrument) throws Exception {
        JsonNode buy = taker.call("public/get_quote", Taker.flat(instrument, "buy", LOT));
        JsonNode sell = taker.call("public/get_quote", Taker.flat(instrument, "sell", LOT));
        BigDecimal buying = buy.path("lines").path("capital_charge").decimalValue();
        BigDecimal selling = sell.path("lines").path("capital_charge").decimalValue();
        assertTrue(selling.compareTo(buying) < 0, sell + " to sell, to buy " + buy);
    }

    private static void judge(
            RecordedBooks books,
            VectorPricer pricer,
            BookEvent.TradeExecuted executed,
            int number) {
        RecordedCharge recorded = RecordedCharge.of(books, pricer, executed);
        Leg leg = executed.trade().legs().legs().getFirst();
        OptionContract contract = leg.contract();
        BigDecimal line = executed.trade().lines().capitalCharge().toDecimal();
        BigDecimal solved = recorded.charge(leg);
        BigDecimal opposite = recorded.charge(new Leg(contract, -leg.lots()));
        String what = "trade " + number + ": journaled " + line + ", solved " + solved;
        assertEquals(
                1L - number, recorded.lots(contract), what + ": what the pool held at the cut");
        assertTrue(line.signum() > 0, what + ": a clip binds discounts only");
        assertTrue(line.subtract(solved).abs().compareTo(WITHIN) <= 0, what);
        assertTrue(opposite.compareTo(solved) < 0, what + ", opposite " + opposite);
        if (executed.marketView() == recorded.viewNumber()
                && executed.countedPending().isEmpty()
                && executed.cut().equals(recorded.cut())) {
            BigDecimal decided = executed.decidedCharge().toDecimal();
            assertEquals(0, line.compareTo(decided), what + ", decided " + decided);
        }
    }
}
