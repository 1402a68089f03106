package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.Underlying;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChosenFeedTest {

    @TempDir private Path dir;

    @Test
    void theLiveFeedHasTheUnderlyingsOfTheConfiguration() throws Exception {
        assertEquals(coins("BTC", "ETH", "SOL"), live(""));
        assertEquals(coins("SOL"), live("dolim.feed.deribit.underlyings = [SOL]"));
    }

    @Test
    void anUnderlyingWhoseOptionsAreNotToldHowTheyTradeIsRefusedByName() {
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> live("dolim.feed.deribit.underlyings = [BTC, DOGE]"));
        assertTrue(
                String.valueOf(refused.getMessage()).contains("options of [DOGE]"),
                refused.getMessage());
    }

    private List<Underlying> live(String configuration) throws Exception {
        Path file = Files.writeString(dir.resolve("live.conf"), configuration);
        RunOptions options =
                new RunOptions(
                        FeedName.deribit,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        1,
                        0,
                        0,
                        Optional.of(dir),
                        Optional.of(file),
                        1,
                        List.of());
        ChosenFeed chosen =
                ChosenFeed.of(
                        options, PoolConfig.of(options, dir), 0, new SimulatedMemoryFile(dir));
        chosen.feed().close();
        return chosen.underlyings();
    }

    private static List<Underlying> coins(String... codes) {
        return List.of(codes).stream().map(Underlying::new).toList();
    }
}
