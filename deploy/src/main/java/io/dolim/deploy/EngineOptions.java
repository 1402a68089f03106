package io.dolim.deploy;

import io.dolim.api.client.PinnedTrust;
import io.dolim.api.client.RpcClient;
import io.dolim.api.client.RpcError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a verb reaches the running engine, and as whom. */
final class EngineOptions {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "ws://127.0.0.1:8080",
            description = "The engine; ${DEFAULT-VALUE}.")
    private String url = "";

    @Option(
            names = "--dir",
            paramLabel = "STATE",
            defaultValue = "./var",
            description = "Whose demo-keys are used without --key; ${DEFAULT-VALUE}.")
    private Path dir = Path.of("var");

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "The engine's certificate in PEM: it is trusted, and no other.")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "ID:SECRET", description = "An operator's key.")
    private @Nullable String key;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.table;

    /** Whose key is used. */
    DemoKey by() throws IOException {
        return key == null
                ? DemoKey.parse(Files.readAllLines(dir.resolve(DemoKeys.FILE)).getFirst())
                : DemoKey.parse(key);
    }

    OutputFormat format() {
        return format;
    }

    /** A client that trusts the engine; the caller closes it. */
    HttpClient client() throws IOException {
        return certificate == null ? HttpClient.newHttpClient() : PinnedTrust.client(certificate);
    }

    /** Connects and proves who it is; the caller closes both. */
    RpcClient connect(HttpClient http) throws RpcError, IOException, InterruptedException {
        DemoKey by = by();
        RpcClient engine = RpcClient.connect(http, URI.create(url + "/ws/api/v2"), _ -> {});
        try {
            engine.call(
                    "public/auth",
                    RpcClient.params()
                            .put("grant_type", "client_credentials")
                            .put("client_id", by.id())
                            .put("client_secret", by.secret()),
                    PATIENCE);
            return engine;
        } catch (RpcError | IOException | InterruptedException failed) {
            engine.close();
            throw failed;
        }
    }
}
