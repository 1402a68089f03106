package io.dolim.api.method;

import io.dolim.api.rpc.ErrorCode;
import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Refusal;
import io.dolim.api.rpc.Refused;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Reads what a taker asks for: instruments, amounts in coins, packages of legs. */
final class Asked {

    private static final int LONGEST_NAME = 64;

    private final SortedMap<Underlying, ContractSpec> specs;

    Asked(SortedMap<Underlying, ContractSpec> specs) {
        this.specs = specs;
    }

    /** {@code legs}, or one leg given flat, times {@code amount} where legs are given. */
    OptionPackage asPackage(Params params) {
        try {
            return params.has("legs")
                    ? ofLegs(params)
                    : OptionPackage.of(leg(params, BigDecimal.ONE));
        } catch (IllegalArgumentException broken) {
            throw new Refused(
                    Refusal.of(ErrorCode.INVALID_ARGUMENTS, "invalid_package")
                            .with("rule", String.valueOf(broken.getMessage())));
        }
    }

    /** A contract by its name, of an underlying that this pool quotes. */
    OptionContract contract(Params params) {
        String name = params.text("instrument_name", LONGEST_NAME);
        try {
            OptionContract contract = OptionContract.parse(name);
            spec(name, contract.underlying());
            return contract;
        } catch (IllegalArgumentException unreadable) {
            throw new Refused(Refusals.instrument(name, String.valueOf(unreadable.getMessage())));
        }
    }

    /** Lots in an amount of coins; whole, and within the contract's bounds. */
    long lots(Params params, OptionContract contract, BigDecimal times) {
        BigDecimal coins = params.decimal("amount").multiply(times);
        ContractSpec spec = spec(contract.name(), contract.underlying());
        if (coins.signum() <= 0) {
            throw amount(ErrorCode.INVALID_AMOUNT, coins, "must be positive");
        }
        if (coins.compareTo(spec.coins(spec.minLots())) < 0) {
            throw amount(
                    ErrorCode.QTY_TOO_LOW,
                    coins,
                    "must be at least " + spec.coins(spec.minLots()).toPlainString());
        }
        if (coins.compareTo(spec.coins(spec.maxLots())) > 0) {
            throw amount(
                    ErrorCode.INVALID_AMOUNT,
                    coins,
                    "must be at most " + spec.coins(spec.maxLots()).toPlainString());
        }
        try {
            return spec.lots(coins);
        } catch (IllegalArgumentException notWhole) {
            throw amount(
                    ErrorCode.INVALID_AMOUNT,
                    coins,
                    "must be a multiple of " + spec.coinsPerLot().toPlainString());
        }
    }

    /** How the options of a contract's underlying trade. */
    ContractSpec spec(OptionContract contract) {
        return spec(contract.name(), contract.underlying());
    }

    private OptionPackage ofLegs(Params params) {
        BigDecimal times = params.optionalDecimal("amount").orElse(BigDecimal.ONE);
        List<Leg> legs = new ArrayList<>();
        for (Params leg : params.objects("legs", OptionPackage.MAX_LEGS)) {
            legs.add(leg(leg, times));
        }
        return new OptionPackage(legs);
    }

    private Leg leg(Params params, BigDecimal times) {
        OptionContract contract = contract(params);
        boolean buys = params.oneOf("direction", "buy", "sell").equals("buy");
        long lots = lots(params, contract, times);
        return new Leg(contract, buys ? lots : -lots);
    }

    private ContractSpec spec(String name, Underlying underlying) {
        return Optional.ofNullable(specs.get(underlying))
                .orElseThrow(
                        () ->
                                new Refused(
                                        Refusals.instrument(
                                                name, "this pool quotes " + specs.keySet())));
    }

    private static Refused amount(ErrorCode code, BigDecimal coins, String rule) {
        return new Refused(
                Refusal.of(code, code.message()).with("amount", coins).with("rule", rule));
    }
}
