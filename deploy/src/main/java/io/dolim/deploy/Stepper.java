package io.dolim.deploy;

import io.dolim.book.Market;
import io.dolim.quoting.market.MarketFeed;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Lets a stepping feed go on when every Market has worked a chain off, and ends the run after the last. */
final class Stepper implements Consumer<Market.Note> {

    private final MarketFeed feed;
    private final int markets;
    private final Consumer<String> say;
    private final CompletableFuture<String> ended;
    private int worked;

    Stepper(MarketFeed feed, int markets, Consumer<String> say, CompletableFuture<String> ended) {
        this.feed = feed;
        this.markets = markets;
        this.say = say;
        this.ended = ended;
    }

    @Override
    public synchronized void accept(Market.Note note) {
        if (note instanceof Market.ChainWorked chain) {
            worked++;
            if (worked % markets == 0) {
                int total = feed.progress().total();
                say.accept("chain " + chain.number() + " of " + total);
                if (chain.number() == total) {
                    ended.complete("");
                }
                feed.consumed(chain.number());
            }
        }
    }
}
