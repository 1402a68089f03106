package io.dolim.api.venue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.feed.DeribitLink;
import io.dolim.api.feed.Dice;
import io.dolim.book.hedge.PerpetualSpec;
import io.dolim.quoting.instrument.Underlying;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conversation with a venue that speaks Deribit's protocol: it connects, authenticates, asks how the
 * perpetuals trade, and is then ready; it keeps its token fresh and answers heartbeats. A connection
 * that is lost, silent, refused or talks nonsense is made anew after a pause that doubles up to a bound,
 * drawn within its upper half. On its owner's thread.
 */
final class DeribitSession {

    private static final Logger LOG = LoggerFactory.getLogger(DeribitSession.class);
    private static final long LEAST_REFRESH_MS = 1_000;

    /** Its owner's thread. */
    interface Owner {

        /** Runs a task there, in order; from any thread. */
        void run(Runnable task);

        /** Runs a task there after a time, instead of the one of that key. */
        void after(String key, Duration delay, Runnable task);
    }

    private final DeribitVenueSettings settings;
    private final Owner owner;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Dice dice;
    private final VenueCalls calls;
    private final Map<Underlying, Double> takerFees = new TreeMap<>();

    private Optional<DeribitLink> link = Optional.empty();
    private boolean ready;
    private int failures;
    private int connections;

    DeribitSession(DeribitVenueSettings settings, Owner owner) {
        this.settings = settings;
        this.owner = owner;
        this.dice = new Dice(settings.seed());
        this.calls = new VenueCalls(settings.callBounds(), settings.maxFrame(), System.nanoTime());
    }

    void connect() {
        connections++;
        DeribitLink next =
                new DeribitLink(
                        owner::run, settings.maxFrame(), this::opened, this::onFrame, this::onLost);
        link = Optional.of(next);
        next.connect(client, settings.endpoint(), Duration.ofMillis(settings.connectMs()));
    }

    void stop() {
        link.ifPresent(DeribitLink::cut);
        calls.end("stopped");
        client.shutdownNow();
    }

    /** Cuts the connection; a new one is made. */
    void lose(String why) {
        link.ifPresent(open -> open.lose(why));
    }

    private void onLost(String why) {
        ready = false;
        link = Optional.empty();
        calls.end("connection lost: " + why);
        double doubled = Math.scalb((double) settings.backoffMinMs(), Math.min(failures, 30));
        double pauseMs =
                Math.min(doubled, (double) settings.backoffMaxMs()) * (0.5 + 0.5 * dice.uniform());
        failures++;
        LOG.warn("venue={} lost why={} pauseMs={}", settings.name(), why, (long) pauseMs);
        owner.after("connect", Duration.ofMillis((long) pauseMs), this::connect);
    }

    /** Ends what is overdue, cuts what hangs, sends what may be sent. Called every few milliseconds. */
    void tick() {
        long now = System.nanoTime();
        if (calls.expire(now)) {
            lose("it does not answer");
        } else if (ready && calls.silentNs(now) > settings.silenceMs() * 1_000_000L) {
            lose("silent");
        }
        calls.flush(now);
    }

    private void onFrame(String frame) {
        try {
            calls.hear(frame, System.nanoTime()).ifPresent(this::onNotification);
        } catch (JsonProcessingException nonsense) {
            lose("not JSON: chars=" + frame.length());
        }
    }

    private void onNotification(JsonNode notification) {
        if (notification.path("params").path("type").asText().equals("test_request")) {
            converse("public/test", calls.params(), _ -> {});
        }
    }

    private void converse(String method, ObjectNode params, Consumer<JsonNode> then) {
        calls.call(
                method,
                params,
                VenueCalls.Rank.SESSION,
                System.nanoTime(),
                answer -> {
                    switch (answer) {
                        case VenueCalls.Answer.Result result -> then.accept(result.body());
                        case VenueCalls.Answer.Refused refused ->
                                lose(method + " refused: " + refused);
                        case VenueCalls.Answer.Lost lost -> lose(method + ": " + lost.why());
                    }
                });
    }

