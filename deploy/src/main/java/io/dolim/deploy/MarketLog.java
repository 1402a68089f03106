package io.dolim.deploy;

import io.dolim.book.MarketNote;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what Markets have to tell. */
final class MarketLog implements Consumer<MarketNote> {

    private static final Logger LOG = LoggerFactory.getLogger("io.dolim.market");

    @Override
    public void accept(MarketNote note) {
        switch (note) {
            case MarketNote.ChainWorked worked ->
                    LOG.debug("chain {} worked by {}", worked.number(), worked.underlying());
            case MarketNote.GuardTurned turned ->
                    LOG.info(
                            "guard of {} turned from {} to {}",
                            turned.underlying(),
                            turned.before(),
                            turned.after());
            case MarketNote.EventHeld held ->
                    LOG.info("guard of {} held {}", held.underlying(), held.held());
            case MarketNote.BatchDisplayed batch ->
                    LOG.debug(
                            "quotes of {} displayed: contracts={} took_ms={}",
                            batch.underlying(),
                            batch.contracts(),
                            batch.tookNs() / 1_000_000);
            case MarketNote.Unpriceable bad ->
                    LOG.warn("{} of {} not priced: {}", bad.what(), bad.underlying(), bad.why());
            case MarketNote.FitRefused refused ->
                    LOG.warn("surface of {} refused: {}", refused.underlying(), refused.flaw());
        }
    }
}
