package io.dolim.api.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.FeedSource;
import io.dolim.quoting.market.OptionQuote;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server on a real socket, with frames of the documented shapes written by hand. */
class DeribitFeedTest {

    private static final Underlying BTC = new Underlying("BTC");
    private static final FeedSource DERIBIT = FeedSource.real("deribit");
    private static final String CALL = "BTC_USDC-25DEC98-90000-C";

    private final BlockingQueue<FeedEvent> events = new LinkedBlockingQueue<>();
    private VenueDouble venue;
    private DeribitFeed feed;

    DeribitFeedTest() throws IOException {
        this.venue = VenueDouble.open();
        this.feed = new DeribitFeed(settings(venue.endpoint(), 20_000));
    }

    @BeforeEach
    void start() {
        feed.start(events::add);
    }

    @AfterEach
    void stop() throws IOException {
        feed.close();
        venue.close();
    }

    @Test
    void aMarketIsPutTogetherFromWhatTheVenueSays() throws Exception {
        VenueDouble.Peer peer = peer();
        hear(peer, "public/set_heartbeat");
        String subscribe = hear(peer, "public/subscribe");
        for (String channel :
                List.of(
                        "deribit_price_index.btc_usdc",
                        "markprice.options.btc_usdc",
                        "ticker.BTC_USDC-PERPETUAL.100ms")) {
            assertTrue(subscribe.contains("\"" + channel + "\""), subscribe);
        }
        long now = System.currentTimeMillis();
        peer.say(
                "{\"id\":3,\"result\":[{\"instrument_name\":\""
                        + CALL
                        + "\",\"is_active\":true}]}");
        peer.say(index(now, 83_133.66));
        peer.say(
                notification(
                        "ticker.BTC_USDC-PERPETUAL.100ms",
                        "{\"timestamp\":"
                                + now
                                + ",\"mark_price\":83140.5,\"instrument_name\":\"BTC_USDC-PERPETUAL\"}"));
        peer.say(summary(now, "1500", "1600"));
        peer.say(
                notification(
                        "markprice.options.btc_usdc",
                        "[{\"timestamp\":"
                                + (now + 1)
                                + ",\"mark_price\":1550,\"iv\":0.52,\"instrument_name\":\""
                                + CALL
                                + "\"}]"));

        FeedEvent.InstrumentsListed listed = next(FeedEvent.InstrumentsListed.class);
        assertEquals("[" + CALL + "]", listed.contracts().toString());
        assertEquals(
                new FeedEvent.IndexTick(BTC, DERIBIT, now, 83_133.66),
                next(FeedEvent.IndexTick.class));
        assertEquals(
                new FeedEvent.FutureTick(BTC, DERIBIT, now, Optional.empty(), 83_140.5),
                next(FeedEvent.FutureTick.class));
        OptionQuote quote =
                new OptionQuote(
                        new BigDecimal(90_000),
                        OptionType.CALL,
                        84_000,
                        OptionalDouble.of(1_500),
                        OptionalDouble.of(1_600),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        0.52);
        assertEquals(
                new FeedEvent.ChainQuotes(
                        BTC, DERIBIT, now, Expiry.parse("25DEC98"), 84_000, List.of(quote)),
                await(event -> isChainWithVol(event, 0.52)));
        assertTrue(next(FeedEvent.ChainEnd.class).number() >= 1);
        assertTrue(feed.nowMs() >= now);
    }

    @Test
    void aTestRequestIsAnswered() throws Exception {
        VenueDouble.Peer peer = peer();
        peer.say(
                "{\"jsonrpc\":\"2.0\",\"method\":\"heartbeat\",\"params\":{\"type\":\"test_request\"}}");
        hear(peer, "public/test");
    }

    @Test
    void aDroppedConnectionHaltsAndIsMadeAnew() throws Exception {
        VenueDouble.Peer first = peer();
        first.say(index(System.currentTimeMillis(), 80_000));
        next(FeedEvent.IndexTick.class);
        first.drop();
        assertEquals("cause=CONNECTION_LOST", next(FeedEvent.Halted.class).reason());
        VenueDouble.Peer second = peer();
        hear(second, "public/subscribe");
        hear(second, "public/get_book_summary_by_currency");
        second.say(index(System.currentTimeMillis(), 80_100));
        next(FeedEvent.Resumed.class);
        assertEquals(80_100, next(FeedEvent.IndexTick.class).priceUsdc());
        assertEquals(2, feed.connections());
    }

