package io.dolim.api.venue;

import static io.dolim.api.venue.Exchanges.BTC;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.dolim.book.hedge.Venue;
import io.dolim.book.hedge.VenueFill;
import io.dolim.book.hedge.VenuePayment;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ledger as the client reads it from Deribit's own words. */
class DeribitLedgerTest extends ScriptedVenue {

    private static String summary(String balance) {
        return "{\"balance\":"
                + balance
                + ",\"session_rpl\":1.5,\"equity\":99.1234567,\"initial_margin\":2.00000001,\"maintenance_margin\":1}";
    }

    private static final String POSITION = "{\"size\":-0.02,\"mark_price\":64000.5}";

    @Test
    void aLedgerIsReadFromDeribitsOwnShapes() throws Exception {
        connect("");
        admit(900, LISTED);
        ready();
        venue.tell(new Venue.AskLedger(BTC, 41, 6_006, told.getRef()));
        answer(hear("private/get_account_summary"), summary("97"));
        answer(hear("private/get_position"), POSITION);
        JsonNode historical = hear("private/get_user_trades_by_instrument");
        assertEquals(
                JSON.readTree(
                        "{\"instrument_name\":\"BTC_USDC-PERPETUAL\",\"start_seq\":42,\"count\":500,\"sorting\":\"asc\",\"historical\":true}"),
                historical.path("params"));
        answer(historical, "{\"has_more\":false,\"trades\":[" + trade(57, "buy", "0.001") + "]}");
        // what is historical stands among the recent, too
        answer(
                hear("private/get_user_trades_by_instrument"),
                "{\"has_more\":false,\"trades\":["
                        + trade(57, "buy", "0.001")
                        + ","
                        + trade(91, "sell", "0.02")
                        + "]}");
        answer(
                hear("private/get_transaction_log"),
                "{\"continuation\":7,\"logs\":["
                        + "{\"type\":\"transfer\",\"user_seq\":6009,\"timestamp\":3,\"change\":-2.5,\"interest_pl\":null},"
                        + "{\"type\":\"settlement\",\"user_seq\":6008,\"timestamp\":2,\"change\":0.002,\"interest_pl\":0.00000993},"
                        + "{\"type\":\"trade\",\"user_seq\":6007,\"timestamp\":1,\"change\":-0.1,\"interest_pl\":-0.25},"
                        + "{\"type\":\"trade\",\"user_seq\":6006,\"timestamp\":1,\"change\":-0.1,\"interest_pl\":-9}]}");
        answer(hear("private/get_position"), POSITION);
        answer(hear("private/get_account_summary"), summary("97"));
        assertEquals(
                new Venue.Ledger(
                        "here",
                        BTC,
                        1_700_000_000_123L,
                        -20,
                        Usdc.of(new BigDecimal("98.5")),
                        Usdc.of(new BigDecimal("99.123456")),
                        Usdc.of(new BigDecimal("2.000001")),
                        Usdc.ofWhole(1),
                        new BigDecimal("64000.5"),
                        List.of(fill(57, 1), fill(91, -20)),
                        List.of(
                                new VenuePayment(
                                        6_007,
                                        1,
                                        VenuePayment.Kind.FUNDING,
                                        Usdc.of(new BigDecimal("-0.25"))),
                                new VenuePayment(6_008, 2, VenuePayment.Kind.FUNDING, new Usdc(9)),
                                new VenuePayment(
                                        6_009,
                                        3,
                                        VenuePayment.Kind.TRANSFER,
                                        Usdc.of(new BigDecimal("-2.5")))),
                        true),
                told.receiveMessage(PATIENCE));
    }

    private static String trade(long sequence, String direction, String amount) {
        return "{\"trade_seq\":"
                + sequence
                + ",\"trade_id\":\"T"
                + sequence
                + "\",\"timestamp\":5,\"direction\":\""
                + direction
                + "\",\"amount\":"
                + amount
                + ",\"price\":64000.5,\"fee\":0.0320001,\"label\":\"x\"}";
    }

    private static VenueFill fill(long sequence, long lots) {
        return new VenueFill(
                sequence,
                "T" + sequence,
                5,
                "x",
                lots,
                new BigDecimal("64000.5"),
                Usdc.of(new BigDecimal("0.032001")));
    }

    @Test
    void anAccountThatMovesWhileItIsReadIsReadAnewAndThenSilent() throws Exception {
        connect("");
        admit(900, LISTED);
        ready();
        venue.tell(new Venue.AskLedger(BTC, 0, 0, told.getRef()));
        for (int attempt = 0; attempt < 3; attempt++) {
            answer(hear("private/get_account_summary"), summary("97"));
            answer(hear("private/get_position"), POSITION);
            answer(hear("private/get_user_trades_by_instrument"), "{\"trades\":[]}");
            answer(hear("private/get_user_trades_by_instrument"), "{\"trades\":[]}");
            answer(hear("private/get_transaction_log"), "{\"logs\":[],\"continuation\":null}");
            boolean moved = attempt != 1;
            answer(
                    hear("private/get_position"),
                    moved ? "{\"size\":0.01,\"mark_price\":1}" : POSITION);
            answer(hear("private/get_account_summary"), summary(moved ? "97" : "98"));
        }
        assertEquals(
                new Venue.Silent("here", "the account moved while it was read"),
                told.receiveMessage(PATIENCE));
    }

    @Test
    void aTransactionLogWithoutEndIsNotReadForEver() throws Exception {
        connect("log-pages = 2");
        admit(900, LISTED);
        ready();
        venue.tell(new Venue.AskLedger(BTC, 0, 0, told.getRef()));
        answer(hear("private/get_account_summary"), summary("97"));
        answer(hear("private/get_position"), POSITION);
        answer(hear("private/get_user_trades_by_instrument"), "{\"trades\":[]}");
        answer(hear("private/get_user_trades_by_instrument"), "{\"trades\":[]}");
        answer(hear("private/get_transaction_log"), "{\"logs\":[],\"continuation\":9}");
        answer(hear("private/get_transaction_log"), "{\"logs\":[],\"continuation\":8}");
        assertEquals(
                new Venue.Silent("here", "the transaction log goes on beyond logPages=2"),
                told.receiveMessage(PATIENCE));
    }
}
