package io.dolim.api.venue;

import static io.dolim.api.venue.Exchanges.BTC;
import static io.dolim.api.venue.Exchanges.buy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import io.dolim.book.hedge.Venue;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The client against a venue that says what each test wants. */
class DeribitVenueFaultsTest extends ScriptedVenue {

    @Test
    void anOrderSaysWhatDeribitWants() throws Exception {
        connect("");
        admit(900, LISTED);
        ready();
        JsonNode params = send("a").path("params");
        assertEquals(
                JSON.readTree(
                        "{\"instrument_name\":\"BTC_USDC-PERPETUAL\",\"amount\":0.01,\"type\":\"limit\",\"price\":200000,"
                                + "\"time_in_force\":\"immediate_or_cancel\",\"reduce_only\":false,\"label\":\"a\"}"),
                params);
    }

    @Test
    void refusalsThatLeaveItOpenAreUnknown() throws Exception {
        connect("");
        admit(900, LISTED);
        ready();
        for (int code : new int[] {10_001, 11_094, -32_603, 13_888}) {
            refuse(send("u" + code), code, "x");
            assertInstanceOf(Venue.Unknown.class, traded.receiveMessage(PATIENCE));
        }
        refuse(send("m"), 11_051, "outcome_unknown");
        assertInstanceOf(Venue.Unknown.class, traded.receiveMessage(PATIENCE));
        refuse(send("d"), 11_051, "down");
        assertEquals(new Venue.Rejected("d", "11051 m down"), traded.receiveMessage(PATIENCE));
        answer(send("n"), "{\"order\":{}}");
        assertEquals(
                new Venue.Unknown("n", "unreadable: trades are missing"),
                traded.receiveMessage(PATIENCE));
    }

    @Test
    void aConnectionThatEndsLeavesItsOrderUnknownAndTheNextIsAdmittedAnew() throws Exception {
        connect("");
        admit(900, LISTED);
        ready();
        send("a");
        peer().drop();
        assertInstanceOf(Venue.Unknown.class, traded.receiveMessage(PATIENCE));
        accept();
        admit(900, LISTED);
        ready();
    }

    @Test
    void nonsenseAndBeingUnauthorisedCostTheConnection() throws Exception {
        connect("");
        admit(900, LISTED);
        ready();
        peer().say("{nonsense");
        accept();
        admit(900, LISTED);
        ready();
        refuse(send("a"), 13_009, "unauthorized");
        assertInstanceOf(Venue.Rejected.class, traded.receiveMessage(PATIENCE));
        accept();
        refuse(hear("public/auth"), 13_004, "bad_credentials");
        accept();
        admit(900, LISTED);
        ready();
    }

    @Test
    void heartbeatsAreAnsweredAndTokensRefreshed() throws Exception {
        connect("");
        admit(1, LISTED);
        JsonNode refresh = hear("public/auth");
        assertEquals("refresh_token", refresh.path("params").path("grant_type").asText());
        assertEquals("r1", refresh.path("params").path("refresh_token").asText());
        answer(refresh, "{\"access_token\":\"t2\",\"refresh_token\":\"r2\",\"expires_in\":900}");
        ready();
    }

    @Test
    void aVenueThatFallsSilentIsLeft() throws Exception {
        connect("silence = 300 ms");
        admit(900, LISTED);
        accept();
    }

    @Test
    void aVenueThatLetsAnOrderGoOverdueAndSaysNothingIsLeft() throws Exception {
        connect("");
        admit(900, LISTED);
        ready();
        send("a");
        assertInstanceOf(Venue.Unknown.class, traded.receiveMessage(PATIENCE));
        accept();
        admit(900, LISTED);
        ready();
    }

    @Test
    void aPerpetualWithAnotherLotOrTickIsNotTraded() throws Exception {
        connect("");
        admit(900, LISTED.replace("0.0001", "0.01"));
        ready();
        venue.tell(new Venue.AskDepth(BTC, told.getRef()));
        told.expectMessage(PATIENCE, new Venue.Silent("here", "underlying=BTC is not traded"));
    }

    @Test
    void moreThanMayWaitIsRefusedAndOrdersGoFirst() throws Exception {
        connect("in-flight = 1, waiting = 2");
        admit(900, LISTED);
        ready();
        venue.tell(new Venue.AskDepth(BTC, told.getRef()));
        JsonNode first = hear("public/get_order_book");
        venue.tell(new Venue.AskDepth(BTC, told.getRef()));
        venue.tell(new Venue.Trade(buy(10, "a"), traded.getRef()));
        venue.tell(new Venue.Trade(buy(10, "b"), traded.getRef()));
        assertEquals(new Venue.Rejected("b", "mostWaiting=2"), traded.receiveMessage(PATIENCE));
        answer(first, "{\"bids\":[],\"asks\":[]}");
        answer(hear("private/buy"), "{\"order\":{},\"trades\":[]}");
        hear("public/get_order_book");
        assertEquals(new Venue.Filled("a", List.of()), traded.receiveMessage(PATIENCE));
    }

    @Test
    void requestsArePaced() throws Exception {
        connect("rate { per-second = 0.01, burst = 1 }");
        admit(900, LISTED);
        ready();
        send("a");
        venue.tell(new Venue.Trade(buy(10, "b"), traded.getRef()));
        // no token was left for the second: it was never sent
        assertEquals(
                new Venue.Unknown("a", "no answer within ms=1000"),
                traded.receiveMessage(PATIENCE));
        assertInstanceOf(Venue.Rejected.class, traded.receiveMessage(PATIENCE));
    }

    @Test
    void theSecretIsNotPrinted() {
        DeribitVenueSettings settings = Venues.settings(server.endpoint(), 1_000, "");
        assertFalse(settings.toString().contains(VenueHost.SECRET));
        venue = kit.spawn(DeribitVenue.create(settings));
    }
}
