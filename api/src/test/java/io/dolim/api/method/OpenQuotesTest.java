package io.dolim.api.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dolim.api.rpc.Refusal;
import io.dolim.book.trade.AccountId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** C3: an account has so many firm quotes out at once. */
class OpenQuotesTest {

    private static final AccountId ALICE = new AccountId("alice");
    private static final AccountId BOB = new AccountId("bob");

    private final OpenQuotes open = new OpenQuotes(2);

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
        assertThrows(IllegalArgumentException.class, () -> new OpenQuotes(0));
    }

    private String open(AccountId account, String quoteId, long nowNs) {
        Optional<Refusal> refused = open.open(account, quoteId, nowNs, nowNs + 100);
        return refused.map(Refusal::reason).orElse("");
    }
}