    @Test
    void aChainNotToldAnewIsNotSentAgainAfterALoss() throws Exception {
        VenueDouble.Peer peer = peer();
        long old = System.currentTimeMillis() - 61_000;
        peer.say(
                "{\"id\":3,\"result\":[{\"instrument_name\":\""
                        + CALL
                        + "\",\"is_active\":true}]}");
        peer.say(summary(old, "1500", "1600"));
        next(FeedEvent.InstrumentsListed.class);
        hear(peer, "public/get_book_summary_by_currency");
        hear(peer, "public/get_book_summary_by_currency");
        hear(peer, "public/get_book_summary_by_currency");
        assertTrue(events.stream().noneMatch(FeedEvent.ChainQuotes.class::isInstance));
    }

    @Test
    void aFewGarbageFramesAreCountedAndManyCostTheConnection() throws Exception {
        VenueDouble.Peer peer = peer();
        peer.say("{\"jsonrpc\":");
        peer.say("[]");
        peer.say(index(System.currentTimeMillis(), 80_000));
        next(FeedEvent.IndexTick.class);
        assertEquals(2, feed.malformedFrames());
        for (int i = 0; i < 99; i++) {
            peer.say("garbage " + i);
        }
        next(FeedEvent.Halted.class);
        peer();
        assertEquals(101, feed.malformedFrames());
    }

