package io.dolim.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.client.RpcClient;
import io.dolim.api.client.RpcError;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sends bad inputs and says which were not refused as they should be. */
final class Adversary implements AutoCloseable {

    /** Others traded between the quote and its acceptance: a fresh quote gets what the table says. */
    private static final String OVERTAKEN = "10040 inventory_moved";

    private static final int AGAIN = 100;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final BigDecimal AMOUNT = new BigDecimal("0.1");
    private static final String FUNDS = "10";

    /** Before a body that is no text. */
    private static final String BYTES = "bytes:";

    private static final String SIGNED_PATH = "/api/v2/private/get_positions?currency=USDC";

    private final HttpClient http;
    private final EngineProcess engine;
    private final Taker tester;
    private final Taker poor;
    private final SortedMap<String, BareSocket> sessions = new TreeMap<>();
    private final SortedMap<String, String> fixed = new TreeMap<>();
    private int calls;

    private Adversary(HttpClient http, EngineProcess engine, Taker tester, Taker poor) {
        this.http = http;
        this.engine = engine;
        this.tester = tester;
        this.poor = poor;
    }

    /** Prepares everything that the table names, so that afterwards only bad inputs are sent. */
    static Adversary open(
            HttpClient http, EngineProcess engine, Taker tester, Taker poor, String ofAnotherBoot)
            throws Exception {
        Adversary adversary = new Adversary(http, engine, tester, poor);
        adversary.openSessions();
        adversary.chooseInstruments();
        adversary.fixed.put("BOOT", ofAnotherBoot);
        adversary.trade();
        adversary.impoverish();
        return adversary;
    }

    /** A call that lives for months. */
    static String call(Taker taker) throws Exception {
        List<String> calls =
                taker.options("BTC").stream().filter(name -> name.endsWith("-C")).toList();
        return calls.get(calls.size() * 3 / 4);
    }

    /** A line for each input that was answered otherwise than the table says. */
    List<String> tryAll(List<BadInput> inputs) throws Exception {
        List<String> wrong = new ArrayList<>();
        for (BadInput line : inputs) {
            String expected = line.code() + " " + line.reason();
            String answered = answer(line.filled(this::value));
            for (int i = 0; answered.equals(OVERTAKEN) && i < AGAIN; i++) {
                answered = answer(line.filled(this::value));
            }
            if (!answered.equals(expected)) {
                wrong.add(line.name() + ": expected " + expected + ", answered " + answered);
            }
        }
        return wrong;
    }

    private String answer(BadInput input) throws Exception {
        calls++;
        if (input.via().startsWith("ws:")) {
            String request =
                    "{\"jsonrpc\":\"2.0\",\"id\":"
                            + calls
                            + ",\"method\":\""
                            + input.what()
                            + "\",\"params\":"
                            + input.params()
                            + "}";
            JsonNode answer = session(input.via().substring(3)).call(request);
            boolean ours = !answer.has("id") || answer.path("id").asInt() == calls;
            return ours ? said(answer) : "answered to " + answer.path("id");
        }
        if (input.via().equals("raw")) {
            return said(session(Taker.KEY).call(input.what()));
        }
        if (input.via().equals("frame")) {
            try (BareSocket socket = BareSocket.connect(engine.webSocket())) {
                BareSocket.Closed closed = socket.closedBy(bytes(input.what()));
                return "close " + closed.code() + " " + closed.reason();
            }
        }
        return overHttp(input);
    }

    private String overHttp(BadInput input) throws Exception {
        String[] line = input.what().split(" ", 2);
        byte[] body =
                input.params().startsWith(BYTES)
                        ? bytes(input.params().substring(BYTES.length()))
                        : input.params().getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(engine.http("/api/v2/" + line[1]))
                        .method(
                                line[0],
                                input.params().equals("-")
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofByteArray(body));
        if (input.via().startsWith("http:")) {
            request.header("Authorization", input.via().substring(5));
        }
        HttpResponse<String> answer =
                http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        String said = said(JSON.readTree(answer.body()));
        return answer.statusCode() == 200 ? "200 " + said : said;
    }

