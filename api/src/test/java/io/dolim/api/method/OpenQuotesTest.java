package io.dolim.api.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.dolim.api.rpc.Refusal;
import io.dolim.book.trade.AccountId;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** C3: an account has so many firm quotes out at once. */
class OpenQuotesTest {

    private static final AccountId ALICE = new AccountId("alice");
    private static final AccountId BOB = new AccountId("bob");

    private static final QuoteRatio.Terms TERMS =
            new QuoteRatio.Terms(Duration.ofSeconds(60), 3, 2);
    private final OpenQuotes open = new OpenQuotes(2, TERMS);

    @Test
    void oneMoreThanAllowedIsRefusedForThatAccountAlone() {
        assertEquals("", open(ALICE, "q-1", 0));
        assertEquals("", open(ALICE, "q-2", 0));

        Refusal refused = open.open(ALICE, "q-3", 0, 100).orElseThrow();

        assertEquals("too_many_open_quotes", refused.reason());
        assertEquals("", open(BOB, "q-4", 0));
    }

    @Test
    void aQuoteIsOpenUntilItHasLapsedOrIsFilled() {
        open(ALICE, "q-1", 0);
        open(ALICE, "q-2", 50);
        assertEquals("too_many_open_quotes", open(ALICE, "q-3", 100), "at its last nanosecond");
        assertEquals("", open(ALICE, "q-3", 101));
        assertEquals("too_many_open_quotes", open(ALICE, "q-4", 101));

        open.filled(ALICE, "q-2");
        open.filled(ALICE, "q-2");
        open.filled(BOB, "q-3");

        assertEquals("", open(ALICE, "q-4", 101));
        assertEquals("too_many_open_quotes", open(ALICE, "q-5", 101));
    }

    @Test
    void aZeroIsNoLimit() {
        assertThrows(IllegalArgumentException.class, () -> new OpenQuotes(0, TERMS));
    }

    private static long seconds(double seconds) {
        return (long) (seconds * 1e9);
    }

    private String ask(AccountId account, double seconds) {
        return open.ask(account, seconds(seconds)).map(Refusal::reason).orElse("");
    }

    @Test
    void whoAsksAndDoesNotTradeIsToldHowLongToWait() {
        assertEquals("", ask(ALICE, 0.5));
        assertEquals("", ask(ALICE, 10.5));
        assertEquals("", ask(ALICE, 10.6));
        Refusal refused = open.ask(ALICE, seconds(20)).orElseThrow();
        assertEquals(10028, refused.code().code());
        assertEquals("quote_to_trade_ratio", refused.reason());
        assertEquals(
                "{rule=\"dolim.api.quotes.ratio\", used=3, allowed=3, trades=0, window=60000, wait=40000}",
                refused.details().toString());
        assertEquals("", ask(BOB, 20), "another account");
        assertEquals("quote_to_trade_ratio", ask(ALICE, 59.999), "a refusal does not count");
        assertEquals("", ask(ALICE, 60), "the first has left the window");
        assertEquals("quote_to_trade_ratio", ask(ALICE, 60));
    }

    @Test
    void eachTradeEarnsMoreQuotesOnceAsLongAsItIsInTheWindow() {
        for (int i = 0; i < 3; i++) {
            assertEquals("", ask(ALICE, 1));
        }
        assertEquals("", open(ALICE, "q-1", seconds(1)));
        assertEquals("quote_to_trade_ratio", ask(ALICE, 1));
        open.filled(ALICE, "q-1");
        open.filled(ALICE, "q-1");
        open.filled(ALICE, "never-asked-for");
        assertEquals("", ask(ALICE, 2));
        assertEquals("", ask(ALICE, 2));
        assertEquals(
                "{rule=\"dolim.api.quotes.ratio\", used=5, allowed=5, trades=1, window=60000, wait=59000}",
                open.ask(ALICE, seconds(2)).orElseThrow().details().toString());
        assertEquals("", ask(ALICE, 61), "two of five are left, and no trade");
        assertEquals("quote_to_trade_ratio", ask(ALICE, 61));
        assertEquals("", ask(ALICE, 500));
    }

    @Test
    void aRatioOfNothingIsRefusedByName() {
        for (String[] broken :
                new String[][] {
                    {"0 s", "1", "1", "window=PT0S must be positive"},
                    {"10 s", "0", "1", "free=0 must be at least 1"},
                    {"10 s", "1", "-1", "per-trade=-1 must be at least 1"}
                }) {
            Config config =
                    ConfigFactory.parseString(
                            "dolim.api.quotes.ratio { window = "
                                    + broken[0]
                                    + ", free = "
                                    + broken[1]
                                    + ", per-trade = "
                                    + broken[2]
                                    + " }");
            assertEquals(
                    "dolim.api.quotes.ratio." + broken[3],
                    assertThrows(IllegalArgumentException.class, () -> QuoteRatio.Terms.of(config))
                            .getMessage());
        }
    }

    private String open(AccountId account, String quoteId, long nowNs) {
        Optional<Refusal> refused = open.open(account, quoteId, nowNs, nowNs + 100);
        return refused.map(Refusal::reason).orElse("");
    }
}