    private void opened(DeribitLink open) {
        calls.open(open::send, System.nanoTime());
        ObjectNode params =
                calls.params()
                        .put("grant_type", "client_credentials")
                        .put("client_id", settings.credentials().id())
                        .put("client_secret", settings.credentials().secret());
        authenticate(params, this::prepare);
    }

    private void authenticate(ObjectNode params, Runnable then) {
        int connection = connections;
        converse(
                "public/auth",
                params,
                tokens -> {
                    long lifeMs = tokens.path("expires_in").asLong(0) * 1_000;
                    String refreshToken = tokens.path("refresh_token").asText("");
                    owner.after(
                            "refresh",
                            Duration.ofMillis(Math.max(LEAST_REFRESH_MS, lifeMs / 5 * 4)),
                            () -> refresh(connection, refreshToken));
                    then.run();
                });
    }

    private void refresh(int connection, String refreshToken) {
        if (connection == connections && link.isPresent()) {
            ObjectNode params =
                    calls.params()
                            .put("grant_type", "refresh_token")
                            .put("refresh_token", refreshToken);
            authenticate(params, () -> {});
        }
    }

    private void prepare() {
        converse(
                "public/set_heartbeat",
                calls.params().put("interval", settings.heartbeatSeconds()),
                _ -> {});
        converse(
                "public/get_instruments",
                calls.params().put("currency", "USDC").put("kind", "future"),
                this::onInstruments);
    }

    private void onInstruments(JsonNode instruments) {
        takerFees.clear();
        for (JsonNode instrument : instruments) {
            String name = instrument.path("instrument_name").asText();
            for (PerpetualSpec spec : settings.specs().values()) {
                if (spec.instrument().equals(name)) {
                    list(instrument, spec);
                }
            }
        }
        failures = 0;
        ready = true;
        LOG.info("venue={} ready trades={}", settings.name(), takerFees.keySet());
    }

    /** A perpetual whose lot or tick does not fit the venue's is not traded. */
    private void list(JsonNode instrument, PerpetualSpec spec) {
        try {
            BigDecimal lot = DeribitReader.decimal(instrument, "min_trade_amount");
            BigDecimal tick = DeribitReader.decimal(instrument, "tick_size");
            double fee = DeribitReader.decimal(instrument, "taker_commission").doubleValue();
            if (isMultiple(spec.coinsPerLot(), lot) && isMultiple(spec.tickUsdc(), tick)) {
                takerFees.put(spec.underlying(), fee);
            } else {
                LOG.error(
                        "venue={} {} does not fit lot={} tick={}",
                        settings.name(),
                        spec,
                        lot,
                        tick);
            }
        } catch (DeribitReader.Unfit unfit) {
            LOG.error("venue={} {} {}", settings.name(), spec, unfit.getMessage());
        }
    }

    private static boolean isMultiple(BigDecimal ours, BigDecimal theirs) {
        return theirs.signum() > 0 && ours.remainder(theirs).signum() == 0;
    }

    /** Why a perpetual cannot be traded now; empty when it can. */
    Optional<String> unable(Underlying underlying) {
        if (!ready) {
            return Optional.of("not connected");
        }
        return takerFees.containsKey(underlying)
                ? Optional.empty()
                : Optional.of("underlying=" + underlying + " is not traded");
    }

    boolean isReady() {
        return ready;
    }

    double takerFee(Underlying underlying) {
        return takerFees.getOrDefault(underlying, 0.0);
    }

    ObjectNode params() {
        return calls.params();
    }

    void order(String method, ObjectNode params, Consumer<VenueCalls.Answer> then) {
        calls.call(method, params, VenueCalls.Rank.ORDER, System.nanoTime(), then);
    }

    void question(String method, ObjectNode params, Consumer<VenueCalls.Answer> then) {
        calls.call(method, params, VenueCalls.Rank.QUESTION, System.nanoTime(), then);
    }
}
