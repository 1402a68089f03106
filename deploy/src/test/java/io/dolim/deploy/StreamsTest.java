package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.client.RpcClient;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** X4 on a whole engine: what a slow reader gets of a stream is continuous, or says that it is not. */
@Tag("slow")
class StreamsTest {

    private static final int INSTRUMENTS = 120;
    private static final int MESSAGES = 200_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A queue that books soon fill, and time to read what was queued when it did. */
    private static final String SETTINGS =
            """
            dolim.api { sessions.queued-updates = 600, connections.close-grace = 60 s }
            """;

    /** Updates that replaced another before the reader stops being slow. */
    private static final double ENOUGH = 200;

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();

    private record Seen(long sequence, long changeId) {}

    /** What a careful client keeps by channel. */
    private final SortedMap<String, Seen> seen = new TreeMap<>();

    private int gaps;
    private int chained;

    @Test
    void aSlowReaderSeesEachGapAndIsClosedWhereThereMayBeNone() throws Exception {
        Path settings = dir.resolve("streams.conf");
        Files.writeString(settings, SETTINGS);
        String[] flags = {"--takers", "0", "--config", settings.toString(), "--key", key()};
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket());
                BareSocket slow = BareSocket.slow(engine.webSocket())) {
            List<String> channels = channels(taker.options("BTC"));
            slow.say(List.of(subscribe(channels)));
            await(engine, "dolim_api_updates_conflated_total", ENOUGH);
            for (int i = 0; i < MESSAGES && !heardEnough(channels.size()); i++) {
                hear(slow.hear().message().orElseThrow());
            }
            assertTrue(heardEnough(channels.size()), () -> "gaps=" + gaps + " chained=" + chained);
            await(engine, "dolim_api_queue_overflows_total", 1);
            Optional<BareSocket.Closed> closed = Optional.empty();
            while (closed.isEmpty()) {
                BareSocket.Heard heard = slow.hear();
                heard.message().ifPresent(this::hear);
                closed = heard.closed();
            }
            assertEquals(new BareSocket.Closed(1008, "slow reader"), closed.get());
        }
    }

    private boolean heardEnough(int channels) {
        return gaps > 0 && chained > 0 && seen.size() == channels;
    }

    private static String key() {
        return Taker.KEY + ":" + Taker.SECRET;
    }

    private static List<String> channels(List<String> instruments) {
        List<String> channels = new ArrayList<>();
        for (String name : instruments.subList(0, INSTRUMENTS)) {
            channels.add("ticker." + name + ".100ms");
            channels.add("quote." + name);
            channels.add("book." + name + ".none.10.100ms");
            channels.add("book." + name + ".100ms");
        }
        return channels;
    }

    private static String subscribe(List<String> channels) {
        ObjectNode request = RpcClient.params().put("id", 1).put("method", "public/subscribe");
        ArrayNode names = request.putObject("params").putArray("channels");
        channels.forEach(names::add);
        return request.toString();
    }

    /** An update is the next one of its channel, or its sequence says how many were left out. */
    private void hear(JsonNode message) {
        if (!message.path("method").asText().equals("subscription")) {
            return;
        }
        String channel = message.at("/params/channel").textValue();
        JsonNode data = message.at("/params/data");
        Seen now =
                new Seen(
                        message.at("/params/sequence").longValue(),
                        data.path("change_id").longValue());
        assertTrue(now.sequence > 0, message::toString);
        Optional<Seen> before = Optional.ofNullable(seen.put(channel, now));
        if (before.isEmpty()) {
            return;
        }
        long step = now.sequence - before.get().sequence;
        assertTrue(step > 0, () -> channel + " went back: " + before + " " + now);
        if (channel.endsWith(".100ms")
                && channel.startsWith("book.")
                && !channel.contains(".none.")) {
            assertEquals(1, step, () -> channel + " left out: " + before + " " + now);
            assertEquals(before.get().changeId, data.path("prev_change_id").longValue(), channel);
            chained++;
        } else if (step > 1) {
            gaps++;
        }
    }

    /** Until a counter of the engine has come so far. */
    private void await(EngineProcess engine, String counter, double least) throws Exception {
        Pattern line = Pattern.compile("(?m)^" + counter + " ([0-9.E]+)$");
        long began = System.nanoTime();
        double counted = 0;
        while (counted < least) {
            assertTrue(
                    System.nanoTime() - began < PATIENCE.toNanos(),
                    counter + " stays at " + counted);
            Matcher found = line.matcher(metrics(engine));
            counted = found.find() ? Double.parseDouble(found.group(1)) : 0;
        }
    }

    private String metrics(EngineProcess engine) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(engine.http("/metrics")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
