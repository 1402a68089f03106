package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.dolim.quoting.market.GuardRules;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MarketRulesTest {

    private static final GuardRules GUARD = GuardRules.standard(new TreeSet<>(List.of("venue")), 1);

    @Test
    void theReferenceConfigurationIsTheStandard() {
        MarketRules read = read("");
        MarketRules standard = MarketRules.standard(TestFeed.SPEC, GUARD, Optional.empty());
        assertEquals(standard.quotes(), read.quotes());
        assertEquals(standard.publishEveryMs(), read.publishEveryMs());
        assertEquals(standard.displayEveryMs(), read.displayEveryMs());
        assertEquals(standard.premium(), read.premium());
        assertEquals(standard.displayShare(), read.displayShare());
        assertEquals(standard.bookSizes(), read.bookSizes());
        assertEquals(standard.viewStaleMs(), read.viewStaleMs());
        assertEquals(standard.moveBound(), read.moveBound());
        assertEquals(standard.chainLagMs(), read.chainLagMs());
        assertEquals(standard.keep(), read.keep());
        assertEquals(standard.fitWaitMs(), read.fitWaitMs());
        assertEquals(standard.chainPatienceMs(), read.chainPatienceMs());
    }

    @Test
    void aZeroNeverMeansOff() {
        for (String zero :
                List.of(
                        "dolim.book.market.publish-every = 0 s",
                        "dolim.book.market.view-stale-after = 0 s",
                        "dolim.book.market.move-bound = 0",
                        "dolim.book.market.keep-smiles.within = 0",
                        "dolim.book.market.keep-smiles.longest = 0 s",
                        "dolim.book.market.display-share = 0",
                        "dolim.quoting.hedge.funding-credit-share = 0.6",
                        "dolim.quoting.hedge.premium.interval = 0 s",
                        "dolim.quoting.hedge.premium.least-samples = 0",
                        "dolim.quoting.spread.delta-edges = [0.5, 0.4]",
                        "dolim.quoting.fee.mark-cap = -1")) {
            assertThrows(IllegalArgumentException.class, () -> read(zero), zero);
        }
    }

    private static MarketRules read(String overrides) {
        Config root = ConfigFactory.parseString(overrides).withFallback(ConfigFactory.load());
        return MarketRules.of(root, TestFeed.SPEC, GUARD, Optional.empty());
    }
}
