package io.dolim.api.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.GuardRules;
import java.net.URI;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FeedConfigTest {

    private static final Config SHIPPED = ConfigFactory.defaultReference().getConfig("dolim.feed");
    private static final GuardRules OWN = GuardRules.standard(new TreeSet<>(List.of("a", "b")), 2);

    @Test
    void whatIsShippedReachesDeribit() {
        assertEquals(
                new DeribitFeed.Settings(
                        URI.create("wss://www.deribit.com/ws/api/v2"),
                        new TreeSet<>(
                                List.of(
                                        new Underlying("BTC"),
                                        new Underlying("ETH"),
                                        new Underlying("SOL"))),
                        10_000,
                        25_000,
                        2_000,
                        10,
                        4 << 20,
                        1_000,
                        60_000,
                        7),
                FeedConfig.deribit(SHIPPED.getConfig("deribit"), 7));
    }

    @Test
    void aFeedKeepsItsLimitsUnlessTheConfigurationReplacesThem() {
        assertEquals(OWN, FeedConfig.guard(SHIPPED.getConfig("guard"), OWN));
        GuardRules changed =
                FeedConfig.guard(
                        ConfigFactory.parseString("quorum = 1, stale = 3 s, halt-band = 0.03"),
                        OWN);
        assertEquals(1, changed.quorum());
        assertEquals(3_000, changed.staleMs());
        assertEquals(0.03, changed.haltBand());
        assertEquals(OWN.frozenMs(), changed.frozenMs());
    }

    @Test
    void aMisspeltOrSenselessLimitIsRefused() {
        for (String text :
                List.of("hlat-band = 0.03", "halt-band = 0", "halt-band = 0.001", "quorum = 3")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> FeedConfig.guard(ConfigFactory.parseString(text), OWN),
                    text);
        }
    }
}
