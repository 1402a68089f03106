package io.dolim.book.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.book.BookEvent;
import io.dolim.book.LatchEvent;
import io.dolim.book.trade.AccountId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What accounts are told of their past, and that the tags which are read hold all of it. */
class StatementsTest {

    private static List<Written> log() {
        Made made = new Made().listed(Made.CALL, Made.PUT);
        made.deposited(Made.ALICE, "d-1", 1_000);
        made.traded(Made.ALICE, 10, Made.CALL, 2);
        made.traded(Made.BOB, 20, Made.PUT, 1);
        made.adjusted(1, Made.ALICE, 3);
        made.adjusted(1, Made.ALICE, 4);
        made.traded(Made.ALICE, 30, Made.PUT, 1);
        return made.log();
    }

    /** As a journal answers: the events under these tags. */
    private static List<Written> tagged(List<String> tags) {
        List<Written> found = new ArrayList<>();
        for (String tag : tags) {
            log().stream()
                    .filter(one -> one.event() instanceof BookEvent)
                    .filter(one -> ((BookEvent) one.event()).tags().contains(tag))
                    .forEach(found::add);
        }
        return found;
    }

    private static List<String> orders(Optional<AccountId> account, Optional<String> instrument) {
        Orders orders = new Orders(account, instrument);
        tagged(orders.tags()).forEach(orders::next);
        return orders.rows().stream().map(StatementsTest::line).toList();
    }

    private static String line(ObjectNode row) {
        return String.join(
                " ",
                row.path("client_order_id").asText(),
                row.path("outcome").asText(),
                row.path("trade").asText(),
                row.path("price").asText(),
                row.path("adjustments").asText(),
                row.path("adjusted").asText());
    }

    @Test
    void anOrderHasItsTradeAndWhatWasAdjustedSince() {
        String first = "order-1 filled and adjusted BTC-1 10.000000 2 7.000000";
        String second = "order-2 filled BTC-2 20.000000 0 0.000000";
        String third = "order-3 filled BTC-3 30.000000 0 0.000000";
        assertEquals(List.of(first, second, third), orders(Optional.empty(), Optional.empty()));
        assertEquals(List.of(first, third), orders(Optional.of(Made.ALICE), Optional.empty()));
        assertEquals(List.of(first), orders(Optional.empty(), Optional.of(Made.CALL.name())));
        assertEquals(List.of(third), orders(Optional.of(Made.ALICE), Optional.of(Made.PUT.name())));
        assertEquals(List.of(), orders(Optional.of(new AccountId("x")), Optional.empty()));
    }

    @Test
    void tradesAreFoundUnderTheTagOfTheirAccountOrInstrument() {
        for (Optional<AccountId> account :
                List.of(Optional.<AccountId>empty(), Optional.of(Made.ALICE))) {
            for (Optional<String> instrument :
                    List.of(Optional.<String>empty(), Optional.of(Made.PUT.name()))) {
                List<ObjectNode> all = new ArrayList<>();
                List<ObjectNode> byTag = new ArrayList<>();
                log().forEach(w -> Statements.trade(w, account, instrument).ifPresent(all::add));
                tagged(List.of(Orders.tradesTag(account, instrument)))
                        .forEach(
                                w ->
                                        Statements.trade(w, account, instrument)
                                                .ifPresent(byTag::add));
                assertEquals(all, byTag);
                assertTrue(!all.isEmpty());
            }
        }
    }

    @Test
    void aStatementAddsUp() {
        Statements statement = new Statements(Made.ALICE);
        List<String> lines = new ArrayList<>();
        log().stream()
                .flatMap(one -> statement.lines(one).stream())
                .map(
                        row ->
                                row.path("what").asText()
                                        + " "
                                        + row.path("asset").asText().replaceAll(".*-", "")
                                        + " "
                                        + row.path("balance").asText())
                .forEach(lines::add);
        assertEquals(
                List.of(
                        "deposit USDC 1000.000000",
                        "trade USDC 990.000000",
                        "trade C 2 lots",
                        "adjustment USDC 993.000000",
                        "adjustment USDC 997.000000",
                        "trade USDC 967.000000",
                        "trade P 1 lots"),
                lines);
    }

    @Test
    void aLatchSaysWhenItWas() {
        List<LatchEvent> all =
                List.of(
                        new LatchEvent.LatchTripped(Made.BTC, 17, 1.0, "why"),
                        new LatchEvent.LatchLifted(Made.BTC, 17, "by", "why"));
        for (LatchEvent one : all) {
            assertEquals(OptionalLong.of(17), Written.said(one));
            assertTrue(
                    one.tags().stream().anyMatch(Statements.GUARD_TAGS::contains), one.toString());
        }
    }
}
