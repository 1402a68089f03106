package io.dolim.api.venue;

import com.typesafe.config.Config;
import io.dolim.api.rpc.RpcConfig;
import io.dolim.book.hedge.PerpetualSpec;
import io.dolim.quoting.instrument.Underlying;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;

/** Reads {@code dolim.api.venue} of the configuration. */
public final class VenueConfig {

    private VenueConfig() {}

    /**
     * A simulated exchange's rules.
     *
     * @param section {@code dolim.api.venue.exchange}
     */
    public static ExchangeRules exchange(Config section) {
        return new ExchangeRules(
                perpetuals(section),
                decimal(section, "liquidation-fee"),
                new ExchangeRules.Chances(
                        section.getDouble("chances.rejected"),
                        section.getDouble("chances.partial")),
                new ExchangeRules.Latency(
                        section.getDuration("latency.least").toMillis(),
                        section.getDuration("latency.mean").toNanos() / 1e6,
                        section.getDuration("latency.most").toMillis()),
                section.getDuration("funding-every").toMillis(),
                section.getInt("most-records"));
    }

    /**
     * The edge of a venue's server: {@code dolim.api} with what {@code dolim.api.venue.server} replaces.
     *
     * @param root a whole configuration
     */
    public static RpcConfig server(Config root) {
        return RpcConfig.of(
                root.getConfig("dolim.api.venue.server").atPath("dolim.api").withFallback(root));
    }

    /**
     * A venue behind Deribit's protocol.
     *
     * @param section {@code dolim.api.venue.deribit}
     * @param specs how the perpetuals trade
     * @param seed of the pauses between attempts to connect
     */
    public static DeribitVenueSettings deribit(
            Config section,
            DeribitVenueSettings.Credentials credentials,
            List<PerpetualSpec> specs,
            long seed) {
        return new DeribitVenueSettings(
                section.getString("name"),
                URI.create(section.getString("endpoint")),
                credentials,
                DeribitVenueSettings.byUnderlying(specs),
                section.getLong("account"),
                section.getLong("purse"),
                section.getDuration("connect-within").toMillis(),
                section.getDuration("answer-within").toMillis(),
                section.getDuration("silence").toMillis(),
                Math.toIntExact(section.getDuration("heartbeat").toSeconds()),
                section.getDuration("backoff-min").toMillis(),
                section.getDuration("backoff-max").toMillis(),
                section.getInt("in-flight"),
                section.getInt("waiting"),
                section.getDouble("rate.per-second"),
                section.getInt("rate.burst"),
                section.getInt("page"),
                section.getInt("log-pages"),
                section.getInt("labels"),
                Math.toIntExact(section.getBytes("max-frame")),
                seed);
    }

    /**
     * A venue in this process.
     *
     * @param section {@code dolim.api.venue.simulated}
     */
    public static SimulatedVenue.Settings simulated(Config section) {
        return new SimulatedVenue.Settings(
                section.getString("name"),
                section.getDuration("answer-within").toMillis(),
                section.getDuration("hear-every").toMillis(),
                section.getInt("page"),
                section.getInt("waiting"));
    }

    private static List<PerpetualRules> perpetuals(Config section) {
        Config all = section.getConfig("perpetuals");
        return all.root().keySet().stream()
                .sorted()
                .map(code -> perpetual(code, all.getConfig(code)))
                .toList();
    }

    private static PerpetualRules perpetual(String code, Config section) {
        Config depth = section.getConfig("depth");
        return new PerpetualRules(
                spec(code, section),
                decimal(section, "taker-fee"),
                new PerpetualRules.Depth(
                        depth.getEnum(PerpetualRules.Impact.class, "impact"),
                        depth.getDouble("half-spread"),
                        depth.getDouble("width"),
                        depth.getDouble("coins"),
                        depth.getInt("levels"),
                        depth.getDuration("refill").toMillis()),
                new PerpetualRules.Margin(
                        section.getDouble("margin.initial"),
                        section.getDouble("margin.maintenance"),
                        section.getDouble("margin.per-coin")),
                new PerpetualRules.Funding(
                        section.getDouble("funding.dead-band"), section.getDouble("funding.cap")),
                new PerpetualRules.Premium(
                        section.getDouble("premium.mean"),
                        section.getDouble("premium.deviation"),
                        section.getDuration("premium.half-life").toMillis()));
    }

    private static PerpetualSpec spec(String code, Config section) {
        return new PerpetualSpec(
                new Underlying(code), decimal(section, "lot"), decimal(section, "tick"));
    }

    /** As it is written: a double would add digits. */
    private static BigDecimal decimal(Config section, String path) {
        return new BigDecimal(section.getString(path));
    }
}
