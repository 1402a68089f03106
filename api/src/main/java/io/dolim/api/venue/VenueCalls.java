package io.dolim.api.venue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Requests over one connection after another, by id: bounded in number, paced, and each answered once,
 * by the venue, by its deadline or by the end of its connection. On one thread.
 */
final class VenueCalls {

    /** What became of a request. */
    sealed interface Answer {

        /** @param venueMs the venue's clock, milliseconds since 1970; 0 where it does not tell */
        record Result(JsonNode body, long venueMs) implements Answer {}

        /** The venue's refusal. */
        record Refused(int code, String message, String reason) implements Answer {

            @Override
            public String toString() {
                return code + " " + message + (reason.isEmpty() ? "" : " " + reason);
            }
        }

        /** @param wasSent whether the venue may have heard it */
        record Lost(String why, boolean wasSent) implements Answer {}
    }

    /** What goes first: the conversation itself, orders, questions. */
    enum Rank {
        SESSION,
        ORDER,
        QUESTION
    }

    /**
     * @param answerNs from the request to the deadline of its answer
     * @param mostInFlight sent and not answered
     * @param mostWaiting not sent yet
     */
    record Bounds(long answerNs, int mostInFlight, int mostWaiting, double perSecond, int burst) {}

    private record Call(long id, String text, long askedNs, Consumer<Answer> then) {}

    private static final int MAX_NUMBER = 64;
    private static final double NS = 1e9;

    private final Bounds bounds;
    private final ObjectMapper json;
    private final Deque<Call> orders = new ArrayDeque<>();
    private final Deque<Call> questions = new ArrayDeque<>();
    private final Map<Long, Call> inFlight = new LinkedHashMap<>();
    private Optional<Consumer<String>> line = Optional.empty();
    private double tokens;
    private long refilledNs;
    private long heardNs;
    private long lastId;

    /** @param maxFrame characters of the longest frame that is read */
    VenueCalls(Bounds bounds, int maxFrame, long nowNs) {
        this.bounds = bounds;
        this.tokens = bounds.burst();
        this.refilledNs = nowNs;
        this.json =
                new ObjectMapper(
                                JsonFactory.builder()
                                        .streamReadConstraints(
                                                StreamReadConstraints.builder()
                                                        .maxNestingDepth(32)
                                                        .maxNumberLength(MAX_NUMBER)
                                                        .maxDocumentLength(maxFrame)
                                                        .build())
                                        .build())
                        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    ObjectNode params() {
        return json.createObjectNode();
    }

    /** There is a connection. */
    void open(Consumer<String> send, long nowNs) {
        line = Optional.of(send);
        heardNs = nowNs;
    }

    /** There is none any more: what was sent is lost, what waited was never sent. */
    void end(String why) {
        line = Optional.empty();
        List<Call> gone = new ArrayList<>(inFlight.values());
        inFlight.clear();
        List<Call> unsent = new ArrayList<>(orders);
        unsent.addAll(questions);
        orders.clear();
        questions.clear();
        gone.forEach(call -> call.then.accept(new Answer.Lost(why, true)));
        unsent.forEach(call -> call.then.accept(new Answer.Lost(why, false)));
    }

    /** Calls a method; what cannot be sent now waits for its turn, what cannot wait is lost at once. */
    void call(String method, ObjectNode params, Rank rank, long nowNs, Consumer<Answer> then) {
        if (line.isEmpty()) {
            then.accept(new Answer.Lost("not connected", false));
            return;
        }
        if (rank != Rank.SESSION && orders.size() + questions.size() >= bounds.mostWaiting()) {
            then.accept(new Answer.Lost("mostWaiting=" + bounds.mostWaiting(), false));
            return;
        }
        long id = ++lastId;
        ObjectNode request = json.createObjectNode();
        request.put("jsonrpc", "2.0").put("id", id).put("method", method).set("params", params);
        Call call = new Call(id, request.toString(), nowNs, then);
        switch (rank) {
            case SESSION -> send(call);
            case ORDER -> orders.add(call);
            case QUESTION -> questions.add(call);
        }
        flush(nowNs);
    }

    private void send(Call call) {
        inFlight.put(call.id, call);
        line.ifPresent(open -> open.accept(call.text));
    }

    /** Sends what may be sent now, orders first. */
    void flush(long nowNs) {
        double more = (nowNs - refilledNs) / NS * bounds.perSecond();
        tokens = Math.min(bounds.burst(), tokens + more);
        refilledNs = nowNs;
        while (tokens >= 1
                && line.isPresent()
                && inFlight.size() < bounds.mostInFlight()
                && (!orders.isEmpty() || !questions.isEmpty())) {
            tokens -= 1;
            send(orders.isEmpty() ? questions.removeFirst() : orders.removeFirst());
        }
    }

    /**
     * Ends what is overdue.
     *
     * @return whether a request is overdue and nothing was heard in the latter half of its time: the venue
     *     hangs, or its connection ended without a word
     */
    boolean expire(long nowNs) {
        boolean hangs = false;
        List<Call> late = new ArrayList<>();
        for (Call call : inFlight.values()) {
            if (nowNs - call.askedNs >= bounds.answerNs()) {
                late.add(call);
                hangs |= nowNs - heardNs >= bounds.answerNs() / 2;
            }
        }
        late.forEach(call -> inFlight.remove(call.id));
        List<Call> unsent = new ArrayList<>();
        for (Deque<Call> queue : List.of(orders, questions)) {
            while (!queue.isEmpty() && nowNs - queue.getFirst().askedNs >= bounds.answerNs()) {
                unsent.add(queue.removeFirst());
            }
        }
        String why = "no answer within ms=" + bounds.answerNs() / 1_000_000;
        late.forEach(call -> call.then.accept(new Answer.Lost(why, true)));
        unsent.forEach(call -> call.then.accept(new Answer.Lost(why, false)));
        return hangs;
    }

    long silentNs(long nowNs) {
        return nowNs - heardNs;
    }

    /**
     * A frame: the answer to a request, or a notification, which is returned.
     *
     * @throws JsonProcessingException when it is neither
     */
    Optional<JsonNode> hear(String frame, long nowNs) throws JsonProcessingException {
        JsonNode message = json.readTree(frame);
        heardNs = nowNs;
        if (message.has("method")) {
            return Optional.of(message);
        }
        Call call = inFlight.remove(message.path("id").asLong(-1));
        if (call != null) {
            call.then.accept(answer(message));
        }
        flush(nowNs);
        return Optional.empty();
    }

    private static Answer answer(JsonNode message) {
        JsonNode error = message.path("error");
        return error.isMissingNode()
                ? new Answer.Result(message.path("result"), message.path("usOut").asLong(0) / 1_000)
                : new Answer.Refused(
                        error.path("code").asInt(),
                        error.path("message").asText(),
                        error.path("data").path("reason").asText(""));
    }
}
