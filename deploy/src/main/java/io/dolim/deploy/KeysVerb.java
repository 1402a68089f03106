package io.dolim.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.client.RpcClient;
import io.dolim.api.client.RpcError;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes, rotates, revokes and lists API keys, through the running engine. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = {
            "Makes, rotates, revokes and lists API keys, through the running engine: in force at once.",
            "A secret is shown once, by the verb that makes it. Exit code 1 when it is refused."
        })
final class KeysVerb {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes a key and shows its secret, this once.")
    int create(
            @Mixin EngineOptions engine,
            @Option(
                            names = "--account",
                            required = true,
                            paramLabel = "A",
                            description = "For which it acts.")
                    String account,
            @Option(
                            names = "--scope",
                            required = true,
                            paramLabel = "SCOPE",
                            description =
                                    "account:read, trade:read_write, wallet:read_write, keeper,"
                                            + " operator and so on; may be repeated.")
                    List<String> scopes,
            @Option(
                            names = "--id",
                            paramLabel = "ID",
                            description = "Its id; one is made up if none is given.")
                    @Nullable String id)
            throws Exception {
        ObjectNode params = RpcClient.params().put("account", account);
        scopes.forEach(params.putArray("scopes")::add);
        if (id != null) {
            params.put("key_id", id);
        }
        return one(engine, "operator/create_key", params);
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = {
                "Gives a key another secret and shows it, this once.",
                "What the secret before let in ends at once: sessions and tokens."
            })
    int rotate(
            @Mixin EngineOptions engine,
            @Parameters(paramLabel = "ID", description = "Which key.") String id,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = "Why; it is written down.")
                    String reason)
            throws Exception {
        return one(engine, "operator/rotate_key", order(id, reason));
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Ends a key for ever, with its sessions and tokens, at once.")
    int revoke(
            @Mixin EngineOptions engine,
            @Parameters(paramLabel = "ID", description = "Which key.") String id,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = "Why; it is written down.")
                    String reason)
            throws Exception {
        return one(engine, "operator/revoke_key", order(id, reason));
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "All keys that were ever made, by id; never a secret.")
    int list(@Mixin EngineOptions engine) throws Exception {
        return said(
                engine,
                "operator/list_keys",
                RpcClient.params(),
                keys -> {
                    List<ObjectNode> rows = new ArrayList<>();
                    keys.forEach(key -> rows.add(row(key)));
                    new Rows(engine.format(), spec.commandLine().getOut()).print(rows);
                });
    }

    private static ObjectNode order(String id, String reason) {
        return RpcClient.params().put("key_id", id).put("reason", reason);
    }

    private int one(EngineOptions engine, String method, ObjectNode params) throws Exception {
        return said(
                engine,
                method,
                params,
                key -> new Rows(engine.format(), spec.commandLine().getOut()).print(row(key)));
    }

    /** Scopes in one word, as {@code public/auth} takes them. */
    private static ObjectNode row(JsonNode key) {
        ObjectNode row = key.deepCopy();
        List<String> scopes = new ArrayList<>();
        key.path("scopes").forEach(scope -> scopes.add(scope.asText()));
        return row.put("scopes", String.join(" ", scopes));
    }

    /** Prints an answer. */
    private interface Printer {
        void print(JsonNode answer) throws Exception;
    }

    private int said(EngineOptions options, String method, ObjectNode params, Printer printer)
            throws Exception {
        try (HttpClient http = options.client();
                RpcClient engine = options.connect(http)) {
            printer.print(engine.call(method, params, EngineOptions.PATIENCE));
            return 0;
        } catch (RpcError refused) {
            spec.commandLine().getErr().println("dolim: " + refused.getMessage());
            return 1;
        }
    }
}
