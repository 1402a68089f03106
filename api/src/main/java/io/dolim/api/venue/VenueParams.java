package io.dolim.api.venue;

import io.dolim.api.rpc.ErrorCode;
import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Refusal;
import io.dolim.api.rpc.Refused;
import io.dolim.book.hedge.PerpetualSpec;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.List;

/** Reads what callers of a simulated venue send. */
final class VenueParams {

    private static final int LONGEST_NAME = 32;

    private final List<PerpetualSpec> specs;

    VenueParams(List<PerpetualSpec> specs) {
        this.specs = List.copyOf(specs);
    }

    List<PerpetualSpec> specs() {
        return specs;
    }

    PerpetualSpec perpetual(Params params) {
        String name = params.text("instrument_name", LONGEST_NAME);
        return specs.stream()
                .filter(spec -> spec.instrument().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    PerpetualSpec byIndex(Params params) {
        String name = params.text("index_name", LONGEST_NAME);
        return specs.stream()
                .filter(spec -> spec.underlying().indexName().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    private Refused unknown(String name) {
        return new Refused(
                Refusal.of(ErrorCode.INVALID_OR_UNSUPPORTED_INSTRUMENT, "unknown_instrument")
                        .with("value", name)
                        .with(
                                "rule",
                                "must be one of "
                                        + specs.stream().map(PerpetualSpec::instrument).toList()));
    }

    /** Whether a listing for a currency and a kind holds the perpetuals: USDC or any, future or any. */
    static boolean wantsPerpetuals(Params params) {
        String currency = params.optionalText("currency", LONGEST_NAME).orElse("any");
        String kind = params.optionalText("kind", LONGEST_NAME).orElse("future");
        return (currency.equals("USDC") || currency.equals("any"))
                && (kind.equals("future") || kind.equals("any"));
    }

    /** Signed lots of an amount in coins. */
    static long lots(Params params, String name, PerpetualSpec spec) {
        BigDecimal coins = params.decimal(name);
        BigDecimal[] lots = coins.divideAndRemainder(spec.coinsPerLot());
        if (lots[1].signum() != 0
                || lots[0].abs().compareTo(BigDecimal.valueOf(SimulatedPerpetual.MOST_LOTS)) > 0) {
            throw new Refused(
                    Refusal.of(ErrorCode.INVALID_AMOUNT, "invalid_amount")
                            .with(name, coins)
                            .with("contract_size", spec.coinsPerLot()));
        }
        return lots[0].longValueExact();
    }

    static Usdc usdc(Params params, String name) {
        BigDecimal amount = params.decimal(name);
        try {
            return Usdc.of(amount);
        } catch (IllegalArgumentException refused) {
            throw params.refuse(name, "must be USDC with at most six decimals, below 9.2e12");
        }
    }
}