    private static String said(JsonNode answer) {
        JsonNode error = answer.path("error");
        return error.isMissingNode()
                ? "ok " + answer.path("result")
                : error.path("code").asText() + " " + error.path("data").path("reason").asText();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.ofDelimiter(" ").parseHex(hex);
    }

    private BareSocket session(String who) {
        BareSocket session = sessions.get(who);
        if (session == null) {
            throw new IllegalArgumentException("nobody is called " + who);
        }
        return session;
    }

    private void openSessions() throws Exception {
        URI address = engine.webSocket();
        sessions.put("anyone", BareSocket.connect(address));
        open(address, Taker.KEY, Taker.KEY, "");
        open(address, "poor", "poor", "");
        open(address, "reader", Taker.KEY, "account:read");
        open(address, "taker", Taker.KEY, "account:read trade:read_write wallet:read_write");
    }

    private void open(URI address, String who, String key, String scope) throws Exception {
        BareSocket session = BareSocket.connect(address);
        ObjectNode request = JSON.createObjectNode().put("id", 1).put("method", "public/auth");
        request.putObject("params")
                .put("grant_type", "client_credentials")
                .put("client_id", key)
                .put("client_secret", Taker.SECRET)
                .put("scope", scope);
        JsonNode answer = session.call(request.toString());
        if (!answer.has("result")) {
            throw new IOException(who + " is not let in: " + answer);
        }
        sessions.put(who, session);
    }

    private void chooseInstruments() throws Exception {
        String call = call(tester);
        List<String> ether =
                tester.options("ETH").stream().filter(name -> name.endsWith("-C")).toList();
        fixed.put("CALL", call);
        fixed.put("PUT", call.substring(0, call.length() - 1) + "P");
        fixed.put("ETHCALL", ether.get(ether.size() * 3 / 4));
        fixed.put("CLOSING", tester.options("BTC").getFirst());
        fixed.put("EXPIRED", "BTC_USDC-2JAN26-65000-C");
        String[] parts = call.split("-", -1);
        fixed.put("UNLISTEDNAME", parts[0] + "-" + parts[1] + "-12345-C");
    }

    /** One trade, whose token and order id are used up, and a quote that lapses. */
    private void trade() throws Exception {
        JsonNode quote = tester.trade(chosen("CALL"), "buy", AMOUNT, "filled").quote();
        requireRefused("quote_used", quote, "filled-again");
        fixed.put("USED", quote.path("token").asText());
        JsonNode later = tester.quote(chosen("PUT"), "buy", AMOUNT);
        fixed.put("LAPSED", later.path("token").asText());
        long lapsesNs = System.nanoTime() + 2_100_000_000L;
        while (System.nanoTime() < lapsesNs) {
            tester.quote(chosen("PUT"), "buy", AMOUNT);
        }
    }

    private void requireRefused(String reason, JsonNode quote, String orderId) throws Exception {
        String said = refusal(quote, orderId);
        if (!said.equals(reason)) {
            throw new IllegalStateException("expected " + reason + ", was " + said);
        }
    }

    private String refusal(JsonNode quote, String orderId) throws Exception {
        try {
            return "filled " + tester.accept(quote, orderId);
        } catch (RpcError refused) {
            return refused.reason();
        }
    }

    private void impoverish() throws Exception {
        poor.call(
                "private/withdraw",
                RpcClient.params()
                        .put("amount", poor.cash().subtract(new BigDecimal(FUNDS)))
                        .put("request_id", "impoverish"));
    }

