package io.dolim.api.venue;

import com.typesafe.config.ConfigFactory;
import io.dolim.api.feed.Dice;
import io.dolim.book.hedge.VenueOrder;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;

/** Simulated exchanges as tests want them. */
final class Exchanges {

    static final Underlying BTC = new Underlying("BTC");
    static final Underlying ETH = new Underlying("ETH");

    /** 08:00 UTC of a day: a moment at which funding is paid. */
    static final long START = 1_800_000_000_000L / 28_800_000L * 28_800_000L;

    private Exchanges() {}

    static ExchangeRules rules() {
        return VenueConfig.exchange(
                ConfigFactory.defaultReference().getConfig("dolim.api.venue.exchange"));
    }

    /** Without chance, BTC at index and mark 100,000 and with a million USDC. */
    static SimulatedExchange funded() {
        SimulatedExchange exchange = new SimulatedExchange(rules().certain(), START, new Dice(1));
        exchange.observe(BTC, START, 100_000, 100_000);
        exchange.transfer(Usdc.ofWhole(1_000_000), "first");
        return exchange;
    }

    static VenueOrder buy(long lots, String label) {
        return order(lots, "200000", false, label);
    }

    static VenueOrder sell(long lots, String label) {
        return order(-lots, "0.1", false, label);
    }

    static VenueOrder order(long lots, String limit, boolean reduceOnly, String label) {
        return new VenueOrder(BTC, lots, new BigDecimal(limit), reduceOnly, label);
    }

    static ExchangeOrder taken(ExchangeAnswer answer) {
        if (answer instanceof ExchangeAnswer.Taken taken) {
            return taken.order();
        }
        throw new AssertionError("not taken: " + answer);
    }

    static ExchangeAnswer.Reason refusal(ExchangeAnswer answer) {
        if (answer instanceof ExchangeAnswer.Refused refused) {
            return refused.reason();
        }
        throw new AssertionError("not refused: " + answer);
    }
}
