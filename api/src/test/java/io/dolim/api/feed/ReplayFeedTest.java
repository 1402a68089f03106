package io.dolim.api.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.FeedGuard;
import io.dolim.quoting.market.FeedSource;
import io.dolim.quoting.market.GuardDecision;
import io.dolim.quoting.market.GuardState;
import io.dolim.quoting.market.GuardStatus;
import io.dolim.quoting.market.MarketFeed;
import io.dolim.quoting.market.OptionQuote;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayFeedTest {

    private static final Underlying BTC = new Underlying("BTC");
    private static final String HEADING =
            "timestamp,instrument_name,bid_price,ask_price,mark_price,futures_price,"
                    + "implied_volatility,delta,vega,open_interest,volume,index_price\n";
    private static final FeedSource RECORDED = FeedSource.real("deribit-recorded");
    private static final FeedSource BRIDGED = FeedSource.synthetic("deribit-recorded");

    private static final RecordedChain.Coin NOTHING =
            new RecordedChain.Coin(0, new TreeSet<>(), new TreeMap<>());

    @TempDir Path folder;

    @BeforeEach
    void recordThreeChains() throws IOException {
        write(
                "20260130T060000Z.csv.gz",
                row("BTC-27FEB26-80000-C", "0.05", "0.06", "80400", "0.5", "80000")
                        + row("BTC-27FEB26-80000-P", "", "0.06", "", "0.5", "80000")
                        + row("ETH-27FEB26-2700-C", "0.05", "0.06", "2710", "0.7", "2700"));
        write(
                "20260130T090000Z.csv.gz",
                row("BTC-27FEB26-80000-C", "0.05", "0.06", "81400", "0.5", "81000")
                        + row("ETH-27FEB26-2700-C", "0.05", "0.06", "2760", "0.7", "2750"));
        write(
                "20260131T090000Z.csv",
                row("BTC-27FEB26-80000-C", "0.05", "0.06", "79400", "0.5", "79000"));
        Files.writeString(folder.resolve("README.md"), "not a recording");
        Files.writeString(folder.resolve("20269999T000000Z.csv"), "nor this");
    }

    @Test
    void aChainIsToldInUsdcAndWaitsForItsConsumer() throws Exception {
        List<FeedEvent> first = step(settings(true, 1, Optional.empty()), 1).getFirst();
        long time = at("2026-01-30T06:00:00Z");
        OptionQuote call = quote(OptionType.CALL, 80_400, 0.05 * 80_400, 0.06 * 80_400);
        OptionQuote put =
                new OptionQuote(
                        new BigDecimal(80_000),
                        OptionType.PUT,
                        80_000,
                        OptionalDouble.empty(),
                        OptionalDouble.of(0.06 * 80_000),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        0.5);
        assertEquals(new FeedEvent.IndexTick(BTC, RECORDED, time, 80_000), first.get(0));
        assertEquals(
                "[BTC_USDC-27FEB26-80000-C, BTC_USDC-27FEB26-80000-P]",
                ((FeedEvent.InstrumentsListed) first.get(1)).contracts().toString());
        assertEquals(
                new FeedEvent.ChainQuotes(
                        BTC, RECORDED, time, Expiry.parse("27FEB26"), 80_200, List.of(call, put)),
                first.get(2));
        assertEquals(new FeedEvent.ChainEnd(RECORDED, time, 1, 3), first.getLast());
        assertEquals(7, first.size());
    }

    @Test
    void spotsBetweenChainsAreBridgedAndSaySo() throws Exception {
        List<FeedEvent> second = step(settings(true, 1, Optional.empty()), 3).get(1);
        List<FeedEvent.IndexTick> bridged = bridged(second, BTC);
        long start = at("2026-01-30T07:30:00Z");
        List<Long> window =
                bridged.stream()
                        .map(FeedEvent.IndexTick::timeMs)
                        .filter(time -> time >= start && time <= start + 1_800_000)
                        .toList();
        assertEquals(181, window.size());
        for (int i = 0; i < window.size(); i++) {
            assertEquals(start + 10_000L * i, window.get(i));
        }
        assertEquals(89 + 181 + 59, bridged.size(), "minutes outside, ten seconds inside");
        double last = bridged.getLast().priceUsdc();
        assertTrue(Math.abs(last / 81_000 - 1) < 0.005, "the bridge ends at " + last);
        assertTrue(bridged.stream().allMatch(tick -> tick.source().equals(BRIDGED)));
        assertEquals(
                new FeedEvent.IndexTick(BTC, RECORDED, at("2026-01-30T09:00:00Z"), 81_000),
                second.get(2 * bridged.size()));
    }

    @Test
    void theSameSeedBuildsTheSameBridges() throws Exception {
        ReplayFeed.Settings settings = settings(true, 1, Optional.empty());
        assertEquals(step(settings, 3), step(settings, 3));
        ReplayFeed.Settings other =
                new ReplayFeed.Settings(folder, Optional.empty(), true, 1, 99, 0.5);
        assertFalse(step(settings, 3).equals(step(other, 3)));
    }

    @Test
    void withAClockItRunsAtItsSpeedAndNeedsNobody() throws Exception {
        List<FeedEvent> heard = new ArrayList<>();
        BlockingQueue<FeedEvent> queue = new LinkedBlockingQueue<>();
        ReplayFeed.Settings fast =
                settings(false, 200_000, Optional.of(LocalDate.parse("2026-01-30")));
        long began = System.nanoTime();
        try (ReplayFeed feed = ReplayFeed.open(fast)) {
            feed.start(queue::add);
            while (!(last(heard) instanceof FeedEvent.ChainEnd end && end.number() == 3)) {
                heard.add(take(queue));
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        assertTrue(seconds >= 27 * 3_600 / 200_000.0, "27 hours took " + seconds + " s");
    }

    @Test
    void itStartsAtTheFirstChainOfADayAndCountsFromThere() throws Exception {
        ReplayFeed.Settings late = settings(true, 1, Optional.of(LocalDate.parse("2026-01-31")));
        List<List<FeedEvent>> chains = step(late, 1);
        assertEquals(
                new FeedEvent.ChainEnd(RECORDED, at("2026-01-31T09:00:00Z"), 1, 1),
                chains.getFirst().getLast());
        assertThrows(
                IOException.class,
                () ->
                        ReplayFeed.open(
                                settings(true, 1, Optional.of(LocalDate.parse("2027-01-01")))));
    }

    @Test
    void rowsThatMakeNoSenseAreDroppedAndCounted() throws Exception {
        write(
                "20260201T090000Z.csv",
                row("BTC-27FEB26-80000-C", "0.05", "0.06", "79400", "0.5", "79000")
                        + row("BTC-27FEB26-90000-C", "0.06", "0.05", "79400", "0.5", "79000")
                        + row("BTC-27FEB26-91000-C", "", "", "79400", "0", "79000")
                        + row("BTC-27FEB26-92000-C", "", "", "79400", "NaN", "79000")
                        + row("BTC-27FEB26-93000-C", "", "", "79400", "11", "79000")
                        + row("BTC-27FEB26-94000-C", "", "", "", "0.5", "")
                        + row("BTC-27FEB26-95000-C", "", "", "-1", "0.5", "79000")
                        + row("BTC-27FEB26-96000-C", "x", "", "79400", "0.5", "79000")
                        + row("BTC-1FEB26-80000-C", "", "", "79400", "0.5", "79000")
                        + row("BTC-PERPETUAL", "", "", "79400", "0.5", "79000")
                        + "2026-02-01T09:00:00Z,BTC-27FEB26-97000-C\n");
        RecordedChain chain =
                RecordedChain.read(
                        folder.resolve("20260201T090000Z.csv"), at("2026-02-01T09:00:00Z"));
        TreeMap<RecordedRow.Flaw, Integer> expected =
                new TreeMap<>(
                        Map.of(
                                RecordedRow.Flaw.CROSSED, 1,
                                RecordedRow.Flaw.NO_VOLATILITY, 3,
                                RecordedRow.Flaw.NO_FORWARD, 2,
                                RecordedRow.Flaw.EXPIRED, 1,
                                RecordedRow.Flaw.NO_OPTION, 1,
                                RecordedRow.Flaw.UNREADABLE, 2));
        assertEquals(expected, chain.dropped());
        RecordedChain.Coin coin = chain.coins().getOrDefault(BTC, NOTHING);
        assertEquals(8, coin.listed().size(), "named options stay listed");
        assertEquals(1, coin.rows().getOrDefault(Expiry.parse("27FEB26"), List.of()).size());
    }

    @Test
    void anotherTableIsNotTakenForAChain() throws Exception {
        Files.writeString(folder.resolve("20260201T090000Z.csv"), "a,b,c\n1,2,3\n");
        assertThrows(
                IOException.class,
                () -> RecordedChain.read(folder.resolve("20260201T090000Z.csv"), 0));
    }

    @Test
    void allRecordedChainsPassTheGuard() throws Exception {
        Path data =
                Path.of(
                                Optional.ofNullable(System.getenv("DOLIM_DATA"))
                                        .orElse("../../shared/data"))
                        .resolve("deribit_options_dev");
        assumeTrue(Files.isDirectory(data), "absent: " + data);
        long seed = 1;
        ReplayFeed.Settings settings =
                new ReplayFeed.Settings(data, Optional.empty(), true, 1, seed, 0.5);
        try (ReplayFeed feed = ReplayFeed.open(settings)) {
            TreeMap<Underlying, GuardState> states = new TreeMap<>();
            states.put(BTC, GuardState.initial());
            states.put(new Underlying("ETH"), GuardState.initial());
            BlockingQueue<FeedEvent> queue = new LinkedBlockingQueue<>();
            feed.start(queue::add);
            List<String> held = new ArrayList<>();
            int rows = 0;
            int ends = 0;
            while (ends < 47) {
                FeedEvent event = take(queue);
                if (event instanceof FeedEvent.OfUnderlying about) {
                    FeedGuard guard = new FeedGuard(about.underlying(), feed.guardRules());
                    GuardState state =
                            states.getOrDefault(about.underlying(), GuardState.initial());
                    FeedGuard.Step step = guard.on(state, event, event.timeMs());
                    states.put(about.underlying(), step.state());
                    if (step.decision() instanceof GuardDecision.Held) {
                        held.add(step.decision().toString().substring(0, 60));
                    }
                    if (step.decision() instanceof GuardDecision.ChainAccepted chain) {
                        rows += chain.chain().quotes().size();
                        assertEquals(new TreeMap<>(), chain.dropped());
                    }
                } else if (event instanceof FeedEvent.ChainEnd end) {
                    ends++;
                    states.forEach(
                            (underlying, state) ->
                                    assertFalse(
                                            new FeedGuard(underlying, feed.guardRules())
                                                            .status(state, end.timeMs())
                                                    instanceof GuardStatus.Stopped,
                                            () -> underlying + " seed=" + seed + " " + end));
                    feed.consumed(end.number());
                }
            }
            assertEquals(List.of(), held);
            int dropped = feed.droppedRows().values().stream().mapToInt(Integer::intValue).sum();
            assertEquals(73_664, rows + dropped, () -> feed.droppedRows().toString());
            assertTrue(dropped < 100, () -> feed.droppedRows().toString());
            assertEquals(47, feed.progress().chain());
            assertEquals(at("2026-02-07T21:26:12Z"), feed.nowMs());
        }
    }

    /** Drives a stepping feed; what came up to and with each end of a chain. */
    private static List<List<FeedEvent>> step(ReplayFeed.Settings settings, int chains)
            throws Exception {
        List<List<FeedEvent>> heard = new ArrayList<>();
        BlockingQueue<FeedEvent> queue = new LinkedBlockingQueue<>();
        try (MarketFeed feed = ReplayFeed.open(settings)) {
            feed.start(queue::add);
            for (int chain = 1; chain <= chains; chain++) {
                List<FeedEvent> events = new ArrayList<>();
                while (!(last(events) instanceof FeedEvent.ChainEnd)) {
                    events.add(take(queue));
                }
                assertEquals(chain, feed.progress().chain());
                assertTrue(queue.isEmpty(), "it waits to be told");
                assertEquals(events.getLast().timeMs(), feed.nowMs());
                heard.add(events);
                feed.consumed(chain + 1);
                feed.consumed(chain);
            }
        }
        return heard;
    }

    private static FeedEvent last(List<FeedEvent> events) {
        return events.isEmpty() ? new FeedEvent.Resumed(BTC, RECORDED, 0) : events.getLast();
    }

    private static FeedEvent take(BlockingQueue<FeedEvent> queue) throws InterruptedException {
        return Optional.ofNullable(queue.poll(20, TimeUnit.SECONDS))
                .orElseThrow(() -> new AssertionError("nothing came for 20 s"));
    }

    private static List<FeedEvent.IndexTick> bridged(List<FeedEvent> events, Underlying of) {
        return events.stream()
                .filter(FeedEvent.IndexTick.class::isInstance)
                .map(FeedEvent.IndexTick.class::cast)
                .filter(tick -> tick.underlying().equals(of) && tick.source().synthetic())
                .toList();
    }

    private static OptionQuote quote(OptionType type, double forward, double bid, double ask) {
        return new OptionQuote(
                new BigDecimal(80_000),
                type,
                forward,
                OptionalDouble.of(bid),
                OptionalDouble.of(ask),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                0.5);
    }

    private ReplayFeed.Settings settings(boolean stepping, double speed, Optional<LocalDate> from) {
        return new ReplayFeed.Settings(folder, from, stepping, speed, 5, 0.5);
    }

    private static String row(
            String name, String bid, String ask, String future, String vol, String index) {
        return "2026-01-30T06:00:00Z,"
                + name
                + ","
                + bid
                + ","
                + ask
                + ",0.01,"
                + future
                + ","
                + vol
                + ",0.5,10,1,1,"
                + index
                + "\n";
    }

    private void write(String name, String rows) throws IOException {
        byte[] bytes = (HEADING + rows).getBytes(StandardCharsets.UTF_8);
        if (name.endsWith(".gz")) {
            try (OutputStream out =
                    new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
                out.write(bytes);
            }
        } else {
            Files.write(folder.resolve(name), bytes);
        }
    }

    private static long at(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
