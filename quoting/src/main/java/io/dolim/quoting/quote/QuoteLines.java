package io.dolim.quoting.quote;

import io.dolim.quoting.money.Usdc;

/**
 * A quote's price, itemised. Each line is USDC for the whole package, signed from the taker (he pays
 * when positive), and the lines add up to the price to the last micro.
 *
 * @param mark Black-76 on the surface
 * @param spread half of the market maker's width, more where risk is added
 * @param hedgeCost what hedging the package's delta costs
 * @param capitalCharge the difference the package makes to the potential, after its clips
 * @param fee the published fee
 * @param tick rounding to the price step
 */
public record QuoteLines(
        Usdc mark, Usdc spread, Usdc hedgeCost, Usdc capitalCharge, Usdc fee, Usdc tick) {

    /** The price: what the taker pays in all. */
    public Usdc total() {
        return mark.plus(spread).plus(hedgeCost).plus(capitalCharge).plus(fee).plus(tick);
    }
}
