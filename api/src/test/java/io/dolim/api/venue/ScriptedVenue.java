package io.dolim.api.venue;

import static io.dolim.api.venue.Exchanges.buy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dolim.api.feed.VenueDouble;
import io.dolim.book.hedge.Venue;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A venue that says what a test wants, and a client of it. */
abstract class ScriptedVenue {

    static final ObjectMapper JSON = new ObjectMapper();
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final String LISTED =
            "[{\"instrument_name\":\"BTC_USDC-PERPETUAL\",\"min_trade_amount\":0.0001,\"tick_size\":0.1,\"taker_commission\":0.0005}]";

    final ActorTestKit kit = ActorTestKit.create();
    final TestProbe<Venue.Traded> traded = kit.createTestProbe(Venue.Traded.class);
    final TestProbe<Venue.Told> told = kit.createTestProbe(Venue.Told.class);
    VenueDouble server;
    ActorRef<Venue.Command> venue = kit.<Venue.Command>createTestProbe().getRef();
    private Optional<VenueDouble.Peer> connected = Optional.empty();

    @BeforeEach
    void start() throws Exception {
        server = VenueDouble.open();
    }

    @AfterEach
    void stop() throws Exception {
        kit.shutdownTestKit();
        server.close();
    }

    void connect(String more) throws Exception {
        venue =
                kit.spawn(
                        DeribitVenue.create(
                                Venues.settings(
                                        server.endpoint(),
                                        1_000,
                                        "backoff-min = 20 ms, backoff-max = 100 ms, " + more)));
        accept();
    }

    void accept() throws Exception {
        connected = Optional.ofNullable(server.peers.poll(20, TimeUnit.SECONDS));
        assertTrue(connected.isPresent(), "no connection");
    }

    VenueDouble.Peer peer() {
        return connected.orElseThrow();
    }

    JsonNode hear(String method) throws Exception {
        String text = peer().requests.poll(20, TimeUnit.SECONDS);
        assertTrue(text != null, "nothing said, wanted " + method);
        JsonNode request = JSON.readTree(text);
        assertEquals(method, request.path("method").asText(), text);
        return request;
    }

    void answer(JsonNode request, String result) throws Exception {
        peer().say(
                        "{\"jsonrpc\":\"2.0\",\"id\":"
                                + request.path("id")
                                + ",\"usOut\":1700000000123456,\"result\":"
                                + result
                                + "}");
    }

    void refuse(JsonNode request, int code, String reason) throws Exception {
        peer().say(
                        "{\"id\":"
                                + request.path("id")
                                + ",\"error\":{\"code\":"
                                + code
                                + ",\"message\":\"m\",\"data\":{\"reason\":\""
                                + reason
                                + "\"}}}");
    }

    void admit(long lifeSeconds, String instruments) throws Exception {
        JsonNode auth = hear("public/auth");
        assertEquals("client_credentials", auth.path("params").path("grant_type").asText());
        answer(
                auth,
                "{\"access_token\":\"t\",\"refresh_token\":\"r1\",\"expires_in\":"
                        + lifeSeconds
                        + "}");
        answer(hear("public/set_heartbeat"), "\"ok\"");
        answer(hear("public/get_instruments"), instruments);
    }

    /** Frames are heard in order: what was said before this was heard when it is answered. */
    void ready() throws Exception {
        peer().say(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"heartbeat\",\"params\":{\"type\":\"test_request\"}}");
        answer(hear("public/test"), "{}");
    }

    JsonNode send(String label) throws Exception {
        venue.tell(new Venue.Trade(buy(10, label), traded.getRef()));
        return hear("private/buy");
    }
}
