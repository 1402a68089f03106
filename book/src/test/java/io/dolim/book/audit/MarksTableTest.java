package io.dolim.book.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.FeedSource;
import io.dolim.quoting.market.OptionQuote;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MarksTableTest {

    private static final Underlying BTC = new Underlying("BTC");
    private static final long NOW = Expiry.parse("1FEB26").epochMs();
    private static final Expiry MONTH = Expiry.parse("27FEB26");

    @Test
    void aFlatSmileIsMetExactly() {
        MarksTable.Score score = MarksTable.judged(NOW, List.of(chain(99, 0))).getFirst();
        assertEquals(MONTH, score.expiry());
        assertEquals(26.0, score.days());
        assertEquals(0.0, score.rmse(), 0.01);
    }

    @Test
    void onlyStrikesThatWereNotFittedAreJudged() {
        // eleven strikes: five between the fitted ones; ten points at one of them is 10 / sqrt(5)
        double between = MarksTable.judged(NOW, List.of(chain(5, 0.10))).getFirst().rmse();
        assertEquals(10 / Math.sqrt(5), between, 0.01);
    }

    @Test
    void chainsThatGiveNoSurfaceAreInfinitelyFar() {
        List<FeedEvent.ChainQuotes> twice = List.of(chain(99, 0), chain(99, 0));
        MarksTable.judged(NOW, twice)
                .forEach(score -> assertEquals(Double.POSITIVE_INFINITY, score.rmse()));
    }

    @Test
    void rowsAreByDaysAndTheLastIsAllBeyondADay() {
        List<MarksTable.Score> scores = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            scores.add(new MarksTable.Score(BTC, NOW, MONTH, i, i / 2.0));
        }
        List<MarksTable.Row> rows = MarksTable.rows(scores);
        assertEquals(new MarksTable.Row("0 to 1", 1, 0.5, 0.5, 0.5, 0), rows.getFirst());
        assertEquals(new MarksTable.Row("2 to 7", 5, 2.5, 3.5, 3.5, 2), rows.get(2));
        assertEquals(new MarksTable.Row("all over 1", 9, 3.0, 5.0, 5.0, 5), rows.getLast());
        assertEquals(5.0, MarksTable.worst(scores, 3).getFirst().rmse());
    }

    @Test
    void noExpiryMeetsNoGoal() {
        assertTrue(Double.isNaN(MarksTable.beyondADay(List.of()).median()));
    }

    /** Eleven strikes at 50 %, one of them moved. */
    private static FeedEvent.ChainQuotes chain(int moved, double by) {
        List<OptionQuote> quotes = new ArrayList<>();
        for (int i = 0; i <= 10; i++) {
            for (OptionType type : OptionType.values()) {
                quotes.add(
                        new OptionQuote(
                                BigDecimal.valueOf(750 + 50L * i),
                                type,
                                1_000,
                                OptionalDouble.empty(),
                                OptionalDouble.empty(),
                                OptionalDouble.empty(),
                                OptionalDouble.empty(),
                                i == moved ? 0.5 + by : 0.5));
            }
        }
        return new FeedEvent.ChainQuotes(BTC, FeedSource.real("test"), NOW, MONTH, 1_000, quotes);
    }
}
