package io.dolim.api.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dolim.quoting.instrument.OptionContract;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Frames of the shapes that docs.deribit.com documents for API v2, written by hand. */
class DeribitWireTest {

    private final DeribitWire wire = new DeribitWire(100_000);

    @Test
    void requestsReadAsDeribitWantsThem() {
        assertEquals(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"public/set_heartbeat\",\"params\":{\"interval\":10}}",
                wire.setHeartbeat(10));
        assertEquals(
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"public/subscribe\",\"params\":{\"channels\":[\"a\",\"b\"]}}",
                wire.subscribe(List.of("a", "b")));
        assertEquals(
                "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"public/get_instruments\",\"params\":{\"currency\":\"USDC\",\"kind\":\"option\",\"expired\":false}}",
                wire.getInstruments());
        assertEquals(
                "{\"jsonrpc\":\"2.0\",\"id\":6,\"method\":\"public/test\",\"params\":{}}",
                wire.test());
    }

    @Test
    void notificationsBecomeOurUnits() throws Exception {
        assertEquals(
                new DeribitMessage.IndexPrice("btc_usdc", 83_133.66, 1_769_787_906_000L),
                wire.read(
                        notification(
                                "deribit_price_index.btc_usdc",
                                "{\"timestamp\":1769787906000,\"price\":83133.66,\"index_name\":\"btc_usdc\"}")));
        assertEquals(
                new DeribitMessage.PerpetualMark("BTC_USDC-PERPETUAL", 83_140.5, 17L),
                wire.read(
                        notification(
                                "ticker.BTC_USDC-PERPETUAL.100ms",
                                "{\"timestamp\":17,\"state\":\"open\",\"mark_price\":83140.5,\"index_price\":83133.6,"
                                        + "\"instrument_name\":\"BTC_USDC-PERPETUAL\",\"funding_8h\":0.00001}")));
        assertEquals(
                new DeribitMessage.MarkVols(
                        List.of(
                                new DeribitMessage.MarkVol(
                                        OptionContract.parse("BTC_USDC-27MAR26-90000-C"),
                                        0.41,
                                        17L))),
                wire.read(
                        notification(
                                "markprice.options.btc_usdc",
                                "[{\"timestamp\":17,\"mark_price\":2100.5,\"iv\":0.41,\"instrument_name\":\"BTC_USDC-27MAR26-90000-C\"},"
                                        + "{\"timestamp\":17,\"mark_price\":0.03,\"iv\":0.9,\"instrument_name\":\"BTC-27MAR26-90000-C\"}]")));
        assertEquals(
                new DeribitMessage.IndexLocked("btc_usdc", true),
                wire.read(
                        notification(
                                "platform_state",
                                "{\"price_index\":\"btc_usdc\",\"locked\":true}")));
        assertEquals(
                new DeribitMessage.Maintenance(true),
                wire.read(notification("platform_state", "{\"maintenance\":true}")));
        assertEquals(
                new DeribitMessage.InstrumentChanged(),
                wire.read(
                        notification(
                                "instrument.state.option.USDC",
                                "{\"timestamp\":17,\"state\":\"created\",\"instrument_name\":\"BTC_USDC-27MAR26-91000-C\"}")));
        assertEquals(
                new DeribitMessage.TestRequest(),
                wire.read(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"heartbeat\",\"params\":{\"type\":\"test_request\"}}"));
    }

    @Test
    void answersAreKnownByTheirId() throws Exception {
        assertEquals(
                new DeribitMessage.Summaries(
                        List.of(
                                new DeribitMessage.Summary(
                                        OptionContract.parse("SOL_USDC-27MAR26-120-P"),
                                        OptionalDouble.empty(),
                                        OptionalDouble.of(9.4),
                                        118.2,
                                        0.8125,
                                        17L))),
                wire.read(
                        "{\"jsonrpc\":\"2.0\",\"id\":4,\"result\":[{\"instrument_name\":\"SOL_USDC-27MAR26-120-P\",\"bid_price\":null,"
                                + "\"ask_price\":9.4,\"mark_price\":9.1,\"mark_iv\":81.25,\"underlying_price\":118.2,"
                                + "\"underlying_index\":\"SOL_USDC-27MAR26\",\"creation_timestamp\":17}],\"usIn\":1,\"usOut\":2,\"usDiff\":1,\"testnet\":false}"));
        assertEquals(
                new DeribitMessage.Instruments(
                        new TreeSet<>(List.of(OptionContract.parse("BTC_USDC-27MAR26-90000-C")))),
                wire.read(
                        "{\"id\":3,\"result\":[{\"instrument_name\":\"BTC_USDC-27MAR26-90000-C\",\"is_active\":true,\"kind\":\"option\"},"
                                + "{\"instrument_name\":\"BTC_USDC-27MAR26-95000-C\",\"is_active\":false},"
                                + "{\"instrument_name\":\"BTC_USDC-FS-27MAR26_PERP\",\"is_active\":true}]}"));
        assertEquals(
                new DeribitMessage.Status(false, new TreeSet<>(List.of("sol_usdc"))),
                wire.read(
                        "{\"id\":5,\"result\":{\"locked\":\"partial\",\"locked_indices\":[\"sol_usdc\"]}}"));
        assertEquals(
                new DeribitMessage.Failed(2, "10028 too_many_requests"),
                wire.read(
                        "{\"id\":2,\"error\":{\"code\":10028,\"message\":\"too_many_requests\"}}"));
    }

    @Test
    void nonsenseIsRefusedAndLeavesNoTrace() {
        List<String> nonsense =
                List.of(
                        "",
                        "{",
                        "[]",
                        "17",
                        "null",
                        "\"x\"",
                        "{\"a\":1}{\"a\":2}",
                        "{\"a\":1,\"a\":2}",
                        "{\"id\":3,\"result\":{}}",
                        "{\"id\":2}",
                        "[".repeat(100) + "]".repeat(100),
                        "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}",
                        "{\"a\":" + "1".repeat(60) + "}",
                        "{\"a\":NaN}",
                        "{\"a\":\"" + "x".repeat(5_000) + "\"}",
                        "\u0000",
                        notification("markprice.options.btc_usdc", "{}"),
                        notification("deribit_price_index.btc_usdc", "{\"price\":1}"),
                        notification(
                                "deribit_price_index.btc_usdc",
                                "{\"price\":1,\"timestamp\":\"17\"}"),
                        notification(
                                "deribit_price_index.btc_usdc",
                                "{\"price\":1,\"timestamp\":1e30}"));
        for (String frame : nonsense) {
            assertThrows(DeribitWire.MalformedFrame.class, () -> wire.read(frame), frame);
        }
    }

    @Test
    void aNumberThatIsNoneReachesTheGuardAsSuch() throws Exception {
        for (String price : List.of("null", "\"83000\"", "true", "{}")) {
            DeribitMessage.IndexPrice index =
                    assertInstanceOf(
                            DeribitMessage.IndexPrice.class,
                            wire.read(
                                    notification(
                                            "deribit_price_index.btc_usdc",
                                            "{\"timestamp\":17,\"index_name\":\"btc_usdc\",\"price\":"
                                                    + price
                                                    + "}")));
            assertEquals(Double.NaN, index.priceUsdc(), price);
        }
    }

    private static String notification(String channel, String data) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":\""
                + channel
                + "\",\"data\":"
                + data
                + "}}";
    }
}
