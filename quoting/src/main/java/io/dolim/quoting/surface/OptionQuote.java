package io.dolim.quoting.surface;

import java.util.OptionalDouble;

/**
 * What the market says of one strike, in annual Black volatility as a decimal. A side that is not
 * quoted is empty. Values outside (0.01, 20) and crossed sides are set aside by the fit, not here.
 *
 * @param strike settlement currency per unit of the underlying
 * @param bidVol volatility of the best bid
 * @param askVol volatility of the best ask
 * @param markVol the venue's own mark
 */
public record OptionQuote(
        double strike, OptionalDouble bidVol, OptionalDouble askVol, OptionalDouble markVol) {

    /** A strike of which only a mark is known. */
    public static OptionQuote ofMark(double strike, double markVol) {
        return new OptionQuote(
                strike, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.of(markVol));
    }

    /** A strike with both sides and without a mark. */
    public static OptionQuote ofSides(double strike, double bidVol, double askVol) {
        return new OptionQuote(
                strike,
                OptionalDouble.of(bidVol),
                OptionalDouble.of(askVol),
                OptionalDouble.empty());
    }

    /** A strike with both sides and a mark. */
    public static OptionQuote of(double strike, double bidVol, double askVol, double markVol) {
        return new OptionQuote(
                strike,
                OptionalDouble.of(bidVol),
                OptionalDouble.of(askVol),
                OptionalDouble.of(markVol));
    }
}
