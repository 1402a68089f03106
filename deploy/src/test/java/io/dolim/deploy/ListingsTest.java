package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.dolim.api.feed.CoinModel;
import io.dolim.quoting.instrument.Underlying;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListingsTest {

    private static final Underlying BTC = new Underlying("BTC");
    private static final String PATH = "dolim.pool.underlyings.BTC.listing";

    @Test
    void theSimulatedCoinsAreListedByTheRulesOfThePool() {
        Config pool = ConfigFactory.parseResources("pool.conf").getConfig("dolim.pool");
        Listings listings = listings("");
        List<CoinModel> coins = Coins.of(pool.getConfig("simulated.coins"), listings);
        assertEquals(3, coins.size());
        for (CoinModel coin : coins) {
            assertEquals(Optional.of(coin.listing()), listings.of(coin.underlying()));
            assertEquals(Optional.empty(), listings.besideFeed(coin.underlying()));
        }
    }

    @Test
    void oneSwitchPutsTheSameRuleInForceOnEveryFeed() {
        Listings on = listings("BTC.listing.beside-feed = true");
        assertEquals(on.of(BTC), on.besideFeed(BTC));
        assertTrue(on.besideFeed(BTC).isPresent());
        assertEquals(Optional.empty(), on.besideFeed(new Underlying("ETH")));
    }

    @Test
    void anUnderlyingWithoutARuleListsWhatItsFeedListsAndCannotBeSimulated() {
        Listings without = new Listings(listings("").underlyings().withoutPath("BTC.listing"));
        assertEquals(Optional.empty(), without.besideFeed(BTC));
        Config coins =
                ConfigFactory.parseResources("pool.conf").getConfig("dolim.pool.simulated.coins");
        refuses(PATH + " is missing", () -> Coins.of(coins, without));
    }

    @Test
    void aRuleThatListsNothingOrLeavesAnExpiryWithoutStrikesIsRefusedByName() {
        refuses(
                PATH + ": it lists no expiry",
                with("dailies = 0, weeklies = 0, monthlies = 0, quarterlies = 0"));
        refuses(
                PATH + ": the last ladder's max-days=400 must be at least 467",
                with("quarterlies = 5"));
        refuses(PATH + ": expiries=-1", with("dailies = -1"));
        refuses(PATH + ": ladders=[]", with("ladders = []"));
        refuses(
                PATH + ": maxDays=400 stepUsdc=0",
                with("ladders = [{ max-days = 400, step-usdc = \"0\", strikes-per-side = 1 }]"));
        refuses(
                PATH + ": strikesPerSide=201",
                with("ladders = [{ max-days = 400, step-usdc = 1, strikes-per-side = 201 }]"));
        refuses(PATH + ": ", with("weeklies = many"));
        refuses(PATH + ": ", with("beside-feed = perhaps"));
    }

    private static Runnable with(String keys) {
        return () -> listings("BTC.listing { " + keys + " }").besideFeed(BTC);
    }

    private static void refuses(String start, Runnable read) {
        String said = assertThrows(IllegalArgumentException.class, read::run, start).toString();
        String named = IllegalArgumentException.class.getName() + ": " + start;
        assertTrue(said.startsWith(named), said);
    }

    private static Listings listings(String over) {
        return new Listings(
                ConfigFactory.parseString(over)
                        .withFallback(
                                ConfigFactory.parseResources("pool.conf")
                                        .getConfig("dolim.pool.underlyings")));
    }
}