    @Test
    void aFrameBeyondTheBoundCostsTheConnection() throws Exception {
        VenueDouble.Peer peer = peer();
        peer.frame(1, "x".repeat(70_000).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        next(FeedEvent.Halted.class);
        peer();
    }

    @Test
    void aBinaryFrameCostsTheConnection() throws Exception {
        peer().frame(2, new byte[] {1, 2, 3});
        next(FeedEvent.Halted.class);
        peer();
    }

    @Test
    void aSilentVenueIsLeft() throws Exception {
        restart(settings(venue.endpoint(), 200));
        VenueDouble.Peer silent = peer();
        hear(silent, "public/subscribe");
        next(FeedEvent.Halted.class);
        assertTrue(peer() != silent);
    }

    @Test
    void aVenueThatOnlyBabblesIsLeftToo() throws Exception {
        restart(settings(venue.endpoint(), 300));
        VenueDouble.Peer babbler = peer();
        while (!take(babbler.requests).equals("gone")) {
            try {
                babbler.say("no JSON");
            } catch (IOException left) {
                assertTrue(feed.malformedFrames() > 0, left::toString);
            }
        }
        next(FeedEvent.Halted.class);
        peer();
    }

    @Test
    void aServerThatDoesNotShakeHandsIsGivenUp() throws Exception {
        try (VenueDouble mute = new VenueDouble(0, false)) {
            restart(settings(mute.endpoint(), 20_000));
            take(mute.peers);
            next(FeedEvent.Halted.class);
            take(mute.peers);
        }
    }

    @Test
    void nobodyListeningIsTriedAgainUntilSomebodyDoes() throws Exception {
        VenueDouble.Peer peer = peer();
        venue.close();
        peer.drop();
        next(FeedEvent.Halted.class);
        int port = venue.port();
        venue = new VenueDouble(port, true);
        VenueDouble.Peer back = take(venue.peers);
        back.say(index(System.currentTimeMillis(), 80_000));
        next(FeedEvent.Resumed.class);
        next(FeedEvent.IndexTick.class);
    }

    @Test
    void aLockedIndexIsHaltedUntilItIsFree() throws Exception {
        VenueDouble.Peer peer = peer();
        peer.say(notification("platform_state", "{\"price_index\":\"btc_usdc\",\"locked\":true}"));
        assertEquals("cause=INDEX_LOCKED", next(FeedEvent.Halted.class).reason());
        peer.say(notification("platform_state", "{\"maintenance\":true}"));
        peer.say(notification("platform_state", "{\"price_index\":\"btc_usdc\",\"locked\":false}"));
        peer.say(index(System.currentTimeMillis(), 80_000));
        next(FeedEvent.IndexTick.class);
        assertTrue(events.stream().noneMatch(FeedEvent.Resumed.class::isInstance));
        peer.say("{\"id\":5,\"result\":{\"locked\":\"false\",\"locked_indices\":[]}}");
        next(FeedEvent.Resumed.class);
    }

    @Test
    void aRefusedSubscriptionIsNotTakenForSilence() throws Exception {
        VenueDouble.Peer peer = peer();
        peer.say("{\"id\":2,\"error\":{\"code\":10028,\"message\":\"too_many_requests\"}}");
        next(FeedEvent.Halted.class);
        peer();
    }

    @Test
    void aClosedFeedSaysNothingMoreAndDoesNotStartAgain() throws Exception {
        VenueDouble.Peer peer = peer();
        peer.say(index(System.currentTimeMillis(), 80_000));
        next(FeedEvent.IndexTick.class);
        feed.close();
        int heard = events.size();
        assertThrows(IllegalStateException.class, () -> feed.start(events::add));
        while (!take(peer.requests).equals("gone")) {
            assertEquals(heard, events.size());
        }
        assertEquals(heard, events.size());
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        URI somewhere = URI.create("ws://127.0.0.1:1/");
        TreeSet<Underlying> btc = new TreeSet<>(List.of(BTC));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new DeribitFeed.Settings(
                                somewhere, new TreeSet<>(), 1, 1, 1, 10, 1_024, 1, 1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new DeribitFeed.Settings(somewhere, btc, 1, 1, 1, 9, 1_024, 1, 1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new DeribitFeed.Settings(somewhere, btc, 1, 1, 1, 10, 1_024, 2, 1, 1));
    }

    private void restart(DeribitFeed.Settings settings) throws InterruptedException {
        peer();
        feed.close();
        events.clear();
        feed = new DeribitFeed(settings);
        feed.start(events::add);
    }

    private VenueDouble.Peer peer() throws InterruptedException {
        return take(venue.peers);
    }

    private static String hear(VenueDouble.Peer peer, String method) throws InterruptedException {
        while (true) {
            String request = take(peer.requests);
            if (request.contains("\"" + method + "\"")) {
                return request;
            }
            assertTrue(!request.equals("gone"), "gone before " + method);
        }
    }

    private <E extends FeedEvent> E next(Class<E> kind) throws InterruptedException {
        return kind.cast(assertInstanceOf(kind, await(kind::isInstance)));
    }

    private FeedEvent await(Predicate<FeedEvent> wanted) throws InterruptedException {
        while (true) {
            FeedEvent event = take(events);
            if (wanted.test(event)) {
                return event;
            }
        }
    }

    private static boolean isChainWithVol(FeedEvent event, double vol) {
        return event instanceof FeedEvent.ChainQuotes chain
                && chain.quotes().stream().anyMatch(quote -> quote.markVol() == vol);
    }

    private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        return Optional.ofNullable(queue.poll(20, TimeUnit.SECONDS))
                .orElseThrow(() -> new AssertionError("nothing came for 20 s"));
    }

    private static DeribitFeed.Settings settings(URI endpoint, long silenceMs) {
        return new DeribitFeed.Settings(
                endpoint, new TreeSet<>(List.of(BTC)), 500, silenceMs, 50, 10, 60_000, 5, 50, 1);
    }

    private static String index(long timeMs, double price) {
        return notification(
                "deribit_price_index.btc_usdc",
                "{\"timestamp\":"
                        + timeMs
                        + ",\"price\":"
                        + price
                        + ",\"index_name\":\"btc_usdc\"}");
    }

    private static String summary(long timeMs, String bid, String ask) {
        return "{\"jsonrpc\":\"2.0\",\"id\":4,\"result\":[{\"instrument_name\":\""
                + CALL
                + "\",\"bid_price\":"
                + bid
                + ",\"ask_price\":"
                + ask
                + ",\"mark_price\":1550,\"mark_iv\":51.5,\"underlying_price\":84000,\"creation_timestamp\":"
                + timeMs
                + "}],\"usDiff\":5,\"testnet\":true}";
    }

    private static String notification(String channel, String data) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":\""
                + channel
                + "\",\"data\":"
                + data
                + "}}";
    }
}
