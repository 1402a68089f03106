package io.dolim.deploy;

import io.dolim.api.client.PinnedTrust;
import io.dolim.api.taker.SimulatedTakers;
import io.dolim.quoting.instrument.Underlying;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The pool in the foreground: says where it is, waits for its end, and says why it ended. */
final class Foreground {

    private static final long READY_SECONDS = 120;
    private static final int GOAL_MISSED = 1;
    private static final int HALTED = 70;

    private final PrintWriter out;
    private final PrintWriter err;

    Foreground(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /** Runs until it is stopped, and answers the process's exit code. */
    int run(RunOptions options) throws Exception {
        long startedAtMs = System.currentTimeMillis();
        Path dir = options.stateDir(startedAtMs);
        Files.createDirectories(dir);
        System.setProperty("dolim.log.dir", dir.resolve("log").toString());
        List<DemoKey> takers = new ArrayList<>();
        for (int i = 1; i <= options.takers(); i++) {
            takers.add(new DemoKey("taker-" + i, Keyring.newSecret()));
        }
        try (Engine engine = Engine.start(options, dir, takers, startedAtMs, this::say)) {
            say("dolim: listening on " + engine.server().http() + ", state in " + dir);
            Genesis.of(engine).make(options.keys(), takers);
            engine.hearMarket();
            // a latched market is no fault of the start: it waits for its operator
            engine.latched().ifPresent(why -> say("dolim: not ready: " + why));
            while (!engine.ready(READY_SECONDS)) {
                Optional<String> latched = engine.latched();
                if (latched.isPresent() && !engine.ended().isDone()) {
                    continue;
                }
                err.println(
                        "dolim: did not become ready: "
                                + engine.ended().getNow(engine.missing().orElse("stopped")));
                return HALTED;
            }
            engine.rememberClock();
            welcome(engine);
            SimulatedTakers crowd = crowd(engine, takers, options.seed(), startedAtMs);
            engine.step();
            try {
                return await(engine);
            } finally {
                crowd.close();
            }
        }
    }

    private static SimulatedTakers crowd(
            Engine engine, List<DemoKey> takers, long seed, long startedAtMs) {
        List<SimulatedTakers.Credentials> keys =
                takers.stream()
                        .map(key -> new SimulatedTakers.Credentials(key.id(), key.secret()))
                        .toList();
        // they know the server by its own certificate, which need not name this address
        HttpClient http =
                engine.server()
                        .certificate()
                        .map(PinnedTrust::client)
                        .orElseGet(HttpClient::newHttpClient);
        return SimulatedTakers.start(
                http, engine.server().webSocket(), keys, seed, Long.toString(startedAtMs, 36));
    }

    private int await(Engine engine) throws InterruptedException, ExecutionException {
        while (true) {
            try {
                String why = engine.ended().get(1, TimeUnit.SECONDS);
                if (why.isEmpty()) {
                    return engine.concluded() ? 0 : GOAL_MISSED;
                }
                err.println("dolim: " + why);
                return HALTED;
            } catch (TimeoutException running) {
                engine.rememberClock();
                engine.stalled().ifPresent(engine.ended()::complete);
            }
        }
    }

    private void welcome(Engine engine) {
        String http = engine.server().http();
        say("");
        say("  REST       " + http + "/api/v2/public/get_instruments?currency=BTC");
        say("  WebSocket  " + engine.server().webSocket());
        say("  docs       " + http + "/docs");
        say("  health     " + http + "/health/ready   metrics  " + http + "/metrics");
        engine.demoKeys()
                .demo()
                .ifPresent(key -> say("  demo key   " + key.id() + ":" + key.secret()));
        say("");
        say("A first request:");
        say("");
        say(
                "  curl -s"
                        + (engine.server().certificate().isPresent() ? "k" : "")
                        + " '"
                        + http
                        + "/api/v2/public/get_quote?"
                        + example(engine)
                        + "'");
        say("");
        say("Ready. Ctrl-C stops.");
    }

    /** Parameters of a quote that anybody can ask for now. */
    private static String example(Engine engine) {
        return engine.board().latest().values().stream()
                .flatMap(view -> view.listed().stream().skip(view.listed().size() / 2))
                .findFirst()
                .map(
                        contract ->
                                "instrument_name="
                                        + contract.name()
                                        + "&direction=buy&amount="
                                        + ten(engine, contract.underlying()))
                .orElse("");
    }

    /** Ten of the smallest quantity. */
    private static String ten(Engine engine, Underlying underlying) {
        return engine.board()
                .latest(underlying)
                .map(view -> view.quoter().spec())
                .map(spec -> spec.coins(10 * spec.minLots()).toPlainString())
                .orElse("1");
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
