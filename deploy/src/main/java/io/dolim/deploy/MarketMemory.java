package io.dolim.deploy;

import io.dolim.api.feed.SimulatedFeed;
import io.dolim.quoting.market.MarketFeed;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a state directory remembers of its market: how far its clock has come, and what the simulated one is like.
 *
 * @param clock the market's clock
 * @param simulated the simulated market
 */
record MarketMemory(MarketClockFile clock, SimulatedMemoryFile simulated) {

    private static final Logger LOG = LoggerFactory.getLogger(MarketMemory.class);

    /** That of a state directory; one of another feed is refused. */
    static MarketMemory open(Path dir, FeedName feed) throws IOException {
        return new MarketMemory(MarketClockFile.open(dir, feed), new SimulatedMemoryFile(dir));
    }

    /** Writes down how far a market has come. */
    void write(MarketFeed feed) {
        try {
            clock.write(feed.nowMs());
            if (feed instanceof SimulatedFeed market && market.memory().isPresent()) {
                simulated.write(market.memory().get());
            }
        } catch (IOException unwritten) {
            LOG.warn("the market's clock was not remembered: {}", unwritten.getMessage());
        }
    }
}
