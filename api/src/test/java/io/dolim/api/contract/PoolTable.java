package io.dolim.api.contract;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.dolim.api.keys.KeyDesk;
import io.dolim.api.keys.KeyLedger;
import io.dolim.api.keys.KeyMethods;
import io.dolim.api.keys.KeySettings;
import io.dolim.api.keys.MasterKey;
import io.dolim.api.keys.MasterKeyPlace;
import io.dolim.api.method.Desk;
import io.dolim.api.method.Floor;
import io.dolim.api.method.KernelWarmth;
import io.dolim.api.method.OpenQuotes;
import io.dolim.api.method.PoolFace;
import io.dolim.api.rpc.Describing;
import io.dolim.api.rpc.Methods;
import io.dolim.api.rpc.Page;
import io.dolim.api.rpc.RpcConfig;
import io.dolim.api.rpc.RpcServer;
import io.dolim.book.Accounts;
import io.dolim.book.PricingBoard;
import io.dolim.book.hedge.Hedger;
import io.dolim.book.order.OrderBoard;
import io.dolim.book.prints.PrintSettings;
import io.dolim.book.prints.Prints;
import io.dolim.book.trade.QuoteToken;
import io.dolim.capacity.Capacity;
import io.dolim.capacity.CapacityParameters;
import io.dolim.capacity.RiskGrid;
import io.dolim.capacity.RiskReport;
import io.dolim.capacity.vector.VectorParameters;
import io.dolim.quoting.instrument.Underlying;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;

/** The whole method table of a pool, the edge's own methods among it; behind it nobody answers. */
final class PoolTable {

    private static final Underlying BTC = new Underlying("BTC");

    private PoolTable() {}

    static Methods hedged() {
        return of(true);
    }

    static Methods unhedged() {
        return of(false);
    }

    private static Methods of(boolean isHedged) {
        Config config =
                ConfigFactory.parseString("dolim.api.port = 0, pekko.loglevel = WARNING")
                        .withFallback(ConfigFactory.load());
        ActorTestKit kit = ActorTestKit.create("table", config);
        try {
            PoolFace face = face(kit, config, isHedged);
            CompletableFuture<Methods> table = new CompletableFuture<>();
            Describing hearing =
                    (all, version) -> {
                        table.complete(all);
                        return new Describing.Description(List.of(), Page.NONE);
                    };
            RpcServer.start(
                            kit.system(),
                            RpcConfig.of(config),
                            RpcServer.Parts.of(
                                            face.methods().and(keys(kit, config)),
                                            face.channels(),
                                            id -> Optional.empty())
                                    .describedBy(hearing))
                    .toCompletableFuture()
                    .join();
            face.channels().close();
            return table.join();
        } finally {
            kit.shutdownTestKit();
        }
    }

    private static Methods keys(ActorTestKit kit, Config config) {
        try {
            MasterKey master =
                    new MasterKeyPlace(
                                    KeySettings.of(config),
                                    Path.of("unused"),
                                    name -> Optional.of("ab".repeat(32)))
                            .find(true);
            KeyDesk desk =
                    new KeyDesk(
                            kit.<KeyLedger.Command>createTestProbe().ref(),
                            kit.system().scheduler(),
                            Duration.ofSeconds(1),
                            master);
            return new KeyMethods(desk, id -> false, Optional::of).methods();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static PoolFace face(ActorTestKit kit, Config config, boolean isHedged) {
        SortedMap<Underlying, ActorRef<Hedger.Command>> hedgers = new TreeMap<>();
        if (isHedged) {
            hedgers.put(BTC, kit.<Hedger.Command>createTestProbe().ref());
        }
        Desk desk =
                new Desk(
                        new TreeMap<>(),
                        new TreeMap<>(),
                        new OrderBoard(),
                        new TreeMap<>(),
                        hedgers,
                        kit.<Accounts.Command>createTestProbe().ref(),
                        kit.<Capacity.Command>createTestProbe().ref(),
                        kit.system().scheduler(),
                        Duration.ofSeconds(1));
        Floor floor =
                new Floor(
                        new PricingBoard(1000),
                        new TreeMap<>(),
                        new Prints(PrintSettings.of(config)),
                        new QuoteToken(new byte[32], "b1"),
                        () -> "b1-1",
                        Duration.ofSeconds(1),
                        System::nanoTime,
                        System::currentTimeMillis);
        return new PoolFace(
                desk,
                floor,
                1,
                OpenQuotes.of(config),
                RiskGrid.of(
                        config.getConfig("dolim.api.risk-surface"),
                        VectorParameters.of(config.getConfig("dolim.capacity.vectors")),
                        new TreeSet<>(List.of(BTC))),
                RiskReport.Terms.of(
                        config.getConfig("dolim.api.pool-risk"),
                        CapacityParameters.of(config.getConfig("dolim.capacity"))),
                Optional.empty(),
                KernelWarmth.begin(Runnable::run, () -> {}),
                new SimpleMeterRegistry());
    }
}