    private String value(String name, String edit) throws Exception {
        String known = fixed.get(name);
        if (known != null) {
            return known;
        }
        return switch (name) {
            case "N" -> Integer.toString(calls);
            case "NOW" -> Long.toString(System.currentTimeMillis());
            case "TOKEN" -> Forgery.of(token(tester, chosen("CALL"), "buy", AMOUNT), edit);
            case "FOREIGN" -> token(poor, chosen("CALL"), "buy", AMOUNT);
            case "UNLISTED" -> token(tester, chosen("UNLISTEDNAME"), "buy", AMOUNT);
            case "POOR" -> poors(edit);
            case "SIGNED" -> signed(edit);
            case "HEADER" -> header(edit);
            case "BYTES" -> BYTES + edit;
            default -> throw new IllegalArgumentException("nothing is called " + name);
        };
    }

    private String chosen(String name) {
        return Optional.ofNullable(fixed.get(name)).orElseThrow();
    }

    private static String token(Taker taker, String instrument, String direction, BigDecimal amount)
            throws Exception {
        return taker.quote(instrument, direction, amount).path("token").asText();
    }

    /** A token of the poor account: {@code buy CALL 1}, or {@code ratio}. */
    private String poors(String what) throws Exception {
        if (!what.equals("ratio")) {
            String[] words = what.split(" ", -1);
            return token(poor, chosen(words[1]), words[0], new BigDecimal(words[2]));
        }
        String near = chosen("CALL");
        List<String> calls =
                poor.options("BTC").stream()
                        .filter(one -> one.endsWith("-C"))
                        .filter(one -> one.split("-", -1)[1].equals(near.split("-", -1)[1]))
                        .filter(one -> !one.equals(near))
                        .toList();
        ObjectNode legs = RpcClient.params();
        legs.putArray("legs")
                .add(Taker.flat(near, "buy", AMOUNT))
                .add(Taker.flat(calls.getLast(), "sell", new BigDecimal("0.2")));
        return poor.call("private/request_quote", legs).path("token").asText();
    }

    private String signed(String how) throws Exception {
        String nonce = how.equals("blank") ? "a b" : how + calls;
        Forgery.Signature signature = Forgery.signature(Taker.SECRET, stamp(how), nonce, "");
        ObjectNode params =
                JSON.createObjectNode()
                        .put("grant_type", "client_signature")
                        .put("client_id", Taker.KEY)
                        .put("timestamp", signature.timestampMs())
                        .put("nonce", nonce)
                        .put("signature", signature.hex())
                        .put("data", "");
        if (how.equals("replayed")) {
            ObjectNode request = JSON.createObjectNode().put("id", 1).put("method", "public/auth");
            request.set("params", params);
            try (BareSocket first = BareSocket.connect(engine.webSocket())) {
                if (!first.call(request.toString()).has("result")) {
                    throw new IllegalStateException("the first use of a nonce was refused");
                }
            }
        }
        return params.toString();
    }

    private String header(String how) throws Exception {
        String path = how.equals("path") ? "/api/v2/private/get_account_summary" : SIGNED_PATH;
        String nonce = "h-" + how + calls;
        Forgery.Signature signature =
                Forgery.signature(Taker.SECRET, stamp(how), nonce, "GET\n" + path + "\n\n");
        String header =
                "deri-hmac-sha256 id="
                        + (how.equals("nobody") ? "nobody" : Taker.KEY)
                        + ",ts="
                        + signature.timestampMs()
                        + ",sig="
                        + signature.hex()
                        + ",nonce="
                        + nonce;
        if (how.equals("replayed")) {
            int status =
                    http.send(
                                    HttpRequest.newBuilder(engine.http(SIGNED_PATH))
                                            .header("Authorization", header)
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode();
            if (status != 200) {
                throw new IllegalStateException("the first use of a nonce was refused: " + status);
            }
        }
        return header;
    }

    private static long stamp(String how) {
        long now = System.currentTimeMillis();
        return switch (how) {
            case "stale" -> now - 120_000;
            case "future" -> now + 120_000;
            default -> now;
        };
    }

    @Override
    public void close() throws IOException {
        for (BareSocket session : sessions.values()) {
            session.close();
        }
        poor.close();
    }
}
