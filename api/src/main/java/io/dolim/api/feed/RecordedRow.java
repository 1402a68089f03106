package io.dolim.api.feed;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.market.OptionQuote;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One row of a recorded chain of inverse options, told as the linear option of the same coin, strike
 * and expiry: prices in coin times the future's price of the same row.
 *
 * @param futureUsdc price of the future it is priced on; the index where the row has none
 * @param indexUsdc the index in the second the row was taken
 */
record RecordedRow(
        OptionContract contract, double futureUsdc, double indexUsdc, OptionQuote quote) {

    /** Why a row was not used. */
    enum Flaw {
        /** Not as many columns as the heading, or a number that is none. */
        UNREADABLE,
        /** Not the name of an option. */
        NO_OPTION,
        /** Expired when it was recorded. */
        EXPIRED,
        /** No future's price and no index above zero. */
        NO_FORWARD,
        /** A volatility that is not above zero, or above 1000 %. */
        NO_VOLATILITY,
        /** A bid above the ask. */
        CROSSED
    }

    /** A row, or why there is none. */
    sealed interface Parsed {}

    record Good(RecordedRow row) implements Parsed {}

    /** @param contract the option it names, when it does: it is listed, though not quoted */
    record Bad(Flaw flaw, List<OptionContract> contract) implements Parsed {}

    private static final int COLUMNS = 12;
    private static final double MOST_VOL = 10;

    /** @param cells as in the heading of {@link RecordedChain} */
    static Parsed parse(List<String> cells, long recordedMs) {
        if (cells.size() != COLUMNS) {
            return new Bad(Flaw.UNREADABLE, List.of());
        }
        OptionContract contract;
        try {
            contract = linear(cells.get(1));
        } catch (IllegalArgumentException notAnOption) {
            return new Bad(Flaw.NO_OPTION, List.of());
        }
        if (contract.expiry().epochMs() <= recordedMs) {
            return new Bad(Flaw.EXPIRED, List.of());
        }
        try {
            return priced(contract, cells);
        } catch (NumberFormatException notANumber) {
            return new Bad(Flaw.UNREADABLE, List.of(contract));
        }
    }

    Expiry expiry() {
        return contract.expiry();
    }

    private static OptionContract linear(String inverseName) {
        int hyphen = inverseName.indexOf('-');
        if (hyphen < 0) {
            throw new IllegalArgumentException("instrument_name=" + inverseName);
        }
        return OptionContract.parse(
                inverseName.substring(0, hyphen) + "_USDC" + inverseName.substring(hyphen));
    }

    private static Parsed priced(OptionContract contract, List<String> cells) {
        double index = number(cells.get(11)).orElse(Double.NaN);
        double future = number(cells.get(5)).orElse(index);
        double vol = number(cells.get(6)).orElse(Double.NaN);
        OptionalDouble bid = usdc(number(cells.get(2)), future);
        OptionalDouble ask = usdc(number(cells.get(3)), future);
        List<OptionContract> named = List.of(contract);
        if (!isPositive(index) || !isPositive(future)) {
            return new Bad(Flaw.NO_FORWARD, named);
        }
        if (!isPositive(vol) || vol > MOST_VOL) {
            return new Bad(Flaw.NO_VOLATILITY, named);
        }
        if (bid.isPresent() && ask.isPresent() && bid.getAsDouble() > ask.getAsDouble()) {
            return new Bad(Flaw.CROSSED, named);
        }
        return new Good(
                new RecordedRow(
                        contract,
                        future,
                        index,
                        new OptionQuote(
                                contract.strike(),
                                contract.type(),
                                future,
                                bid,
                                ask,
                                OptionalDouble.empty(),
                                OptionalDouble.empty(),
                                vol)));
    }

    private static OptionalDouble number(String cell) {
        return cell.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Double.parseDouble(cell));
    }

    /** A price in coin, in USDC; none when it is not above zero. */
    private static OptionalDouble usdc(OptionalDouble coin, double futureUsdc) {
        double price = coin.orElse(0) * futureUsdc;
        return isPositive(price) ? OptionalDouble.of(price) : OptionalDouble.empty();
    }

    private static boolean isPositive(double value) {
        return value > 0 && value < Double.POSITIVE_INFINITY;
    }
}
