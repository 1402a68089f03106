package io.dolim.api.keys;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dolim.api.rpc.Caller;
import io.dolim.api.rpc.ErrorCode;
import io.dolim.api.rpc.Handler;
import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Methods;
import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Refusal;
import io.dolim.api.rpc.Reply;
import io.dolim.api.rpc.Result;
import io.dolim.api.session.KeyId;
import io.dolim.api.session.Scope;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/** The operator's methods over keys. A secret is told once, to whoever has the key made or rotated. */
public final class KeyMethods {

    private static final int LONGEST = 200;
    private static final int MOST_SCOPES = 16;

    private final KeyDesk desk;
    private final Predicate<KeyId> taken;
    private final Function<String, Optional<String>> accounts;

    /**
     * @param taken whether an id belongs to a key that is not in the ledger
     * @param accounts the account of a name, if it can be one
     */
    public KeyMethods(
            KeyDesk desk, Predicate<KeyId> taken, Function<String, Optional<String>> accounts) {
        this.desk = desk;
        this.taken = taken;
        this.accounts = accounts;
    }

    /** The methods. */
    public Methods methods() {
        return Methods.of(
                operator("operator/create_key", this::creation, this::create),
                operator("operator/rotate_key", KeyMethods::order, this::rotate),
                operator("operator/revoke_key", KeyMethods::order, this::revoke),
                operator(
                        "operator/list_keys",
                        params -> params,
                        (caller, params) ->
                                desk.list()
                                        .<Reply>thenApply(
                                                listed ->
                                                        new Result(json -> write(json, listed)))));
    }

    private static <P> Method<P> operator(
            String name, Function<Params, P> parser, Handler<P> handler) {
        return Method.scoped(name, Scope.OPERATOR, parser, handler).strictly().matching();
    }

    private record Creation(KeyId id, String account, Set<Scope> scopes) {}

    private Creation creation(Params params) {
        KeyId id =
                params.has("key_id")
                        ? params.parsed(
                                "key_id", KeyId::parse, "must be 1 to 64 of A-Z a-z 0-9 _ -")
                        : KeyDesk.newId();
        String account =
                params.parsed(
                        "account",
                        accounts,
                        "must be 1 to 32 of a-z, 0-9, _ and -, first a letter or digit");
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String word : params.texts("scopes", MOST_SCOPES, LONGEST)) {
            scopes.add(
                    Scope.parse(word)
                            .orElseThrow(
                                    () ->
                                            params.refuse(
                                                    "scopes",
                                                    "must be of "
                                                            + KeyRecord.words(
                                                                    EnumSet.allOf(Scope.class)))));
        }
        if (scopes.isEmpty()) {
            throw params.refuse("scopes", "must name at least one scope");
        }
        return new Creation(id, account, scopes);
    }

    private record Order(KeyId id, String reason) {}

    private static Order order(Params params) {
        return new Order(
                params.parsed("key_id", KeyId::parse, "must be 1 to 64 of A-Z a-z 0-9 _ -"),
                params.text("reason", LONGEST));
    }

    private CompletionStage<Reply> create(Caller caller, Creation asked) {
        if (taken.test(asked.id())) {
            return refused(KeyLedger.Rule.KEY_EXISTS, asked.id());
        }
        String secret = KeyDesk.newSecret();
        return desk.create(principal(caller), asked.id(), asked.account(), asked.scopes(), secret)
                .thenApply(reply -> answer(reply, asked.id(), Optional.of(secret)));
    }

    private CompletionStage<Reply> rotate(Caller caller, Order asked) {
        return desk.list()
                .thenCompose(
                        listed -> {
                            Optional<KeyRecord> key =
                                    listed.keys().stream()
                                            .filter(one -> one.id().equals(asked.id().value()))
                                            .findFirst();
                            if (key.isEmpty()) {
                                return refused(KeyLedger.Rule.UNKNOWN_KEY, asked.id());
                            }
                            String secret = KeyDesk.newSecret();
                            return desk.rotate(principal(caller), key.get(), asked.reason(), secret)
                                    .thenApply(
                                            reply ->
                                                    answer(reply, asked.id(), Optional.of(secret)));
                        });
    }

    private CompletionStage<Reply> revoke(Caller caller, Order asked) {
        return desk.revoke(principal(caller), asked.id(), asked.reason())
                .thenApply(reply -> answer(reply, asked.id(), Optional.empty()));
    }

    private static CompletionStage<Reply> refused(KeyLedger.Rule rule, KeyId id) {
        return CompletableFuture.completedFuture(refusal(rule, id));
    }

    private static Refusal refusal(KeyLedger.Rule rule, KeyId id) {
        return Refusal.of(ErrorCode.BAD_REQUEST, rule.wire()).with("key_id", id.value());
    }

    private static Reply answer(KeyLedger.Reply reply, KeyId id, Optional<String> secret) {
        return switch (reply) {
            case KeyLedger.Refused no -> refusal(no.rule(), id);
            case KeyLedger.Changed done -> new Result(json -> write(json, done.key(), secret));
        };
    }

    private static String principal(Caller caller) {
        return caller.authority()
                .map(authority -> authority.key().value())
                .orElseThrow(() -> new IllegalStateException("an operator without authority"));
    }

    private static void write(JsonGenerator json, KeyLedger.Listed listed) throws IOException {
        json.writeStartArray();
        for (KeyRecord key : listed.keys()) {
            write(json, key, Optional.empty());
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, KeyRecord key, Optional<String> secret)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("key_id", key.id());
        if (secret.isPresent()) {
            json.writeStringField("secret", secret.get());
        }
        json.writeStringField("account", key.account());
        json.writeArrayFieldStart("scopes");
        for (String word : key.scopeWords()) {
            json.writeString(word);
        }
        json.writeEndArray();
        json.writeBooleanField("enabled", key.isActive());
        json.writeNumberField("generation", key.generation());
        write(json, "created", Optional.of(key.created()));
        write(json, "rotated", key.rotated());
        write(json, "revoked", key.revoked());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String what, Optional<KeyRecord.Done> done)
            throws IOException {
        if (done.isPresent()) {
            json.writeObjectFieldStart(what);
            json.writeStringField("by", done.get().by());
            json.writeNumberField("at", done.get().atMs());
            json.writeEndObject();
        }
    }
}
