package io.dolim.api.feed;

import io.dolim.quoting.instrument.ListingRule;
import io.dolim.quoting.instrument.Underlying;
import java.math.BigDecimal;
import java.util.List;

/** Coins for tests. */
final class Models {

    private Models() {}

    static List<CoinModel> three() {
        return List.of(
                coin("BTC", 80_000, 0.45, "1000"),
                coin("ETH", 2_700, 0.65, "50"),
                coin("SOL", 115, 0.8, "2.5"));
    }

    static CoinModel coin(String code, double spot, double vol, String step) {
        Underlying underlying = new Underlying(code);
        ListingRule rule =
                new ListingRule(
                        underlying,
                        2,
                        2,
                        2,
                        2,
                        List.of(new ListingRule.Ladder(400, new BigDecimal(step), 8)));
        return new CoinModel(underlying, spot, vol, 8, 2, -0.4, 12, 0.02, -0.2, 0.05, rule);
    }
}
