package io.dolim.api.venue;

import io.dolim.api.rpc.Channels;
import io.dolim.api.rpc.Clocks;
import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Methods;
import io.dolim.api.rpc.RpcConfig;
import io.dolim.api.rpc.RpcServer;
import io.dolim.api.session.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.ClassicActorSystemProvider;

/**
 * A simulated exchange behind Deribit's protocol, over HTTP and WebSocket, as a process of its own may
 * run it. All keys act for the one account. The exchange keeps its ledger as long as it lives: a server
 * that is stopped and started again over the same exchange has forgotten nothing.
 *
 * <pre>  VenueServer.start(system, VenueConfig.server(config), exchange, PriceSource.NONE, keys)</pre>
 */
public final class VenueServer {

    /** Number of the account that trades, as transfers between accounts name it. */
    public static final int ACCOUNT = 1;

    private VenueServer() {}

    /**
     * Binds and serves.
     *
     * @param exchange touched by nobody else while the server runs
     * @param prices asked at every request; with {@link PriceSource#NONE} they come by {@code
     *     simulator/set_index}
     * @param keys a key with the scope {@code operator} may call {@code simulator/*}
     */
    public static CompletionStage<RpcServer.Bound> start(
            ClassicActorSystemProvider system,
            RpcConfig config,
            SimulatedExchange exchange,
            PriceSource prices,
            Keys keys) {
        Clocks clocks = Clocks.system();
        ExchangeFloor floor =
                new ExchangeFloor(
                        exchange,
                        prices,
                        () -> Math.floorDiv(clocks.wallMicros().getAsLong(), 1_000L),
                        (delay, task) -> {
                            var classic = system.classicSystem();
                            var _ =
                                    classic.scheduler()
                                            .scheduleOnce(delay, task, classic.dispatcher());
                        });
        Channels none = (_, _) -> Optional.empty();
        return RpcServer.start(
                system,
                config,
                RpcServer.Parts.of(methods(floor, new VenueParams(exchange.specs())), none, keys)
                        .with(clocks));
    }

    private static Methods methods(ExchangeFloor floor, VenueParams params) {
        List<Method<?>> all = new ArrayList<>();
        all.addAll(new VenueMarketMethods(floor, params).methods());
        all.addAll(new VenueTradeMethods(floor, params).methods());
        all.addAll(new VenueAccountMethods(floor, params).methods());
        all.addAll(new SimulatorMethods(floor, params).methods());
        return Methods.of(all);
    }
}
