package io.dolim.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.client.RpcClient;
import io.dolim.api.client.RpcError;
import io.dolim.book.trade.TradeId;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Moves cash between a trade's taker and the pool, through the running engine. */
@Command(
        name = "adjust",
        mixinStandardHelpOptions = true,
        description = {
            "Moves cash between a trade's taker and the pool, through the running engine.",
            "Sent again under its request id it moves nothing again. Exit code 1 when it is refused."
        })
final class AdjustVerb implements Callable<Integer> {

    @Parameters(paramLabel = "TRADE", description = "Its id, as in BTC-17.")
    private String trade = "";

    @Option(names = "--account", required = true, paramLabel = "A", description = "Its taker.")
    private String account = "";

    @Option(
            names = "--amount",
            required = true,
            paramLabel = "USDC",
            description = "To the taker; negative: to the pool.")
    private BigDecimal amount = BigDecimal.ZERO;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason = "";

    @Option(
            names = "--request-id",
            required = true,
            paramLabel = "ID",
            description = "Under which it is done once.")
    private String requestId = "";

    @Mixin private EngineOptions options = new EngineOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        String underlying = TradeId.parse(trade).underlying().code();
        DemoKey by = options.by();
        try (HttpClient http = options.client();
                RpcClient engine = options.connect(http)) {
            JsonNode done =
                    engine.call(
                            "operator/adjust_trade",
                            RpcClient.params()
                                    .put("underlying", underlying)
                                    .put("request_id", requestId)
                                    .put("trade_id", trade)
                                    .put("account", account)
                                    .put("amount", amount)
                                    .put("reason", reason),
                            EngineOptions.PATIENCE);
            ObjectNode said =
                    Rows.object()
                            .put("trade", trade)
                            .put("account", account)
                            .put("amount", amount)
                            .put("request_id", requestId)
                            .put("by", by.id())
                            .put("state", done.path("state").asText());
            new Rows(options.format(), spec.commandLine().getOut()).print(said);
            return 0;
        } catch (RpcError refused) {
            spec.commandLine().getErr().println("dolim: " + refused.getMessage());
            return 1;
        }
    }
}
